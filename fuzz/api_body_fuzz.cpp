// Any bytes as the body of any operation: read into texts within their limits, or refused without a word of them.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "serve/json_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using throughline::serve::BodyField;
  using throughline::serve::JsonBody;
  using throughline::serve::Operation;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Operation& operation : throughline::serve::operations()) {
    if (operation.fields.empty()) continue;
    const auto body = JsonBody::read(text, operation.fields);
    if (!body.ok()) continue;
    for (const BodyField& field : operation.fields) {
      const std::string value = body.value().text(field.name);
      CHECK(throughline::base::valid_utf8(value));
      CHECK(static_cast<std::int64_t>(value.size()) <= 4 * field.text_max);
    }
  }
  return 0;
}

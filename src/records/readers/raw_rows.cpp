#include "records/readers/raw_rows.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "records/readers/csv.h"
#include "records/readers/file_bytes.h"

namespace throughline::records {

std::string_view fault_code(FaultRule rule) {
  switch (rule) {
    case FaultRule::too_few_fields: return "too_few_fields";
    case FaultRule::too_many_fields: return "too_many_fields";
    case FaultRule::unterminated_quote: return "unterminated_quote";
    case FaultRule::text_after_quote: return "text_after_quote";
    case FaultRule::nul_byte: return "nul_byte";
    case FaultRule::invalid_utf8: return "invalid_utf8";
    case FaultRule::record_too_long: return "record_too_long";
    case FaultRule::broken_json: return "broken_json";
    case FaultRule::duplicate_key: return "duplicate_key";
  }
  return "";
}

std::string Fault::message() const {
  switch (rule) {
    case FaultRule::too_few_fields:
    case FaultRule::too_many_fields: return fmt::format("has {} fields where the header has {}", found, expected);
    case FaultRule::unterminated_quote:
      return fmt::format("a quote opens in column {} and is never closed: the rest of the file lies inside it",
                         column + 1);
    case FaultRule::text_after_quote: return fmt::format("text follows the closing quote of column {}", column + 1);
    case FaultRule::nul_byte: return fmt::format("holds a zero byte, {} bytes into the record", found);
    case FaultRule::invalid_utf8: return fmt::format("holds bytes that are no UTF-8, {} bytes into the record", found);
    case FaultRule::record_too_long:
      return fmt::format("is {} bytes long, more than the {} a record may have; was a quote left open?", found,
                         expected);
    case FaultRule::broken_json: return fmt::format("is not one whole JSON object: broken {} bytes into it", found);
    case FaultRule::duplicate_key: return "the JSON object has the same key twice";
  }
  return "";
}

base::Result<std::unique_ptr<RowSource>> open_rows(const std::string& path, const ReadOptions& options) {
  auto source = TRY(open_source(path, options.limits));
  return open_csv(std::move(source), options);
}

}  // namespace throughline::records

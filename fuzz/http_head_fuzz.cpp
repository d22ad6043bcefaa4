// The head of a request: whatever the bytes, what is taken holds what http.h and http_head.h promise, and the place
// where a head ends does not depend on the pieces in which it comes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "base/check.h"
#include "base/text.h"
#include "serve/http_head.h"

namespace throughline::fuzz {
namespace {

void check_plain(std::string_view text) {
  CHECK(base::valid_utf8(text));
  CHECK(std::ranges::none_of(text, [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; }));
}

void check_path(std::string_view path) {
  check_plain(path);
  CHECK(path.starts_with('/') && path.find('\\') == std::string_view::npos);
  const std::string closed = std::string(path) + "/";
  CHECK(closed.find("/../") == std::string::npos && closed.find("/./") == std::string::npos);
  CHECK(path.find("//") == std::string_view::npos);
}

void check_taken(const serve::ParsedHead& parsed) {
  const serve::RequestHead& head = parsed.head;
  check_path(head.path);
  for (const auto& [name, value] : head.query) {
    check_plain(name);
    check_plain(value);
  }
  std::set<std::string> names;
  for (const auto& [name, value] : head.fields) {
    CHECK(!name.empty() && names.insert(name).second);
    CHECK(std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }));
    CHECK(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  CHECK(!head.host.empty() && head.field("host").has_value());
  const bool has_length = head.field("content-length").has_value();
  const bool has_coding = head.field("transfer-encoding").has_value();
  CHECK(!(has_length && has_coding));
  CHECK((parsed.framing == serve::Framing::chunked) == has_coding);
  CHECK((parsed.framing == serve::Framing::length) == (parsed.body_bytes > 0));
  const bool may_have_body = head.method == serve::Method::post || head.method == serve::Method::put;
  CHECK(may_have_body || parsed.framing == serve::Framing::none);
}

void check_end(std::string_view bytes) {
  const std::optional<std::size_t> whole = serve::head_end(bytes, 0);
  std::optional<std::size_t> by_bytes;
  for (std::size_t size = 1; size <= bytes.size() && !by_bytes.has_value(); ++size) {
    by_bytes = serve::head_end(bytes.substr(0, size), size - 1);
  }
  CHECK(whole == by_bytes);
}

}  // namespace
}  // namespace throughline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  throughline::fuzz::check_end(bytes.substr(0, 4096));
  const auto outcome = throughline::serve::parse_head(bytes);
  if (const auto* parsed = std::get_if<throughline::serve::ParsedHead>(&outcome))
    throughline::fuzz::check_taken(*parsed);
  return 0;
}

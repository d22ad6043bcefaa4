#include "serve/http_target.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace throughline::serve {

namespace {

bool is_visible(char c) {
  return c > ' ' && c < '\x7f';
}

bool is_control(char c) {
  return (c >= '\0' && c < ' ') || c == '\x7f';
}

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
  return std::nullopt;
}

// Text that is safe to hand on: valid UTF-8 without control characters.
bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, is_control) && base::valid_utf8(text);
}

// A path that begins with '/': nothing climbs, nothing is empty but what follows a slash at the end.
bool is_straight(std::string_view path) {
  for (std::string_view rest = path.substr(1); !rest.empty();) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") return false;
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  return path.find('\\') == std::string_view::npos;
}

// One name or value of a query: a plus is a space there.
std::optional<std::string> query_decoded(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  std::optional<std::string> decoded = percent_decoded(spaced);
  if (!decoded.has_value() || !is_plain(*decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<NamedText>> parse_query(std::string_view text) {
  std::vector<NamedText> query;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::optional<std::string> name = query_decoded(pair.substr(0, equals));
    std::optional<std::string> value =
        query_decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    if (!name.has_value() || !value.has_value()) return std::nullopt;
    query.emplace_back(*std::move(name), *std::move(value));
  }
  return query;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    if (text.size() - at < 3) return std::nullopt;
    const auto high = hex_value(text[at + 1]);
    const auto low = hex_value(text[at + 2]);
    if (!high.has_value() || !low.has_value()) return std::nullopt;
    decoded += static_cast<char>(*high * 16U + *low);
    at += 2;
  }
  return decoded;
}

std::variant<Target, Refusal> parse_target(std::string_view text) {
  if (text.size() > k_target_bytes_max) {
    return Refusal{414, "target_too_long", "the address is longer than 2,048 bytes", "send long values in a body"};
  }
  if (!text.starts_with('/') || !std::ranges::all_of(text, is_visible)) {
    return Refusal{400, "target_not_a_path", "the target is not a path with an optional query",
                   "send it as /path?name=value"};
  }
  const std::size_t mark = text.find('?');
  std::optional<std::string> path = percent_decoded(text.substr(0, mark));
  if (text.find('#') != std::string_view::npos || !path.has_value() || !is_plain(*path) || !is_straight(*path)) {
    return Refusal{400, "path_not_straight",
                   "the path has a broken escape, an empty or climbing segment, or a character that paths cannot have",
                   "send the path as the pages do"};
  }
  std::optional<std::vector<NamedText>> query =
      parse_query(mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1));
  if (!query.has_value()) {
    return Refusal{400, "query_not_understood", "the query has a broken escape, a control character or broken UTF-8",
                   "encode names and values as UTF-8, each byte outside letters and digits as %XX"};
  }
  return Target{.path = *std::move(path), .query = *std::move(query)};
}

}  // namespace throughline::serve

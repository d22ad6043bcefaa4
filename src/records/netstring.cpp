#include "records/netstring.h"

#include "base/number.h"

namespace throughline::records {

std::string to_netstrings(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += std::to_string(text.size()) + ':' + text;
  return joined;
}

std::optional<std::vector<std::string>> from_netstrings(std::string_view text) {
  std::vector<std::string> texts;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto length = base::parse_integer(text.substr(0, colon));
    text.remove_prefix(colon + 1);
    if (!length || *length < 0 || static_cast<std::size_t>(*length) > text.size()) return std::nullopt;
    texts.emplace_back(text.substr(0, static_cast<std::size_t>(*length)));
    text.remove_prefix(static_cast<std::size_t>(*length));
  }
  return texts;
}

}  // namespace throughline::records

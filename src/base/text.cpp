#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "base/check.h"
#include "base/utf8.h"

namespace throughline::base {

namespace {

std::string normalise(const icu::Normalizer2* normaliser, std::string_view text) {
  CHECK(normaliser != nullptr);
  const std::string sound = valid_utf8(text) ? std::string(text) : to_utf8(text, Encoding::utf8).text;
  std::string answer;
  icu::StringByteSink<std::string> sink(&answer, static_cast<std::int32_t>(sound.size()));
  UErrorCode status = U_ZERO_ERROR;
  normaliser->normalizeUTF8(0, sound, sink, nullptr, status);
  CHECK(U_SUCCESS(status));
  return answer;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Edits forgiven in a name of so many characters; a short name is near everything, so it is forgiven less.
int forgiven_edits(std::size_t length) {
  if (length <= 2) return 0;
  if (length <= 5) return 1;
  return length <= 8 ? 2 : 3;
}

int width_of(char32_t point) {
  const auto c = static_cast<UChar32>(point);
  const int category = u_charType(c);
  const bool takes_none = category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
                          category == U_CONTROL_CHAR || category == U_FORMAT_CHAR;
  if (takes_none) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::string nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  return normalise(icu::Normalizer2::getNFKCInstance(status), text);
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) {
    std::string lower(text);
    for (char& c : lower) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
  }
  UErrorCode status = U_ZERO_ERROR;
  return normalise(icu::Normalizer2::getNFKCCasefoldInstance(status), text);
}

int display_width(std::string_view text) {
  int width = 0;
  for (const char32_t point : utf8::points(text)) width += width_of(point);
  return width;
}

int edit_distance(std::string_view one, std::string_view other) {
  const std::u32string a = utf8::points(one);
  const std::u32string b = utf8::points(other);
  // Three rows of the table of distances between beginnings: the one before last serves swaps.
  std::vector<int> before(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates) {
  const std::string wanted = fold(name);
  std::optional<std::string> nearest;
  int best = forgiven_edits(utf8::points(wanted).size()) + 1;
  for (const std::string& candidate : candidates) {
    const int distance = edit_distance(wanted, fold(candidate));
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string short_list(std::span<const std::string> names, ShortList how) {
  std::string text;
  for (const std::string& name : names.first(std::min(how.most, names.size()))) {
    if (!text.empty()) text += how.separator;
    text += name;
  }
  if (names.size() <= how.most) return text;
  return text + (how.is_rest_counted ? " and " + std::to_string(names.size() - how.most) + " more" : " and others");
}

}  // namespace throughline::base

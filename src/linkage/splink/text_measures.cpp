#include "linkage/splink/text_measures.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <vector>

namespace throughline::linkage::splink {

namespace {

constexpr std::size_t k_bytes = 256;

std::size_t byte_of(char letter) {
  return static_cast<unsigned char>(letter);
}

// Which bytes of each text have a partner in the other.
struct Partners {
  std::vector<bool> left;
  std::vector<bool> right;
  std::int64_t count = 0;
};

// Each byte of `right` takes the first free equal byte of `left` that is at most `reach` away.
Partners find_partners(std::string_view left, std::string_view right, std::int64_t reach) {
  Partners partners{.left = std::vector<bool>(left.size()), .right = std::vector<bool>(right.size())};
  const auto left_size = static_cast<std::int64_t>(left.size());
  for (std::int64_t j = 0; j < static_cast<std::int64_t>(right.size()); ++j) {
    const std::int64_t end = std::min(left_size, j + reach + 1);
    for (std::int64_t i = std::max<std::int64_t>(0, j - reach); i < end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (partners.left[at] || left[at] != right[static_cast<std::size_t>(j)]) continue;
      partners.left[at] = true;
      partners.right[static_cast<std::size_t>(j)] = true;
      ++partners.count;
      break;
    }
  }
  return partners;
}

// The partnered bytes of both texts, in order, that differ from each other.
std::int64_t out_of_order(std::string_view left, std::string_view right, const Partners& partners) {
  std::int64_t count = 0;
  std::size_t i = 0;
  for (std::size_t j = 0; j < right.size(); ++j) {
    if (!partners.right[j]) continue;
    while (!partners.left[i]) ++i;
    count += left[i] != right[j] ? 1 : 0;
    ++i;
  }
  return count;
}

}  // namespace

double jaro_similarity(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return 0.0;
  if (left.size() == 1 && right.size() == 1) return left == right ? 1.0 : 0.0;
  const auto longer = static_cast<std::int64_t>(std::max(left.size(), right.size()));
  const Partners partners = find_partners(left, right, longer / 2 - 1);
  if (partners.count == 0) return 0.0;
  const auto shared = static_cast<double>(partners.count);
  // Whole swaps: an odd one out counts for nothing.
  const auto out_of_place = out_of_order(left, right, partners) / 2;
  const auto swaps = static_cast<double>(out_of_place);
  double sum = 0;
  sum += shared / static_cast<double>(left.size());
  sum += shared / static_cast<double>(right.size());
  sum += (shared - swaps) / shared;
  return sum / 3.0;
}

double jaro_winkler_similarity(std::string_view left, std::string_view right) {
  const double jaro = jaro_similarity(left, right);
  if (!(jaro > 0.7)) return jaro;
  const std::size_t longest = std::min({left.size(), right.size(), std::size_t{4}});
  std::size_t prefix = 0;
  while (prefix < longest && left[prefix] == right[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * 0.1 * (1.0 - jaro);
}

std::int64_t levenshtein(std::string_view left, std::string_view right) {
  std::vector<std::int64_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = static_cast<std::int64_t>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::int64_t diagonal = row[0];
    row[0] = static_cast<std::int64_t>(i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::int64_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[right.size()];
}

std::int64_t damerau_levenshtein(std::string_view left, std::string_view right) {
  // A table with a border of "too far" around the border of plain insertions and deletions.
  const std::size_t width = right.size() + 2;
  const auto too_far = static_cast<std::int64_t>(left.size() + right.size() + 1);
  std::vector<std::int64_t> table((left.size() + 2) * width, too_far);
  const auto at = [&table, width](std::size_t i, std::size_t j) -> std::int64_t& { return table[i * width + j]; };
  for (std::size_t i = 0; i <= left.size(); ++i) at(i + 1, 1) = static_cast<std::int64_t>(i);
  for (std::size_t j = 0; j <= right.size(); ++j) at(1, j + 1) = static_cast<std::int64_t>(j);
  std::array<std::size_t, k_bytes> last_row{};  // The last row whose byte this was, from 1; 0 where there is none.
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t last_column = 0;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t row = last_row[byte_of(right[j - 1])];
      const std::size_t column = last_column;
      const bool is_same = left[i - 1] == right[j - 1];
      if (is_same) last_column = j;
      const auto between = static_cast<std::int64_t>((i - row - 1) + (j - column - 1));
      at(i + 1, j + 1) =
          std::min({at(i, j) + (is_same ? 0 : 1), at(i + 1, j) + 1, at(i, j + 1) + 1, at(row, column) + between + 1});
    }
    last_row[byte_of(left[i - 1])] = i;
  }
  return at(left.size() + 1, right.size() + 1);
}

std::optional<double> jaccard(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return std::nullopt;
  std::bitset<k_bytes> in_left;
  std::bitset<k_bytes> in_right;
  for (const char letter : left) in_left.set(byte_of(letter));
  for (const char letter : right) in_right.set(byte_of(letter));
  return static_cast<double>((in_left & in_right).count()) / static_cast<double>((in_left | in_right).count());
}

std::optional<std::int64_t> hamming(std::string_view left, std::string_view right) {
  if (left.size() != right.size() || left.empty()) return std::nullopt;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < left.size(); ++i) count += left[i] != right[i] ? 1 : 0;
  return count;
}

}  // namespace throughline::linkage::splink

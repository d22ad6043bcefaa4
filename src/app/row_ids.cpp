#include "app/row_ids.h"

#include <algorithm>
#include <limits>
#include <span>

#include "base/check.h"
#include "linkage/dictionary.h"
#include "linkage/radix_sort.h"

namespace throughline::app {

namespace {

// Hash above, row below: sorted by the upper half, equal ids stand together and in the order of their rows.
using HashedRow = std::uint64_t;

std::size_t row_of(HashedRow hashed) {
  return static_cast<std::uint32_t>(hashed);
}

}  // namespace

void RowIds::add(std::string_view id) {
  bytes_ += id;
  ends_.push_back(bytes_.size());
}

std::string_view RowIds::text(std::size_t row) const {
  CHECK(row < ends_.size());
  const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
  return std::string_view(bytes_).substr(begin, ends_[row] - begin);
}

RowIds::Repeats RowIds::repeats(std::size_t begin, std::size_t end) const {
  CHECK(begin <= end && end <= size() && size() <= std::numeric_limits<std::uint32_t>::max());
  base::LargeVector<HashedRow> hashed;
  hashed.reserve(end - begin);
  for (std::size_t row = begin; row < end; ++row) hashed.push_back(linkage::hash_text(text(row)) << 32 | row);
  linkage::radix_sort_upper(hashed);
  Repeats repeats{.rows = 0, .first = end};
  const auto note = [&](std::span<HashedRow> alike) {
    const auto by_text = [&](HashedRow one, HashedRow other) {
      const int order = text(row_of(one)).compare(text(row_of(other)));
      return order < 0 || (order == 0 && one < other);
    };
    std::ranges::sort(alike, by_text);
    for (std::size_t i = 1; i < alike.size(); ++i) {
      if (text(row_of(alike[i])) != text(row_of(alike[i - 1]))) continue;
      ++repeats.rows;
      repeats.first = std::min(repeats.first, row_of(alike[i]));
    }
  };
  for (std::size_t from = 0; from < hashed.size();) {
    std::size_t to = from + 1;
    while (to < hashed.size() && hashed[to] >> 32 == hashed[from] >> 32) ++to;
    if (to - from > 1) note(std::span(hashed).subspan(from, to - from));
    from = to;
  }
  return repeats;
}

}  // namespace throughline::app

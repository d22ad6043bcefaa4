#include "linkage/sorted_pairs.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "linkage/radix_sort.h"

namespace throughline::linkage {
namespace {

using radix_detail::k_digit_bits;
using radix_detail::k_digits;

// The shifts of the digits that tell pairs of so many records apart, least first: those of the upper record, then those
// of the lower but for its topmost `done` bits.
std::vector<int> shifts_below(int record_bits, int done) {
  std::vector<int> shifts;
  for (int shift = 0; shift < record_bits; shift += k_digit_bits) shifts.push_back(shift);
  for (int shift = 0; shift < record_bits - done; shift += k_digit_bits) shifts.push_back(32 + shift);
  return shifts;
}

struct Buckets {
  PairKeys keys;
  std::vector<std::size_t> begin;
};

// Parts the pairs by the topmost bits of their lower record.
Buckets part(std::vector<PairKeys>& lists, int shift) {
  Buckets buckets;
  buckets.begin.assign(k_digits + 1, 0);
  for (const PairKeys& list : lists) {
    for (const PairKey key : list) ++buckets.begin[(key >> shift) + 1];
  }
  for (std::size_t i = 1; i < buckets.begin.size(); ++i) buckets.begin[i] += buckets.begin[i - 1];
  buckets.keys.resize(buckets.begin.back());
  std::vector<std::size_t> next(buckets.begin.begin(), buckets.begin.end() - 1);
  for (PairKeys& list : lists) {
    for (const PairKey key : list) buckets.keys[next[key >> shift]++] = key;
    PairKeys().swap(list);
  }
  return buckets;
}

}  // namespace

PairKeys sorted_unique(std::vector<PairKeys> lists, std::int64_t records) {
  const int record_bits = std::max(static_cast<int>(std::bit_width(static_cast<std::uint64_t>(records))), k_digit_bits);
  const int shift = 32 + record_bits - k_digit_bits;
  Buckets buckets = part(lists, shift);
  const std::vector<int> shifts = shifts_below(record_bits, k_digit_bits);
  std::vector<std::size_t> kept(k_digits, 0);
  base::parallel_chunks(
      {.items = static_cast<std::int64_t>(k_digits), .chunk_items = 16}, [&](const base::Chunk& chunk) {
        PairKeys room;
        for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
          const std::span<PairKey> bucket =
              std::span(buckets.keys).subspan(buckets.begin[i], buckets.begin[i + 1] - buckets.begin[i]);
          if (bucket.size() < k_digits) {
            std::ranges::sort(bucket);
          } else {
            room.resize(bucket.size());
            radix_sort(bucket, std::span(room), shifts);
          }
          kept[i] = static_cast<std::size_t>(std::ranges::unique(bucket).begin() - bucket.begin());
        }
      });
  std::size_t end = 0;
  for (std::size_t i = 0; i < k_digits; ++i) {
    std::copy_n(buckets.keys.begin() + static_cast<std::ptrdiff_t>(buckets.begin[i]), kept[i],
                buckets.keys.begin() + static_cast<std::ptrdiff_t>(end));
    end += kept[i];
  }
  buckets.keys.resize(end);
  buckets.keys.shrink_to_fit();
  return std::move(buckets.keys);
}

}  // namespace throughline::linkage

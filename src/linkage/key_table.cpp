#include "linkage/key_table.h"

#include <algorithm>

#include "linkage/radix_sort.h"

namespace throughline::linkage {
namespace {

using Entry = KeyTable::Entry;
using Entries = KeyTable::Entries;

// The first entry not below `least`. Steps out from where an even spread would have it, twice as far each time, then
// halves: two or three looks at memory for hashed keys, never more than a plain search by halves and as many again.
std::size_t first_not_below(std::span<const Entry> entries, Entry least) {
  if (entries.empty()) return 0;
  const auto size = static_cast<std::int64_t>(entries.size());
  const auto at = [&](std::int64_t place) { return entries[static_cast<std::size_t>(place)]; };
  const auto guess = static_cast<std::int64_t>(((least >> 32) * entries.size()) >> 32);
  std::int64_t low = guess;   // In the end: everything before is below `least`.
  std::int64_t high = guess;  // In the end: everything from here on is not.
  std::int64_t step = 16;
  while (low > 0 && at(low - 1) >= least) {
    high = low;
    low = std::max<std::int64_t>(low - step, 0);
    step *= 2;
  }
  while (high < size && at(high) < least) {
    low = std::max(low, high);
    high = std::min(high + step, size);
    step *= 2;
  }
  const auto begin = entries.begin();
  return static_cast<std::size_t>(std::lower_bound(begin + low, begin + high, least) - begin);
}

std::span<const Entry> run_of(std::span<const Entry> entries, std::uint32_t key) {
  const std::size_t begin = first_not_below(entries, Entry{key} << 32);
  std::size_t end = begin;
  while (end < entries.size() && end - begin < 16 && (entries[end] >> 32) == key) ++end;
  if (end - begin == 16) {
    const auto past = std::upper_bound(entries.begin() + static_cast<std::ptrdiff_t>(end), entries.end(),
                                       (Entry{key} << 32) | 0xFFFFFFFFULL);
    end = static_cast<std::size_t>(past - entries.begin());
  }
  return entries.subspan(begin, end - begin);
}

// Merges from the back, so that only the tail of `into` moves and no second array is made.
void merge_into(Entries& into, Entries& from) {
  std::size_t left = into.size();
  std::size_t right = from.size();
  if (into.capacity() < left + right) into.reserve(left + right + 4096);  // resize() alone would double it.
  into.resize(left + right);
  while (right > 0) {
    const bool takes_left = left > 0 && into[left - 1] > from[right - 1];
    const std::size_t target = left + right - 1;
    into[target] = takes_left ? into[--left] : from[--right];
  }
  from.clear();
}

}  // namespace

void KeyTable::insert(Entries entries) {
  constexpr std::size_t k_few = 256;
  if (entries.size() > k_few && std::ranges::is_sorted(entries, {}, place_of)) {
    radix_sort_upper(entries);  // Stable: within a key the places still ascend.
  } else {
    std::ranges::sort(entries);
  }
  merge_into(newest_, entries);
  merge_down();
}

void KeyTable::merge_down() {
  if (newest_.size() <= k_newest_max) return;
  merge_into(recent_, newest_);
  newest_.shrink_to_fit();
  if (recent_.size() <= std::max(k_recent_max, base_.size() / 64)) return;
  merge_into(base_, recent_);
  recent_.shrink_to_fit();
}

std::array<std::span<const Entry>, 3> KeyTable::find(std::uint32_t key) const {
  return {run_of(base_, key), run_of(recent_, key), run_of(newest_, key)};
}

void KeyTable::keep_only(const std::function<bool(Place)>& is_kept) {
  for (Entries* entries : {&base_, &recent_, &newest_}) {
    std::erase_if(*entries, [&](Entry entry) { return !is_kept(place_of(entry)); });
  }
}

std::int64_t KeyTable::bytes() const {
  return static_cast<std::int64_t>((base_.capacity() + recent_.capacity() + newest_.capacity()) * sizeof(Entry));
}

}  // namespace throughline::linkage

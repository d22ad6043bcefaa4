#include "linkage/dictionary.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/number.h"

namespace throughline::linkage {
namespace {

constexpr std::size_t k_slots_first = 1024;

// REQUIRES: at most eight bytes.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  return word;
}

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93ULL;
  return value ^ (value >> 32);
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ text.size();
  while (text.size() >= 8) {
    hash = mixed(hash ^ word_of(text.substr(0, 8)));
    text.remove_prefix(8);
  }
  return mixed(mixed(hash ^ word_of(text)));
}

Dictionary::Dictionary() : entries_(1), slots_(k_slots_first, 0) {}

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t last = slots_.size() - 1;
  std::size_t slot = hash & last;
  while (slots_[slot] != 0) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.hash == hash && std::string_view(bytes_.data() + entry.begin, entry.length) == text) return slot;
    slot = (slot + 1) & last;
  }
  return slot;
}

void Dictionary::grow() {
  std::vector<TextId> slots(slots_.size() * 2, 0);
  const std::size_t last = slots.size() - 1;
  for (TextId id = 1; id < entries_.size(); ++id) {
    std::size_t slot = entries_[id].hash & last;
    while (slots[slot] != 0) slot = (slot + 1) & last;
    slots[slot] = id;
  }
  slots_.swap(slots);
}

TextId Dictionary::intern(std::string_view text) {
  if (text.empty()) return 0;
  const auto hash = static_cast<std::uint32_t>(hash_text(text));
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot] != 0) return slots_[slot];
  const auto id = base::narrow<TextId>(entries_.size());
  entries_.push_back({.begin = base::narrow<std::uint32_t>(bytes_.size()),
                      .length = base::narrow<std::uint32_t>(text.size()),
                      .hash = hash});
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  slots_[slot] = id;
  if (entries_.size() * 2 > slots_.size()) grow();
  return id;
}

TextId Dictionary::find(std::string_view text) const {
  if (text.empty()) return 0;
  return slots_[slot_of(text, static_cast<std::uint32_t>(hash_text(text)))];
}

std::string_view Dictionary::text(TextId id) const {
  CHECK(id < entries_.size());
  return {bytes_.data() + entries_[id].begin, entries_[id].length};
}

}  // namespace throughline::linkage

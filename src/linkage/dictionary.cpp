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

Dictionary::Dictionary() : bytes_(sizeof(Head)), begins_(1), slots_(k_slots_first) {}

Dictionary::Head Dictionary::head_at(std::uint32_t begin) const {
  Head head;
  std::memcpy(&head, bytes_.data() + begin - sizeof(Head), sizeof(Head));
  return head;
}

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t last = slots_.size() - 1;
  std::size_t slot = hash & last;
  while (slots_[slot].begin != 0) {
    const auto [known, begin] = slots_[slot];
    if (known == hash && std::string_view(bytes_.data() + begin, head_at(begin).length) == text) return slot;
    slot = (slot + 1) & last;
  }
  return slot;
}

void Dictionary::grow() {
  std::vector<Slot> slots(slots_.size() * 2);
  const std::size_t last = slots.size() - 1;
  for (const Slot& each : slots_) {
    if (each.begin == 0) continue;
    std::size_t slot = each.hash & last;
    while (slots[slot].begin != 0) slot = (slot + 1) & last;
    slots[slot] = each;
  }
  slots_.swap(slots);
}

TextId Dictionary::intern(std::string_view text) {
  if (text.empty()) return 0;
  const auto hash = static_cast<std::uint32_t>(hash_text(text));
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot].begin != 0) return head_at(slots_[slot].begin).id;
  const Head head{.id = base::narrow<TextId>(begins_.size()), .length = base::narrow<std::uint32_t>(text.size())};
  const std::size_t before = bytes_.size();
  bytes_.resize(before + sizeof(Head));
  std::memcpy(bytes_.data() + before, &head, sizeof(Head));
  slots_[slot] = {.hash = hash, .begin = base::narrow<std::uint32_t>(bytes_.size())};
  begins_.push_back(slots_[slot].begin);
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  if (begins_.size() * 2 > slots_.size()) grow();
  return head.id;
}

// Whatever was put past the slot because it was taken, and may stand in it, moves up.
void Dictionary::free_slot(std::size_t slot) {
  const std::size_t last = slots_.size() - 1;
  for (std::size_t next = (slot + 1) & last; slots_[next].begin != 0; next = (next + 1) & last) {
    const std::size_t home = slots_[next].hash & last;
    if (((next - home) & last) < ((next - slot) & last)) continue;
    slots_[slot] = slots_[next];
    slot = next;
  }
  slots_[slot] = {};
}

void Dictionary::keep_first(std::int64_t count) {
  CHECK(count > 0 && count <= size());
  while (size() > count) {
    const auto id = static_cast<TextId>(size() - 1);
    const std::string_view gone = text(id);
    free_slot(slot_of(gone, static_cast<std::uint32_t>(hash_text(gone))));
    const std::size_t before = begins_.back() - sizeof(Head);
    std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(before), bytes_.end(), '\0');
    bytes_.resize(before);
    begins_.pop_back();
  }
}

TextId Dictionary::find(std::string_view text) const {
  if (text.empty()) return 0;
  const Slot& slot = slots_[slot_of(text, static_cast<std::uint32_t>(hash_text(text)))];
  return slot.begin == 0 ? 0 : head_at(slot.begin).id;
}

std::string_view Dictionary::text(TextId id) const {
  CHECK(id < begins_.size());
  return id == 0 ? std::string_view() : std::string_view(bytes_.data() + begins_[id], head_at(begins_[id]).length);
}

}  // namespace throughline::linkage

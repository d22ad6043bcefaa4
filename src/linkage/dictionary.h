// Texts and small numbers for them, from 1 in the order in which they first came; 0 is the missing text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace throughline::linkage {

using TextId = std::uint32_t;  // 0: missing.

class Dictionary {
 public:
  Dictionary();
  // The id of the text, made where it is new. Empty text: 0. Cost: a hash of the text and about one look.
  // REQUIRES: fewer than 2^32 texts, and 2^32 bytes of them in all.
  TextId intern(std::string_view text);
  // 0 where it is not there.
  [[nodiscard]] TextId find(std::string_view text) const;
  [[nodiscard]] std::string_view text(TextId id) const;
  // How many there are, the missing text among them.
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(entries_.size()); }

 private:
  struct Entry {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    std::uint32_t hash = 0;
  };
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::vector<char> bytes_;
  std::vector<Entry> entries_;
  std::vector<TextId> slots_;  // Open addressing; 0 is free. Its size is a power of two.
};

// Sixty-four bits that depend on every byte; the same on every machine.
[[nodiscard]] std::uint64_t hash_text(std::string_view text);

}  // namespace throughline::linkage

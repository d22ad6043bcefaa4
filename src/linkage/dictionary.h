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
  // REQUIRES: fewer than 2^32 bytes of texts in all, each counted with eight more.
  TextId intern(std::string_view text);
  // 0 where it is not there.
  [[nodiscard]] TextId find(std::string_view text) const;
  [[nodiscard]] std::string_view text(TextId id) const;
  // Forgets what came after the first so many, the missing text among them; a next new text has the id of the first
  // forgotten. REQUIRES: 0 < count <= size(). Cost: that of each that is forgotten.
  void keep_first(std::int64_t count);
  // How many there are, the missing text among them.
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(begins_.size()); }

 private:
  // Where a text stands in bytes_; of so many texts a look mostly waits for memory, so that it goes from the slot to
  // the text at once, and what else there is to know of it stands before its bytes.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t begin = 0;  // 0 is free.
  };
  struct Head {
    TextId id = 0;
    std::uint32_t length = 0;
  };
  [[nodiscard]] Head head_at(std::uint32_t begin) const;
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();
  void free_slot(std::size_t slot);

  std::vector<char> bytes_;
  std::vector<std::uint32_t> begins_;  // By id.
  std::vector<Slot> slots_;            // Open addressing; its size is a power of two.
};

// Sixty-four bits that depend on every byte; the same on every machine.
[[nodiscard]] std::uint64_t hash_text(std::string_view text);

}  // namespace throughline::linkage

// Bytes and text: which encoding a file is in, turning it into UTF-8, comparing what people wrote.
//
// Everything past the readers is UTF-8. No locale is ever asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::base {

enum class Encoding { utf8, cp1252, utf16le, utf16be };

// "UTF-8", "Windows-1252", "UTF-16 LE", "UTF-16 BE".
[[nodiscard]] std::string_view encoding_name(Encoding encoding);

struct DetectedEncoding {
  Encoding encoding = Encoding::utf8;
  std::size_t mark_bytes = 0;  // The length of a byte order mark at the front: 0, 2 or 3.
};

// Judges the first bytes of a file (64 KiB is plenty; a character cut off at the end is no objection): a byte order
// mark decides; else zero bytes on one side of most pairs mean UTF-16; else valid UTF-8 is UTF-8; else Windows-1252.
// Cannot tell: Windows-1252 from other one-byte encodings, or what the bytes after the prefix hold.
[[nodiscard]] DetectedEncoding detect_encoding(std::string_view prefix);

// Where bytes had no meaning in the encoding they were read in. Each became one U+FFFD in the text.
struct MeaninglessBytes {
  static constexpr std::size_t k_places_max = 100;

  std::int64_t count = 0;
  std::vector<std::int64_t> places;  // Byte offsets in the input, ascending; the first k_places_max only.
};

// Turns a stream into UTF-8, block by block; a character may straddle blocks of any size. A byte order mark is kept, as
// the character U+FEFF: the reader skips it, so that offsets count from the very start.
// In Windows-1252 the bytes 81, 8D, 8F, 90 and 9D have no meaning; in UTF-16 an unpaired surrogate and an odd last
// byte; in UTF-8 each maximal broken sequence.
class Transcoder {
 public:
  explicit Transcoder(Encoding encoding);

  // The UTF-8 text of this block and of what was left of the block before.
  [[nodiscard]] std::string feed(std::string_view block);
  // The end of the stream: what was left has no meaning. REQUIRES: no feed() after it.
  [[nodiscard]] std::string finish();
  [[nodiscard]] const MeaninglessBytes& meaningless() const { return meaningless_; }

 private:
  // Each adds to text_ and gives the number of bytes used; the rest is the head of a character still to come.
  std::size_t decode(std::string_view bytes);
  std::size_t decode_utf8(std::string_view bytes);
  std::size_t decode_cp1252(std::string_view bytes);
  std::size_t decode_utf16(std::string_view bytes);
  // The bytes at `at` of those being decoded have no meaning.
  void reject(std::size_t at);

  Encoding encoding_;
  std::string pending_;      // The head of a character whose tail has not come yet; at most 3 bytes.
  std::string text_;         // What the call under way has decoded.
  std::int64_t offset_ = 0;  // Where the bytes being decoded begin in the stream.
  MeaninglessBytes meaningless_;
};

struct Transcoded {
  std::string text;  // Always valid UTF-8.
  MeaninglessBytes meaningless;
};

// The whole of some bytes at once. See Transcoder.
[[nodiscard]] Transcoded to_utf8(std::string_view bytes, Encoding encoding);

// Several gigabytes a second.
[[nodiscard]] bool valid_utf8(std::string_view text);

// Compatibility normal form (NFKC): one spelling for what looks alike. Broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string nfkc(std::string_view text);
// For comparing without regard to case: NFKC, case-folded by Unicode's rules, invisible characters dropped.
[[nodiscard]] std::string fold(std::string_view text);

// Columns a terminal gives the text: 0 for combining and control characters, 2 for wide ones, else 1.
[[nodiscard]] int display_width(std::string_view text);

// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other, no
// character edited twice (optimal string alignment), counted in code points. Cost: the product of the lengths.
[[nodiscard]] int edit_distance(std::string_view one, std::string_view other);

// The candidate a misspelt name was most likely meant to be, case aside: within no edit for up to two characters, one
// up to five, two up to eight, three beyond. The first of equals; nothing where none is near.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates);

// How a list too long to be read is cut: "A, B and 3 more", or "A, B and others" where how many tells nothing.
struct ShortList {
  std::size_t most = 5;
  std::string_view separator = ", ";
  bool is_rest_counted = true;
};
[[nodiscard]] std::string short_list(std::span<const std::string> names, ShortList how = {});

}  // namespace throughline::base

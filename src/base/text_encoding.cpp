#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

namespace throughline::base {

namespace {

using utf8::Sequence;

constexpr std::string_view k_replacement = "\uFFFD";

// Windows-1252 from 0x80 to 0x9F; 0 where a byte has no meaning. All else is as in Unicode.
constexpr std::array<char32_t, 32> k_cp1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Bytes at the end that may be the head of a character still to come: 0 to 3.
std::size_t cut_utf8_bytes(std::string_view bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const std::size_t at = bytes.size() - back;
    const bool is_continuation = (byte_at(bytes, at) & 0xC0U) == 0x80U;
    if (is_continuation) continue;
    return utf8::read(bytes, at).kind == Sequence::Kind::cut ? back : 0;
  }
  return 0;
}

char32_t unit_at(std::string_view bytes, std::size_t at, bool is_little) {
  const unsigned first = byte_at(bytes, at);
  const unsigned second = byte_at(bytes, at + 1);
  return is_little ? second << 8U | first : first << 8U | second;
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// UTF-16 without a mark: text in our languages has a zero in most pairs, always on the same side.
std::optional<Encoding> guess_utf16(std::string_view prefix) {
  const std::size_t pairs = prefix.size() / 2;
  if (pairs < 2) return std::nullopt;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < 2 * pairs; ++i) {
    if (prefix[i] == '\0') ++zeros[i % 2];
  }
  const auto is_most = [pairs](std::size_t count) { return count * 10 >= pairs * 7; };
  const auto is_few = [pairs](std::size_t count) { return count * 10 <= pairs; };
  if (is_most(zeros[1]) && is_few(zeros[0])) return Encoding::utf16le;
  if (is_most(zeros[0]) && is_few(zeros[1])) return Encoding::utf16be;
  return std::nullopt;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::cp1252: return "Windows-1252";
    case Encoding::utf16le: return "UTF-16 LE";
    case Encoding::utf16be: return "UTF-16 BE";
  }
  check_failed("a known encoding", __FILE__, __LINE__);
}

bool valid_utf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

DetectedEncoding detect_encoding(std::string_view prefix) {
  if (prefix.starts_with("\xEF\xBB\xBF")) return {.encoding = Encoding::utf8, .mark_bytes = 3};
  if (prefix.starts_with("\xFF\xFE")) return {.encoding = Encoding::utf16le, .mark_bytes = 2};
  if (prefix.starts_with("\xFE\xFF")) return {.encoding = Encoding::utf16be, .mark_bytes = 2};
  if (const auto wide = guess_utf16(prefix)) return {.encoding = *wide};
  const bool is_utf8 = valid_utf8(prefix.substr(0, prefix.size() - cut_utf8_bytes(prefix)));
  return {.encoding = is_utf8 ? Encoding::utf8 : Encoding::cp1252};
}

Transcoder::Transcoder(Encoding encoding) : encoding_(encoding) {}

void Transcoder::reject(std::size_t at) {
  text_ += k_replacement;
  ++meaningless_.count;
  if (meaningless_.places.size() < MeaninglessBytes::k_places_max) {
    meaningless_.places.push_back(offset_ + static_cast<std::int64_t>(at));
  }
}

std::size_t Transcoder::decode_utf8(std::string_view bytes) {
  const std::size_t whole = bytes.size() - cut_utf8_bytes(bytes);
  if (valid_utf8(bytes.substr(0, whole))) {
    text_ += bytes.substr(0, whole);
    return whole;
  }
  for (std::size_t at = 0; at < whole;) {
    const Sequence sequence = utf8::read(bytes, at);
    if (sequence.kind == Sequence::Kind::whole) {
      text_ += bytes.substr(at, sequence.length);
    } else {
      reject(at);
    }
    at += sequence.length;
  }
  return whole;
}

std::size_t Transcoder::decode_cp1252(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    // Most text is ASCII, and goes over in one piece.
    const std::size_t plain_begin = at;
    while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
    text_ += bytes.substr(plain_begin, at - plain_begin);
    if (at == bytes.size()) break;
    const unsigned byte = byte_at(bytes, at);
    const char32_t point = byte < 0xA0 ? k_cp1252[byte - 0x80] : byte;
    if (point == 0) {
      reject(at);
    } else {
      utf8::append(text_, point);
    }
  }
  return bytes.size();
}

std::size_t Transcoder::decode_utf16(std::string_view bytes) {
  const bool is_little = encoding_ == Encoding::utf16le;
  std::size_t at = 0;
  for (; at + 2 <= bytes.size(); at += 2) {
    const char32_t unit = unit_at(bytes, at, is_little);
    if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) {
      utf8::append(text_, unit);
      continue;
    }
    if (is_high_surrogate(unit) && at + 4 > bytes.size()) break;
    const char32_t next = is_high_surrogate(unit) ? unit_at(bytes, at + 2, is_little) : 0;
    if (is_low_surrogate(next)) {
      utf8::append(text_, 0x10000 + ((unit - 0xD800) << 10U) + (next - 0xDC00));
      at += 2;
    } else {
      reject(at);
    }
  }
  return at;
}

std::size_t Transcoder::decode(std::string_view bytes) {
  switch (encoding_) {
    case Encoding::utf8: return decode_utf8(bytes);
    case Encoding::cp1252: return decode_cp1252(bytes);
    case Encoding::utf16le:
    case Encoding::utf16be: return decode_utf16(bytes);
  }
  check_failed("a known encoding", __FILE__, __LINE__);
}

std::string Transcoder::feed(std::string_view block) {
  text_.clear();
  text_.reserve(block.size() + block.size() / 8);
  const std::string joined = pending_.empty() ? std::string() : pending_ + std::string(block);
  const std::string_view bytes = pending_.empty() ? block : std::string_view(joined);
  const std::size_t used = decode(bytes);
  offset_ += static_cast<std::int64_t>(used);
  pending_ = std::string(bytes.substr(used));
  CHECK(pending_.size() <= 3);
  return std::move(text_);
}

std::string Transcoder::finish() {
  text_.clear();
  const bool is_wide = encoding_ == Encoding::utf16le || encoding_ == Encoding::utf16be;
  if (!pending_.empty()) reject(0);
  // A lone surrogate and then a lone byte are two faults.
  if (is_wide && pending_.size() == 3) reject(2);
  offset_ += static_cast<std::int64_t>(pending_.size());
  pending_.clear();
  return std::move(text_);
}

Transcoded to_utf8(std::string_view bytes, Encoding encoding) {
  Transcoder transcoder(encoding);
  std::string text = transcoder.feed(bytes);
  text += transcoder.finish();
  return {.text = std::move(text), .meaningless = transcoder.meaningless()};
}

}  // namespace throughline::base

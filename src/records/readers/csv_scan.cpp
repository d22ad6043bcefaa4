#include "records/readers/csv_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace throughline::records {
namespace {

#if defined(__SSE2__)
std::uint32_t equal_bytes(__m128i bytes, char wanted) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted))));
}
#endif

}  // namespace

std::int64_t count_line_ends_plainly(std::string_view text) {
  std::int64_t count = 0;
  char before = 0;
  for (const char byte : text) {
    if (byte == '\r' || (byte == '\n' && before != '\r')) ++count;
    before = byte;
  }
  return count;
}

std::int64_t count_line_ends(std::string_view text) {
#if defined(__SSE2__)
  std::int64_t count = 0;
  std::uint32_t after_return = 0;
  std::size_t at = 0;
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const std::uint32_t feeds = equal_bytes(bytes, '\n');
    const std::uint32_t returns = equal_bytes(bytes, '\r');
    if ((feeds | returns) == 0) {
      after_return = 0;
      continue;
    }
    count += std::popcount(returns) + std::popcount(feeds & ~((returns << 1U) | after_return));
    after_return = (returns >> 15U) & 1U;
  }
  const std::size_t back = after_return != 0 && at < text.size() && text[at] == '\n' ? 1 : 0;
  return count + count_line_ends_plainly(text.substr(at + back));
#else
  return count_line_ends_plainly(text);
#endif
}

std::uint64_t special_bytes_plainly(const char* bytes, char delimiter) {
  std::uint64_t mask = 0;
  for (unsigned index = 0; index < 64; ++index) {
    const char byte = bytes[index];
    if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r') mask |= std::uint64_t{1} << index;
  }
  return mask;
}

std::uint64_t special_bytes(const char* bytes, char delimiter) {
#if defined(__SSE2__)
  std::uint64_t mask = 0;
  for (std::size_t part = 0; part < 4; ++part) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
    const __m128i delimiters = _mm_cmpeq_epi8(chunk, _mm_set1_epi8(delimiter));
    const __m128i quotes = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('"'));
    const __m128i feeds = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\n'));
    const __m128i returns = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\r'));
    const __m128i any = _mm_or_si128(_mm_or_si128(delimiters, quotes), _mm_or_si128(feeds, returns));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(any))) << (part * 16);
  }
  return mask;
#else
  return special_bytes_plainly(bytes, delimiter);
#endif
}

void Specials::load(std::size_t block) {
  block_ = block;
  if (block + 64 <= text_.size()) {
    mask_ = special_bytes(text_.data() + block, delimiter_);
    return;
  }
  std::array<char, 64> last{};
  const std::size_t left = text_.size() - std::min(block, text_.size());
  std::copy_n(text_.data() + (text_.size() - left), left, last.data());
  mask_ = special_bytes(last.data(), delimiter_);
}

bool RecordCutter::leave_quotes(std::string_view text, bool is_all) {
  while (true) {
    const std::size_t quote = text.find('"', at_);
    if (quote == std::string_view::npos) {
      at_ = text.size();
      return false;
    }
    if (quote + 1 == text.size() && !is_all) {
      at_ = quote;  // The next byte decides whether this quote closes.
      return false;
    }
    const bool doubled = quote + 1 < text.size() && text[quote + 1] == '"';
    at_ = quote + (doubled ? 2 : 1);
    if (!doubled) {
      in_quotes_ = false;
      return true;
    }
  }
}

std::size_t RecordCutter::next_opening(std::string_view text) const {
  for (std::size_t quote = text.find('"', at_); quote != std::string_view::npos; quote = text.find('"', quote + 1)) {
    const char before = quote == 0 ? '\n' : text[quote - 1];
    if (before == delimiter_ || before == '\n' || before == '\r') return quote;
  }
  return text.size();
}

void RecordCutter::note_last_end(std::string_view text, std::size_t end, bool is_all) {
  // A CR that is the last byte known may be half of a line end.
  if (end == text.size() && end > at_ && text[end - 1] == '\r' && !is_all) --end;
  const std::string_view stretch = text.substr(at_, end - at_);
  const auto* feed = static_cast<const char*>(::memrchr(stretch.data(), '\n', stretch.size()));
  const std::size_t from = feed == nullptr ? 0 : static_cast<std::size_t>(feed - stretch.data()) + 1;
  const auto* later = static_cast<const char*>(::memrchr(stretch.data() + from, '\r', stretch.size() - from));
  if (later != nullptr) {
    last_end_ = at_ + static_cast<std::size_t>(later - stretch.data()) + 1;
  } else if (from > 0) {
    last_end_ = at_ + from;
  }
  at_ = end;
}

void RecordCutter::look(std::string_view text, bool is_all) {
  while (at_ < text.size()) {
    if (in_quotes_ && !leave_quotes(text, is_all)) return;
    const std::size_t quote = next_opening(text);
    note_last_end(text, quote, is_all);
    if (quote == text.size()) return;
    in_quotes_ = true;
    at_ = quote + 1;
  }
}

}  // namespace throughline::records

#include "serve/http_chunks.h"

#include <algorithm>
#include <charconv>

#include "base/number.h"

namespace throughline::serve {

namespace {

// Fifteen digits fit in 63 bits.
constexpr std::size_t k_size_digits_max = 15;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_line_char(char c) {
  return c == '\t' || (c >= ' ' && c < '\x7f');
}

}  // namespace

ChunkReader::Step ChunkReader::feed(std::string_view bytes) {
  Step step;
  while (step.used < bytes.size() && !is_done() && !is_broken()) {
    if (phase_ != Phase::data) {
      read_byte(bytes[step.used++]);
      continue;
    }
    const std::size_t here = std::min(bytes.size() - step.used, base::narrow<std::size_t>(left_));
    step.data = bytes.substr(step.used, here);
    step.used += here;
    left_ -= base::narrow<std::int64_t>(here);
    if (left_ == 0) phase_ = Phase::after_data;
    break;
  }
  return step;
}

void ChunkReader::read_byte(char byte) {
  if (phase_ == Phase::after_data) return read_line_end(byte, Phase::size_line);
  if (phase_ == Phase::after_last) return read_line_end(byte, Phase::done);
  line_ += byte;
  if (byte == '\n') return read_size_line();
  if (line_.size() >= k_chunk_line_bytes_max) phase_ = Phase::broken;
}

void ChunkReader::read_line_end(char byte, Phase next) {
  const bool is_right = byte == (line_.empty() ? '\r' : '\n');
  line_ += byte;
  if (!is_right) {
    phase_ = Phase::broken;
  } else if (line_.size() == 2) {
    line_.clear();
    phase_ = next;
  }
}

void ChunkReader::read_size_line() {
  const std::string line = std::exchange(line_, {});
  const auto digits_end = std::ranges::find_if_not(line, is_hex);
  const auto digits = static_cast<std::size_t>(digits_end - line.begin());
  const bool is_ended = line.ends_with("\r\n");
  const std::string_view extension =
      is_ended ? std::string_view(line).substr(digits, line.size() - digits - 2) : std::string_view();
  const bool is_fine = is_ended && digits > 0 && digits <= k_size_digits_max &&
                       (extension.empty() || extension.front() == ';') && std::ranges::all_of(extension, is_line_char);
  if (!is_fine) {
    phase_ = Phase::broken;
    return;
  }
  std::from_chars(line.data(), line.data() + digits, left_, 16);
  phase_ = left_ == 0 ? Phase::after_last : Phase::data;
}

}  // namespace throughline::serve

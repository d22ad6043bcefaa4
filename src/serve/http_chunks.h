// The chunked coding of a body, read as it comes. Extensions are bounded and thrown away; trailers are refused, for
// nothing here would read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace throughline::serve {

// A size line, with its extension, is at most so long.
inline constexpr std::size_t k_chunk_line_bytes_max = 256;

class ChunkReader {
 public:
  struct Step {
    std::size_t used = 0;   // Bytes that need not be fed again.
    std::string_view data;  // The part of them that is body. A view of what was fed.
  };

  // Reads up to the end of the next piece of data. Uses all bytes unless it found data, the end or a fault.
  [[nodiscard]] Step feed(std::string_view bytes);

  [[nodiscard]] bool is_done() const { return phase_ == Phase::done; }
  [[nodiscard]] bool is_broken() const { return phase_ == Phase::broken; }
  // Bytes of the chunk under way that are still to come: what a body will have at least, before it is here.
  [[nodiscard]] std::int64_t announced() const { return left_; }

 private:
  enum class Phase { size_line, data, after_data, after_last, done, broken };

  void read_byte(char byte);
  void read_size_line();
  // The CRLF that follows data, and the last size line; then comes the next phase.
  void read_line_end(char byte, Phase next);

  Phase phase_ = Phase::size_line;
  std::string line_;  // What has come of a size line or a line end.
  std::int64_t left_ = 0;
};

}  // namespace throughline::serve

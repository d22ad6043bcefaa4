// Requests out of the bytes of one connection, in whatever pieces they come: a head, its body, the next head. Knows
// nothing of sockets or time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "serve/http_chunks.h"
#include "serve/http_head.h"

namespace throughline::serve {

class RequestReader {
 public:
  // Bytes that came.
  void add(std::string_view bytes);
  // Whether bytes are here that no request has taken yet.
  [[nodiscard]] bool has_more() const { return !buffer_.empty(); }

  // The next head once it is whole; nothing while bytes are missing. REQUIRES: the body before it was taken whole.
  [[nodiscard]] std::optional<std::variant<ParsedHead, Refusal>> take_head();

  struct BodyPiece {
    std::string data;
    bool is_last = false;
  };
  struct MissingBytes {};
  using BodyStep = std::variant<MissingBytes, BodyPiece, Refusal>;
  // What is here of the body of the head taken last; 413 as soon as it is clear that it has more than so many bytes.
  // REQUIRES: the same bound for all of one body; not called after its last piece.
  [[nodiscard]] BodyStep take_body(std::int64_t bytes_max);

 private:
  [[nodiscard]] BodyPiece take_counted();
  [[nodiscard]] BodyStep take_chunked(std::int64_t bytes_max);
  // The first so many bytes, and no longer in the buffer.
  [[nodiscard]] std::string take(std::size_t count);

  std::string buffer_;
  std::size_t seen_ = 0;  // Bytes of the buffer in which no head ends.
  Framing framing_ = Framing::none;
  std::int64_t left_ = 0;   // Of a counted body.
  std::int64_t taken_ = 0;  // Of the body under way.
  ChunkReader chunks_;
};

}  // namespace throughline::serve

#include "serve/http_reader.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/number.h"

namespace throughline::serve {

namespace {

Refusal head_too_long() {
  return {431, "head_too_long", "the head is longer than 16 KiB", "send fewer or shorter fields"};
}

Refusal body_too_long() {
  return {413, "body_too_long", "the body is longer than this address takes", "send less at a time"};
}

Refusal chunks_broken() {
  return {400, "chunks_not_understood", "the chunked body is not as HTTP/1.1 wants it, or has trailers",
          "send Content-Length instead"};
}

}  // namespace

void RequestReader::add(std::string_view bytes) {
  buffer_ += bytes;
}

std::string RequestReader::take(std::size_t count) {
  if (count == buffer_.size()) return std::exchange(buffer_, {});
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

std::optional<std::variant<ParsedHead, Refusal>> RequestReader::take_head() {
  const std::optional<std::size_t> end = head_end(buffer_, seen_);
  seen_ = buffer_.size();
  if (end.value_or(buffer_.size()) > k_head_bytes_max) return head_too_long();
  if (!end.has_value()) return std::nullopt;
  seen_ = 0;
  std::variant<ParsedHead, Refusal> outcome = parse_head(take(*end));
  if (const ParsedHead* parsed = std::get_if<ParsedHead>(&outcome)) {
    framing_ = parsed->framing;
    left_ = parsed->body_bytes;
    taken_ = 0;
    chunks_ = ChunkReader();
  }
  return outcome;
}

RequestReader::BodyStep RequestReader::take_body(std::int64_t bytes_max) {
  BodyPiece piece;
  switch (framing_) {
    case Framing::none: piece.is_last = true; break;
    case Framing::length:
      if (taken_ + left_ > bytes_max) return body_too_long();
      piece = take_counted();
      break;
    case Framing::chunked: return take_chunked(bytes_max);
  }
  taken_ += base::narrow<std::int64_t>(piece.data.size());
  if (piece.data.empty() && !piece.is_last) return MissingBytes();
  return piece;
}

RequestReader::BodyPiece RequestReader::take_counted() {
  const std::size_t here = std::min(buffer_.size(), base::narrow<std::size_t>(left_));
  left_ -= base::narrow<std::int64_t>(here);
  return {.data = take(here), .is_last = left_ == 0};
}

RequestReader::BodyStep RequestReader::take_chunked(std::int64_t bytes_max) {
  BodyPiece piece;
  std::string_view rest = buffer_;
  while (!rest.empty() && !chunks_.is_done()) {
    const ChunkReader::Step step = chunks_.feed(rest);
    piece.data += step.data;
    rest.remove_prefix(step.used);
    taken_ += base::narrow<std::int64_t>(step.data.size());
    // Asked after each piece, so that what is wrong first is what is said, however the bytes come. A chunk's size has
    // fifteen digits at most, so the sum cannot overflow.
    if (taken_ + chunks_.announced() > bytes_max) return body_too_long();
    if (chunks_.is_broken()) return chunks_broken();
  }
  buffer_.erase(0, buffer_.size() - rest.size());
  piece.is_last = chunks_.is_done();
  if (piece.data.empty() && !piece.is_last) return MissingBytes();
  return piece;
}

}  // namespace throughline::serve

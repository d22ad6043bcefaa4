// The head of a request: text in, a judged head or a refusal out. The only reading of a head that there is, so that no
// second reader can see another request in the same bytes. It refuses whatever has more than one meaning: other line
// ends than CRLF, folded lines, a length given twice, a coding beside a length, and what else RFC 9112 leaves to
// the receiver's judgement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "serve/http.h"

namespace throughline::serve {

inline constexpr std::size_t k_head_bytes_max = 16'384;
inline constexpr std::size_t k_fields_max = 64;

// How long the body is, as the head says.
enum class Framing { none, length, chunked };

struct ParsedHead {
  RequestHead head;  // Without peer and is_secure, which the bytes cannot tell.
  Framing framing = Framing::none;
  std::int64_t body_bytes = 0;  // For Framing::length; more than 0.
  bool is_kept_alive = false;
  bool expects_continue = false;
};

// Where the head that begins the bytes ends: just past its empty line, or just past the first byte that shows that it
// can be no head. Nothing while more bytes are needed. The first `seen` bytes were looked at before, in vain: a head
// that comes byte by byte costs no more than one that comes whole.
[[nodiscard]] std::optional<std::size_t> head_end(std::string_view bytes, std::size_t seen);

// Judges a head, with its empty line.
[[nodiscard]] std::variant<ParsedHead, Refusal> parse_head(std::string_view text);

// Whether a Host, as in RequestHead::host, has one of these names. The port is not compared.
[[nodiscard]] bool is_host_among(std::string_view host, const std::vector<std::string>& names);

}  // namespace throughline::serve

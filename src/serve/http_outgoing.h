// An answer as it goes over the wire: the status line and fields, with those that every answer has, and which form of
// the body goes with them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "serve/http.h"

namespace throughline::serve {

// What the head of an answer depends on, beside the answer.
struct OutgoingContext {
  Method method = Method::get;
  bool takes_gzip = false;
  bool is_secure = false;
  bool is_kept_alive = false;
  std::optional<base::Instant> date{};
};

struct Outgoing {
  std::string head;                         // With its empty line.
  std::shared_ptr<const std::string> body;  // Null where none follows.
};

// Nothing where a status, name or value of the answer would break the head.
[[nodiscard]] std::optional<Outgoing> make_outgoing(const Response& response, const OutgoingContext& context);

// Adds the body in gzip where the answer may be compressed, is worth it (1 KiB to 64 MiB) and has none yet.
[[nodiscard]] Response compressed(Response response);

// Whether an Accept-Encoding takes gzip.
[[nodiscard]] bool takes_gzip(std::string_view accept_encoding);

// An event as text/event-stream has it.
[[nodiscard]] std::string event_text(const Event& event);

// "Sat, 22 Nov 2025 10:00:00 GMT".
[[nodiscard]] std::string http_date(base::Instant instant);

// The bytes in gzip, at a level that costs little; the same for the same input. Nothing where memory does not allow it.
// REQUIRES: fewer than 4 GiB.
[[nodiscard]] std::optional<std::string> gzip(std::string_view bytes);

}  // namespace throughline::serve

#include "serve/http_outgoing.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/number.h"

namespace throughline::serve {

namespace {

using std::string_view;

// What every page and answer allows: its own scripts, styles and data, pictures that it drew itself, and nothing else.
constexpr string_view k_always =
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: no-referrer\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "permissions-policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()\r\n"
    "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n";
constexpr string_view k_when_secure = "strict-transport-security: max-age=31536000; includeSubDomains\r\n";

// The server's own: an answer cannot say them otherwise.
constexpr std::array<string_view, 14> k_reserved = {"connection",
                                                    "content-encoding",
                                                    "content-length",
                                                    "content-security-policy",
                                                    "content-type",
                                                    "cross-origin-opener-policy",
                                                    "cross-origin-resource-policy",
                                                    "date",
                                                    "keep-alive",
                                                    "permissions-policy",
                                                    "referrer-policy",
                                                    "strict-transport-security",
                                                    "transfer-encoding",
                                                    "x-content-type-options"};

struct Reason {
  int status;
  string_view text;
};
constexpr std::array<Reason, 29> k_reasons = {{{200, "OK"},
                                               {201, "Created"},
                                               {202, "Accepted"},
                                               {204, "No Content"},
                                               {302, "Found"},
                                               {303, "See Other"},
                                               {304, "Not Modified"},
                                               {307, "Temporary Redirect"},
                                               {308, "Permanent Redirect"},
                                               {400, "Bad Request"},
                                               {401, "Unauthorized"},
                                               {403, "Forbidden"},
                                               {404, "Not Found"},
                                               {405, "Method Not Allowed"},
                                               {406, "Not Acceptable"},
                                               {408, "Request Timeout"},
                                               {409, "Conflict"},
                                               {410, "Gone"},
                                               {412, "Precondition Failed"},
                                               {413, "Content Too Large"},
                                               {414, "URI Too Long"},
                                               {415, "Unsupported Media Type"},
                                               {417, "Expectation Failed"},
                                               {421, "Misdirected Request"},
                                               {422, "Unprocessable Content"},
                                               {429, "Too Many Requests"},
                                               {431, "Request Header Fields Too Large"},
                                               {500, "Internal Server Error"},
                                               {503, "Service Unavailable"}}};

string_view reason_of(int status) {
  const auto found = std::ranges::find(k_reasons, status, &Reason::status);
  return found == k_reasons.end() ? string_view("Status") : found->text;
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}
bool is_value_char(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20U && c != '\x7f');
}

std::string lower(string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

bool is_sendable(const NamedText& field) {
  return !field.first.empty() && std::ranges::all_of(field.first, is_name_char) &&
         std::ranges::all_of(field.second, is_value_char) &&
         std::ranges::find(k_reserved, lower(field.first)) == k_reserved.end();
}

bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         std::ranges::all_of(response.content_type, is_value_char) &&
         std::ranges::all_of(response.fields, [](const NamedText& field) { return is_sendable(field); });
}

bool has_field(const Response& response, string_view name) {
  return std::ranges::any_of(response.fields, [&](const NamedText& field) { return lower(field.first) == name; });
}

bool may_have_body(int status) {
  return status != 204 && status != 304;
}

class HeadText {
 public:
  explicit HeadText(int status) {
    text_.reserve(1024);
    fmt::format_to(std::back_inserter(text_), "HTTP/1.1 {} {}\r\n", status, reason_of(status));
    text_ += k_always;
  }
  void add(string_view name, string_view value) { text_.append(name).append(": ").append(value).append("\r\n"); }
  void add_lines(string_view lines) { text_ += lines; }
  [[nodiscard]] std::string whole() && { return std::move(text_ += "\r\n"); }

 private:
  std::string text_;
};

// The fields of the body; gives the form of it that is sent.
std::shared_ptr<const std::string> add_body(HeadText& head, const Response& response, bool takes_gzip) {
  const bool is_packed = takes_gzip && response.gzip_body != nullptr;
  std::shared_ptr<const std::string> body = is_packed ? response.gzip_body : response.body;
  if (!response.content_type.empty()) head.add("content-type", response.content_type);
  if (is_packed) head.add("content-encoding", "gzip");
  head.add("content-length", std::to_string(body == nullptr ? 0 : body->size()));
  return body;
}

}  // namespace

std::optional<Outgoing> make_outgoing(const Response& response, const OutgoingContext& context) {
  if (!is_sendable(response)) return std::nullopt;
  HeadText head(response.status);
  if (context.is_secure) head.add_lines(k_when_secure);
  if (context.date.has_value()) head.add("date", http_date(*context.date));
  for (const auto& [name, value] : response.fields) head.add(name, value);
  if (!has_field(response, "cache-control")) head.add("cache-control", "no-store");
  if (response.gzip_body != nullptr || response.is_compressible) head.add("vary", "accept-encoding");
  head.add("connection", context.is_kept_alive ? "keep-alive" : "close");
  Outgoing outgoing;
  if (response.events != nullptr) {
    head.add("content-type", "text/event-stream");
  } else if (may_have_body(response.status)) {
    outgoing.body = add_body(head, response, context.takes_gzip);
  }
  if (context.method == Method::head) outgoing.body = nullptr;
  outgoing.head = std::move(head).whole();
  return outgoing;
}

Response compressed(Response response) {
  constexpr std::size_t k_bytes_min = 1024;
  constexpr std::size_t k_bytes_max = std::size_t{64} * 1024 * 1024;
  if (!response.is_compressible || response.gzip_body != nullptr || response.body == nullptr) return response;
  if (response.body->size() < k_bytes_min || response.body->size() > k_bytes_max) return response;
  std::optional<std::string> packed = gzip(*response.body);
  if (packed.has_value()) response.gzip_body = std::make_shared<const std::string>(*std::move(packed));
  return response;
}

bool takes_gzip(string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    string_view item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), item.size() + 1));
    std::string coding = lower(item);
    std::erase_if(coding, [](char c) { return c == ' ' || c == '\t'; });
    if (coding == "gzip") return true;
    if (!coding.starts_with("gzip;q=")) continue;
    return coding.find_first_of("123456789") != std::string::npos;
  }
  return false;
}

std::string event_text(const Event& event) {
  const auto one_line = [](string_view text) { return text.substr(0, text.find_first_of("\r\n")); };
  std::string text;
  if (!event.name.empty()) text.append("event: ").append(one_line(event.name)).append("\n");
  if (!event.id.empty()) text.append("id: ").append(one_line(event.id)).append("\n");
  text += "data: ";
  char before = '\0';
  for (const char c : event.data) {
    const bool is_end = c == '\r' || (c == '\n' && before != '\r');
    if (is_end) text += "\ndata: ";
    if (c != '\r' && c != '\n') text += c;
    before = c;
  }
  return text + "\n\n";
}

std::string http_date(base::Instant instant) {
  constexpr std::array<string_view, 7> k_days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<string_view, 12> k_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const base::Date date = instant.date();
  const base::CivilDay day = date.civil();
  const std::int64_t second = (instant.microseconds - base::Instant::start_of(date).microseconds) / 1'000'000;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", k_days[static_cast<std::size_t>(date.weekday()) - 1],
                     day.day, k_months[static_cast<std::size_t>(day.month) - 1], day.year, second / 3600,
                     second / 60 % 60, second % 60);
}

std::optional<std::string> gzip(string_view bytes) {
  constexpr int k_gzip_window = 15 + 16;
  constexpr int k_memory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, 5, Z_DEFLATED, k_gzip_window, k_memory, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib does not write through next_in, although its type says so.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT(*-const-cast)
  stream.avail_in = base::narrow<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = base::narrow<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  CHECK(ended == Z_STREAM_END);
  return packed;
}

}  // namespace throughline::serve

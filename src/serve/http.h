// The HTTP server, as the rest of the program sees it: a Site says how bodies are taken and what is answered; the
// Server does everything that concerns the network, and refuses what is malformed, too large, too slow or too much
// before a Site hears of it. HTTP/1.1 and 1.0, plain or over TLS.
//
// What a Site may rely on: a path has no segment that is empty, "." or ".." (a slash at the end aside), no control
// character and no backslash; a field that may be given once was given once; the host is one of those allowed; a body
// is no longer than planned.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

namespace throughline::serve {

// Any other method is refused before a Site hears of it.
enum class Method { get, head, post, put, remove };

// "GET", "HEAD", "POST", "PUT", "DELETE".
[[nodiscard]] std::string_view method_name(Method method);

// A name and its value.
using NamedText = std::pair<std::string, std::string>;

// What a request says before its body.
struct RequestHead {
  Method method = Method::get;
  std::string path{};  // Percent-decoded once, valid UTF-8, begins with '/'.
  std::vector<NamedText>
      query;  // Decoded ('+' is a space), in the order given; no control characters. May repeat names.
  std::vector<NamedText> fields{};  // Names in lower case, each once; lists given in parts are joined by ", ".
  std::string host{};               // As asked for, in lower case, with its port where one was given.
  std::string peer{};               // The address of the other end of the connection, whatever any field claims.
  bool is_secure = false;           // Came over TLS.

  // The value of a field, by its name in lower case. An empty value is a value.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
  // The first value that the query gives a name.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

struct Request {
  RequestHead head{};
  std::string body{};                 // Whole, where the plan was to keep it in memory.
  std::filesystem::path body_file{};  // Where the plan was a file: whole, readable by this account only. The server
                                      // removes it after the answer unless it was moved away. Else empty.
};

// What became of asking a source for its next event.
struct Event {
  std::string name{};  // The event's type, one line; empty: "message".
  std::string data{};  // Any text; lines are sent as lines.
  std::string id{};    // One line; empty: none.
};
struct NothingYet {};
struct EndOfEvents {};
using NextEvent = std::variant<Event, NothingYet, EndOfEvents>;

// Server-sent events. The server asks for one after another; when the client is gone, or the server stops, it is
// destroyed, on a thread of the server.
class EventSource {
 public:
  EventSource() = default;
  virtual ~EventSource() = default;
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;

  // May wait for an event, but not longer than about a second: then NothingYet. Each stream waits on a thread of its
  // own, so it holds up nothing else.
  [[nodiscard]] virtual NextEvent next() = 0;
};

struct Response {
  int status = 200;
  std::string content_type{};  // Empty where there is no body.
  // Further fields: Location, Set-Cookie, ETag, Cache-Control … Cache-Control is "no-store" unless given here. Length,
  // encoding, connection, date and the security fields are the server's own. A name or value that would break the
  // head is never sent: the client gets a 500.
  std::vector<NamedText> fields{};
  std::shared_ptr<const std::string> body{};       // Shared and never copied; null: none.
  std::shared_ptr<const std::string> gzip_body{};  // The same in gzip, for clients that take it; null: none.
  bool is_compressible = false;  // Without a gzip_body: compress for clients that take it. REQUIRES: no secret in
                                 // the body beside text that a stranger may choose.
  std::unique_ptr<EventSource> events{};  // Instead of a body; the content type is then text/event-stream.

  // A body of this type.
  [[nodiscard]] static Response of(int status, std::string content_type, std::string body);
};

// Why the server itself does not answer a request.
struct Refusal {
  int status = 400;
  base::Code code = "bad_request";
  std::string what{};    // What is wrong; never a text that the client sent.
  std::string remedy{};  // What to do; may be empty.
};

// Whether a body that goes to a file may grow further.
class Intake {
 public:
  Intake() = default;
  virtual ~Intake() = default;
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // Before so many bytes more are written to the file: why not, or nothing. On a thread that may wait for the disk.
  [[nodiscard]] virtual std::optional<Refusal> take(const std::filesystem::path& file, std::int64_t bytes) = 0;
};

// How a body is to be taken, decided before a byte of it is read.
struct AnswerNow {  // Not at all: this is the answer. For refusals, and for answers that lie ready in memory.
  Response response{};
};
struct KeepInMemory {  // Also for requests without a body. A longer one is refused with 413.
  std::int64_t bytes_max = 0;
};
// Not at all, and the site is asked for the answer all the same: for what has to be written down.
struct LeaveUnread {};
struct KeepInFile {  // Streamed to a new file in the folder, which must exist. A longer one is refused with 413.
  std::filesystem::path folder{};
  std::int64_t bytes_max = 0;
  std::shared_ptr<Intake> intake{};  // Asked as the file grows; kept until the request is answered. Null: nobody is.
};
using BodyPlan = std::variant<KeepInMemory, KeepInFile, LeaveUnread, AnswerNow>;

// What is served. Called from several threads at once.
class Site {
 public:
  Site() = default;
  virtual ~Site() = default;
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // How the body of this request is to be taken. On a network thread: must not wait for anything.
  [[nodiscard]] virtual BodyPlan plan(const RequestHead& head) = 0;
  // On a worker thread: may take long.
  [[nodiscard]] virtual Response answer(Request request) = 0;
  // How a refusal is worded. On a network thread: must not wait for anything.
  [[nodiscard]] virtual Response problem(const Refusal& refusal) = 0;
};

// Bounds on what strangers may take. Times are for the whole of what they name, not for each piece of it.
struct Limits {
  using Time = std::chrono::milliseconds;

  std::int64_t connections_max = 512;
  std::int64_t connections_per_peer_max = 128;
  std::int64_t requests_waiting_max = 256;  // For a worker; more are told to come again (503).
  std::int64_t event_streams_max = 64;      // A thread each; more are told to come again (503).
  Time handshake = std::chrono::seconds(10);
  Time head = std::chrono::seconds(10);
  Time memory_body = std::chrono::seconds(30);
  Time upload_window =
      std::chrono::seconds(10);  // A body going to a file brings upload_window_bytes in each of these …
  std::int64_t upload_window_bytes = 10'240;
  Time upload = std::chrono::hours(1);              // … and is whole after this.
  Time idle = std::chrono::seconds(60);             // Between one answer and the next request.
  Time write = std::chrono::seconds(30);            // For each 64 KiB of an answer.
  Time event_heartbeat = std::chrono::seconds(15);  // A comment goes out when there was no event for so long.
  Time grace = std::chrono::seconds(10);            // For answers under way when the server stops.
};

struct TlsFiles {
  std::filesystem::path certificate{};  // PEM, the server's own first, then those between it and the root.
  std::filesystem::path key{};          // PEM, without a passphrase.
};

struct ServerOptions {
  std::string address = "127.0.0.1";                                  // An IP address. Off loopback only with TLS.
  int port = 0;                                                       // 0: any that is free.
  std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};  // Names the server answers to, without a port.
  std::optional<TlsFiles> tls{};
  int io_threads = 2;
  int worker_threads = 16;
  Limits limits{};
  base::Clock* clock =
      nullptr;  // For the Date of answers; null: none is sent. Asked on several threads. Must outlive the server.
  base::Log* log = nullptr;  // Refusals and failures, by code only. Must outlive the server. May be null.
};

class Server {
 public:
  // Listens and answers from then on, on threads of its own. The site must outlive the server. Errors:
  // "address_not_understood", "tls_needed" off loopback, "address_in_use", "address_not_usable",
  // "certificate_not_usable", "key_not_usable".
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(const ServerOptions& options, Site& site);
  // As stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] int port() const;
  // Takes no more requests, lets answers under way finish within the grace, ends event streams, closes every
  // connection, and returns when all threads have ended (a Site that is still answering is waited for). May be called
  // twice, from one thread.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace throughline::serve

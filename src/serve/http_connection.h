// One client's connection from its first byte to its last: requests one after another, each read within its limits,
// planned, answered and sent. Knows bytes and steps, not sockets: see http_wire.h.
//
//   opening → waiting → (reading_body) → answering → sending → waiting …        or → streaming, or → closing
//
// 1. One request at a time: while it is answered nothing is read, so that pipelined requests are answered in order.
// 2. All members are touched on the wire's thread alone, save that a worker has request_, response_ and upload_ to
// itself
//    between the hand-over to a Runner and the post() back.
// 3. Whatever the connection waits for holds it alive; when nothing does, it ends.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "serve/http.h"
#include "serve/http_outgoing.h"
#include "serve/http_reader.h"
#include "serve/http_upload.h"
#include "serve/http_wire.h"
#include "serve/http_workers.h"

namespace throughline::serve {

// What all connections of a server share; it outlives them.
struct Common {
  Site& site;
  const ServerOptions& options;
  Runner& answers;
  Runner& events;
  Runner& disk;
  std::atomic<bool> is_stopping = false;
  std::atomic<std::int64_t> streams = 0;  // Event streams that are open.
};

struct Client {
  std::string peer;
  bool is_secure = false;
  std::shared_ptr<void> place;  // Given back when the connection ends: see http_gate.h.
};

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Common& common, Client client, std::unique_ptr<Wire> wire);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Takes the first request. REQUIRES: on the wire's thread.
  void begin();
  // From any thread. The first lets an answer under way finish, the second does not.
  void end_soon();
  void end_now();

 private:
  enum class Phase { opening, waiting, reading_body, answering, sending, streaming, closing };
  using Step = void (Connection::*)();

  // Takes the step; whatever is thrown in it is logged. False where something was.
  bool attempt(Step step) noexcept;
  // Does the work on the wire's thread, unless the wire failed; that, and whatever is thrown, ends the connection.
  template <class Work>
  void proceed(bool is_well, const Work& work) noexcept;
  // A callback that takes the step, unless the wire failed: that ends the connection.
  [[nodiscard]] Wire::Done then(Step step);
  // Takes one step on another thread, then the other on the wire's. False, and neither is taken, where too much waits.
  [[nodiscard]] bool hand_over(Runner& runner, Step away, Step back);
  void read_more(Step step);
  void give_up();

  void on_opened();
  void wait_for_next_request();
  void read_head();
  void on_head_bytes();
  void on_head(ParsedHead parsed);
  void leave_unread();
  void follow(BodyPlan plan);
  void begin_file_body(KeepInFile plan);
  void make_upload();
  void on_file_made();
  void read_body();
  void read_on();
  void on_body_bytes();
  void keep(const RequestReader::BodyPiece& piece);
  void flush();
  void write_upload();
  void on_flushed();

  void dispatch();
  void answer();
  void on_answered();
  void refuse(const Refusal& refusal);
  void send(Response response);
  void send_slice();
  void on_sent();
  void drain();

  void begin_stream();
  void pull();
  void ask_source();
  void on_next();
  void on_heartbeat();
  void write_event(std::string text);
  void stop_unless_answering();

  Common& common_;
  const Limits& limits_;
  Client client_;
  std::unique_ptr<Wire> wire_;
  Phase phase_ = Phase::opening;
  bool is_closed_ = false;

  std::array<char, 16'384> room_{};
  RequestReader reader_;
  Request request_;
  bool is_idle_ = false;  // Nothing has come since the last answer.
  bool is_kept_alive_ = false;
  bool takes_gzip_ = false;
  bool expects_continue_ = false;
  bool has_unread_ = false;  // The client may still be sending what nobody will read.
  bool is_last_piece_ = false;
  Framing framing_ = Framing::none;
  std::int64_t body_bytes_max_ = 0;
  std::shared_ptr<Intake> intake_;  // Of an upload, and longer than its file; may be null.
  std::optional<Upload> upload_;
  std::filesystem::path upload_folder_;
  std::optional<Refusal> upload_refused_;  // By the intake.
  std::string unwritten_;                  // Of an upload.
  std::int64_t window_bytes_ = 0;          // That came in the present window of an upload.
  std::int64_t drained_bytes_ = 0;
  Method method_ = Method::get;

  std::optional<Response> response_;
  Outgoing outgoing_;
  std::size_t sent_bytes_ = 0;
  bool is_head_sent_ = false;

  std::unique_ptr<EventSource> source_;
  std::optional<NextEvent> next_;
  std::string event_;
  bool is_heartbeat_due_ = false;
  bool has_stream_ = false;
  bool is_unsendable_ = false;
};

}  // namespace throughline::serve

#include "serve/http_connection.h"

#include <utility>

#include "base/number.h"

namespace throughline::serve {

namespace {

constexpr std::string_view k_go_on = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t k_write_bytes_min = 65'536;  // To a file, but for the last.

Refusal too_busy(std::string what) {
  return {503, "too_busy", std::move(what), "try again in a few seconds"};
}

Refusal too_many_files() {
  return too_busy("too many files are being sent at once");
}

}  // namespace

Connection::Connection(Common& common, Client client, std::unique_ptr<Wire> wire)
    : common_(common), limits_(common.options.limits), client_(std::move(client)), wire_(std::move(wire)) {}

Connection::~Connection() {
  if (has_stream_) --common_.streams;
}

bool Connection::attempt(Step step) noexcept {
  try {
    (this->*step)();
    return true;
  } catch (...) {
    return false;
  }
}

template <class Work>
void Connection::proceed(bool is_well, const Work& work) noexcept {
  try {
    if (is_well && !is_closed_) return work();
  } catch (...) {
    is_well = false;
  }
  if (!attempt(&Connection::give_up)) is_closed_ = true;  // What holds the connection is let go all the same.
}

Wire::Done Connection::then(Step step) {
  return [self = shared_from_this(), step](bool is_well) { self->proceed(is_well, [&] { ((*self).*step)(); }); };
}

bool Connection::hand_over(Runner& runner, Step away, Step back) {
  return runner.offer([self = shared_from_this(), away, done = then(back)] {
    const bool is_well = self->attempt(away);
    try {
      if (!is_well && self->common_.options.log != nullptr) self->common_.options.log->error("answer_failed");
      self->wire_->post([done, is_well] { done(is_well); });
    } catch (...) {  // Without memory even for this the connection is let go, and ends.
      return;
    }
  });
}

void Connection::read_more(Step step) {
  wire_->read(room_, [self = shared_from_this(), step](bool is_well, std::size_t count) {
    self->proceed(is_well, [&] {
      self->reader_.add({self->room_.data(), count});
      self->window_bytes_ += base::narrow<std::int64_t>(count);
      ((*self).*step)();
    });
  });
}

void Connection::give_up() {
  if (std::exchange(is_closed_, true)) return;
  wire_->drop_alarm();
  wire_->close([self = shared_from_this()](bool) {});
}

void Connection::begin() {
  proceed(true, [this] {
    wire_->set_deadline(limits_.handshake);
    wire_->open(then(&Connection::on_opened));
  });
}

void Connection::on_opened() {
  phase_ = Phase::waiting;
  wire_->set_deadline(limits_.head);
  read_head();
}

void Connection::end_soon() {
  wire_->post([done = then(&Connection::stop_unless_answering)] { done(true); });
}

void Connection::stop_unless_answering() {
  if (phase_ != Phase::answering && phase_ != Phase::sending) give_up();
}

void Connection::end_now() {
  wire_->post([done = then(&Connection::give_up)] { done(true); });
}

void Connection::wait_for_next_request() {
  phase_ = Phase::waiting;
  is_idle_ = !reader_.has_more();
  wire_->set_deadline(is_idle_ ? limits_.idle : limits_.head);
  read_head();
}

void Connection::read_head() {
  std::optional<std::variant<ParsedHead, Refusal>> outcome = reader_.take_head();
  if (!outcome.has_value()) return read_more(&Connection::on_head_bytes);
  request_ = Request();
  method_ = Method::get;
  takes_gzip_ = false;
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) return refuse(*refusal);
  on_head(std::move(std::get<ParsedHead>(*outcome)));
}

void Connection::on_head_bytes() {
  // The first byte of a head starts its time; those after it do not.
  if (is_idle_) wire_->set_deadline(limits_.head);
  is_idle_ = false;
  read_head();
}

void Connection::on_head(ParsedHead parsed) {
  request_.head = std::move(parsed.head);
  request_.head.peer = client_.peer;
  request_.head.is_secure = client_.is_secure;
  method_ = request_.head.method;
  framing_ = parsed.framing;
  expects_continue_ = parsed.expects_continue;
  is_kept_alive_ = parsed.is_kept_alive;
  takes_gzip_ = takes_gzip(request_.head.field("accept-encoding").value_or(""));
  if (!is_host_among(request_.head.host, common_.options.hosts)) {
    return refuse({421, "host_not_served", "this server does not answer to the name it was asked by",
                   "use the address that the server printed when it started"});
  }
  follow(common_.site.plan(request_.head));
}

void Connection::leave_unread() {
  has_unread_ = framing_ != Framing::none;
  is_kept_alive_ = is_kept_alive_ && !has_unread_;
}

void Connection::follow(BodyPlan plan) {
  if (auto* now = std::get_if<AnswerNow>(&plan)) {
    leave_unread();
    return send(std::move(now->response));
  }
  if (std::holds_alternative<LeaveUnread>(plan)) {
    leave_unread();
    return dispatch();
  }
  phase_ = Phase::reading_body;
  if (auto* file = std::get_if<KeepInFile>(&plan)) return begin_file_body(std::move(*file));
  body_bytes_max_ = std::get<KeepInMemory>(plan).bytes_max;
  wire_->set_deadline(limits_.memory_body);
  read_body();
}

void Connection::begin_file_body(KeepInFile plan) {
  body_bytes_max_ = plan.bytes_max;
  upload_folder_ = std::move(plan.folder);
  intake_ = std::move(plan.intake);
  wire_->set_alarm(limits_.upload, then(&Connection::give_up));
  if (!hand_over(common_.disk, &Connection::make_upload, &Connection::on_file_made)) refuse(too_many_files());
}

void Connection::make_upload() {
  base::Result<Upload> made = Upload::make(upload_folder_);
  if (made.ok()) upload_.emplace(std::move(made).value());
}

void Connection::on_file_made() {
  if (!upload_.has_value()) return on_flushed();
  unwritten_.clear();
  window_bytes_ = 0;
  wire_->set_deadline(limits_.upload_window);
  read_body();
}

void Connection::read_body() {
  RequestReader::BodyStep step = reader_.take_body(body_bytes_max_);
  if (const auto* refusal = std::get_if<Refusal>(&step)) return refuse(*refusal);
  if (const auto* piece = std::get_if<RequestReader::BodyPiece>(&step)) return keep(*piece);
  if (std::exchange(expects_continue_, false)) return wire_->write(k_go_on, {}, then(&Connection::read_on));
  read_on();
}

void Connection::read_on() {
  read_more(&Connection::on_body_bytes);
}

void Connection::on_body_bytes() {
  if (upload_.has_value() && window_bytes_ >= limits_.upload_window_bytes) {
    window_bytes_ = 0;
    wire_->set_deadline(limits_.upload_window);
  }
  read_body();
}

void Connection::keep(const RequestReader::BodyPiece& piece) {
  is_last_piece_ = piece.is_last;
  expects_continue_ = false;
  (upload_.has_value() ? unwritten_ : request_.body) += piece.data;
  if (upload_.has_value() && (is_last_piece_ || unwritten_.size() >= k_write_bytes_min)) return flush();
  if (is_last_piece_) return dispatch();
  read_body();
}

void Connection::flush() {
  if (!hand_over(common_.disk, &Connection::write_upload, &Connection::on_flushed)) refuse(too_many_files());
}

void Connection::write_upload() {
  if (intake_ != nullptr) {
    upload_refused_ = intake_->take(upload_->path(), base::narrow<std::int64_t>(unwritten_.size()));
  }
  if (upload_refused_ || !upload_->write(unwritten_).ok()) upload_.reset();
}

void Connection::on_flushed() {
  if (upload_refused_) return refuse(*std::exchange(upload_refused_, std::nullopt));
  if (!upload_.has_value()) {
    return refuse({503, "upload_not_writable", "the file that is being sent cannot be kept",
                   "ask whoever runs the server whether its disk is full"});
  }
  unwritten_.clear();
  window_bytes_ = 0;
  wire_->set_deadline(limits_.upload_window);
  if (!is_last_piece_) return read_body();
  request_.body_file = upload_->path();
  dispatch();
}

void Connection::dispatch() {
  wire_->drop_alarm();
  phase_ = Phase::answering;
  if (!hand_over(common_.answers, &Connection::answer, &Connection::on_answered)) {
    refuse(too_busy("too many requests are waiting for an answer"));
  }
}

void Connection::answer() {
  Response response = common_.site.answer(std::move(request_));
  upload_.reset();
  intake_.reset();
  response_ = takes_gzip_ ? compressed(std::move(response)) : std::move(response);
}

void Connection::on_answered() {
  send(*std::exchange(response_, std::nullopt));
}

}  // namespace throughline::serve

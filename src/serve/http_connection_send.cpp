// The second half of a connection's work: answers and events on their way out.
#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

#include "base/number.h"
#include "serve/http_connection.h"

namespace throughline::serve {

namespace {

constexpr std::size_t k_slice_bytes = 65'536;  // Sent within one Limits::write.
constexpr std::int64_t k_drain_bytes_max = 1'048'576;
constexpr Wire::Time k_drain = std::chrono::seconds(2);
// Between two askings of a source that answered "nothing yet", in case it did so without having waited.
constexpr Wire::Time k_source_pause = std::chrono::milliseconds(50);

}  // namespace

void Connection::refuse(const Refusal& refusal) {
  if (common_.options.log != nullptr) {
    common_.options.log->info("request_refused", {{"status", refusal.status}, {"why", refusal.code}});
  }
  wire_->drop_alarm();
  is_kept_alive_ = false;
  has_unread_ = true;
  Response response = common_.site.problem(refusal);
  if (refusal.status == 405) response.fields.emplace_back("allow", "GET, HEAD, POST, PUT, DELETE");
  if (refusal.status == 503) response.fields.emplace_back("retry-after", "2");
  send(std::move(response));
}

void Connection::send(Response response) {
  const bool is_stream = response.events != nullptr;
  if (is_stream && !has_stream_) {
    if (common_.streams.fetch_add(1) >= limits_.event_streams_max) {
      --common_.streams;
      return refuse({503, "too_many_streams", "too many pages are being kept up to date", "close some, or come again"});
    }
    has_stream_ = true;
  }
  is_kept_alive_ = is_kept_alive_ && !is_stream && !common_.is_stopping;
  OutgoingContext context{.method = method_,
                          .takes_gzip = takes_gzip_,
                          .is_secure = client_.is_secure,
                          .is_kept_alive = is_kept_alive_,
                          .date = std::nullopt};
  if (common_.options.clock != nullptr) context.date = common_.options.clock->now();
  std::optional<Outgoing> outgoing = make_outgoing(response, context);
  if (!outgoing.has_value()) {
    // An answer that cannot be sent is a fault of ours; if even its problem cannot be, the connection just ends.
    if (std::exchange(is_unsendable_, true)) return give_up();
    return refuse({500, "answer_not_sendable", "the answer could not be put into words for the network",
                   "tell whoever looks after this server"});
  }
  phase_ = Phase::sending;
  outgoing_ = *std::move(outgoing);
  source_ = std::move(response.events);
  sent_bytes_ = 0;
  is_head_sent_ = false;
  send_slice();
}

void Connection::send_slice() {
  const std::string_view body = outgoing_.body == nullptr ? std::string_view() : std::string_view(*outgoing_.body);
  const std::string_view slice = body.substr(sent_bytes_, k_slice_bytes);
  sent_bytes_ += slice.size();
  wire_->set_deadline(limits_.write);
  wire_->write(std::exchange(is_head_sent_, true) ? std::string_view() : std::string_view(outgoing_.head), slice,
               then(&Connection::on_sent));
}

void Connection::on_sent() {
  if (outgoing_.body != nullptr && sent_bytes_ < outgoing_.body->size()) return send_slice();
  outgoing_ = Outgoing();
  if (source_ != nullptr && method_ != Method::head) return begin_stream();
  if (is_kept_alive_ && !common_.is_stopping) return wait_for_next_request();
  if (!has_unread_) return give_up();
  // Closing with unread bytes would make the kernel take back the answer; so the client may finish, within bounds.
  phase_ = Phase::closing;
  wire_->end_sending();
  wire_->set_deadline(k_drain);
  drain();
}

void Connection::drain() {
  wire_->read(room_, [self = shared_from_this()](bool is_well, std::size_t count) {
    self->drained_bytes_ += base::narrow<std::int64_t>(count);
    const bool is_more = is_well && !self->is_closed_ && self->drained_bytes_ < k_drain_bytes_max;
    self->attempt(is_more ? &Connection::drain : &Connection::give_up);
  });
}

void Connection::begin_stream() {
  phase_ = Phase::streaming;
  if (common_.is_stopping) return give_up();
  wire_->watch(then(&Connection::give_up));
  wire_->set_alarm(limits_.event_heartbeat, then(&Connection::on_heartbeat));
  pull();
}

void Connection::on_heartbeat() {
  is_heartbeat_due_ = true;
  wire_->set_alarm(limits_.event_heartbeat, then(&Connection::on_heartbeat));
}

void Connection::pull() {
  if (!hand_over(common_.events, &Connection::ask_source, &Connection::on_next)) give_up();
}

void Connection::ask_source() {
  next_ = source_->next();
  if (std::holds_alternative<NothingYet>(*next_)) std::this_thread::sleep_for(k_source_pause);
}

void Connection::on_next() {
  const NextEvent next = *std::exchange(next_, std::nullopt);
  if (const Event* event = std::get_if<Event>(&next)) return write_event(event_text(*event));
  if (std::holds_alternative<EndOfEvents>(next)) return give_up();
  if (is_heartbeat_due_) return write_event(":\n\n");
  pull();
}

void Connection::write_event(std::string text) {
  is_heartbeat_due_ = false;
  event_ = std::move(text);
  wire_->set_deadline(limits_.write);
  wire_->write(event_, {}, then(&Connection::pull));
}

}  // namespace throughline::serve

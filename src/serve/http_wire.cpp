#include <array>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/stream_traits.hpp>

#include "serve/http_wire_internal.h"

namespace throughline::serve {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using ErrorCode = boost::system::error_code;
using PlainStream = beast::basic_stream<asio::ip::tcp, Executor>;
using SecretStream = asio::ssl::stream<PlainStream>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

constexpr Wire::Time k_goodbye = std::chrono::seconds(2);

// What the two kinds of stream have in common.
template <class Stream>
class StreamWire : public Wire {
 public:
  template <class... Rest>
  explicit StreamWire(Socket socket, Rest&... rest)
      : executor_(socket.get_executor()), stream_(std::move(socket), rest...), alarm_(executor_) {}

  void set_deadline(Time time) final { beast::get_lowest_layer(stream_).expires_after(time); }

  void read(std::span<char> room, std::function<void(bool, std::size_t)> done) final {
    stream_.async_read_some(
        asio::buffer(room.data(), room.size()),
        [done = std::move(done)](const ErrorCode& failed, std::size_t count) { done(!failed && count > 0, count); });
  }

  void write(std::string_view first, std::string_view second, Done done) final {
    const std::array<asio::const_buffer, 2> texts = {asio::buffer(first.data(), first.size()),
                                                     asio::buffer(second.data(), second.size())};
    asio::async_write(stream_, texts,
                      [done = std::move(done)](const ErrorCode& failed, std::size_t) { done(!failed); });
  }

  void watch(Done done) final {
    socket().async_wait(asio::socket_base::wait_read,
                        [done = std::move(done)](const ErrorCode& failed) { done(!failed); });
  }

  void set_alarm(Time time, Done done) final {
    alarm_.expires_after(time);
    alarm_.async_wait([done = std::move(done)](const ErrorCode& failed) {
      if (!failed) done(true);
    });
  }

  void drop_alarm() final { alarm_.cancel(); }

  void post(std::function<void()> work) final { asio::post(executor_, std::move(work)); }

 protected:
  Socket& socket() { return beast::get_lowest_layer(stream_).socket(); }
  Stream& stream() { return stream_; }
  void close_socket() {
    ErrorCode ignored;
    static_cast<void>(socket().shutdown(asio::socket_base::shutdown_both, ignored));
    static_cast<void>(socket().close(ignored));
  }

 private:
  Executor executor_;
  Stream stream_;
  Timer alarm_;
};

class PlainWire final : public StreamWire<PlainStream> {
 public:
  using StreamWire::StreamWire;

  void open(Done done) final {
    post([done = std::move(done)] { done(true); });
  }
  void end_sending() final {
    ErrorCode ignored;
    static_cast<void>(socket().shutdown(asio::socket_base::shutdown_send, ignored));
  }
  void close(Done done) final {
    close_socket();
    post([done = std::move(done)] { done(true); });
  }
};

class SecretWire final : public StreamWire<SecretStream> {
 public:
  using StreamWire::StreamWire;

  void open(Done done) final {
    stream().async_handshake(asio::ssl::stream_base::server, [this, done = std::move(done)](const ErrorCode& failed) {
      is_open_ = !failed;
      done(!failed);
    });
  }
  // Under TLS the end of sending is told by a message that waits for its answer: close() does that.
  void end_sending() final {}
  void close(Done done) final {
    const bool can_say_goodbye = is_open_ && socket().is_open();
    if (!can_say_goodbye) {
      close_socket();
      return post([done = std::move(done)] { done(true); });
    }
    // What is under way is cancelled first: the goodbye may not cross it.
    static_cast<void>(socket().cancel(ignored_));
    set_deadline(k_goodbye);
    stream().async_shutdown([this, done = std::move(done)](const ErrorCode&) {
      close_socket();
      done(true);
    });
  }

 private:
  bool is_open_ = false;
  ErrorCode ignored_;
};

}  // namespace

std::unique_ptr<Wire> plain_wire(Socket socket) {
  return std::make_unique<PlainWire>(std::move(socket));
}

std::unique_ptr<Wire> secret_wire(Socket socket, asio::ssl::context& context) {
  return std::make_unique<SecretWire>(std::move(socket), context);
}

}  // namespace throughline::serve

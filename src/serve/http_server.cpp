#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/check.h"
#include "base/number.h"
#include "serve/http.h"
#include "serve/http_connection.h"
#include "serve/http_gate.h"
#include "serve/http_wire_internal.h"
#include "serve/http_workers.h"
#include "serve/tls_internal.h"

namespace throughline::serve {

namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

// Without descriptors to take a connection with, the next try waits so long.
constexpr std::chrono::milliseconds k_accept_pause(100);

base::Error bad_option(const char* code, std::string what, std::string where, std::string remedy) {
  return {.kind = base::ErrorKind::bad_command,
          .code = code,
          .what = std::move(what),
          .where = std::move(where),
          .remedy = std::move(remedy)};
}

base::Error not_listening(const ErrorCode& failed, const std::string& where) {
  if (failed == asio::error::address_in_use) {
    return {.kind = base::ErrorKind::world,
            .code = "address_in_use",
            .what = "another program listens there",
            .where = where,
            .remedy = "choose another port, or end that program"};
  }
  return {.kind = base::ErrorKind::world,
          .code = "address_not_usable",
          .what = "this machine cannot listen there: " + failed.message(),
          .where = where,
          .remedy = "choose an address of this machine, and a port above 1023"};
}

base::Result<asio::ip::tcp::endpoint> endpoint_of(const ServerOptions& options) {
  ErrorCode failed;
  const asio::ip::address address = asio::ip::make_address(options.address, failed);
  if (failed || options.port < 0 || options.port > 65535) {
    return bad_option("address_not_understood", "this is not an IP address with a port from 0 to 65535",
                      options.address + " " + std::to_string(options.port), "give an address as 127.0.0.1 or ::1");
  }
  if (!address.is_loopback() && !options.tls.has_value()) {
    return bad_option("tls_needed", "other machines could listen in on what is sent without TLS", options.address,
                      "give a certificate and a key, or listen on 127.0.0.1");
  }
  return asio::ip::tcp::endpoint(address, base::narrow<std::uint16_t>(options.port));
}

// A network thread: all of a connection's steps are taken on the one it was given to, so they need no locks.
struct NetworkThread {
  asio::io_context context{1};
  asio::executor_work_guard<Executor> work{context.get_executor()};
  std::thread thread;

  // Whatever a step throws has ended its connection; the thread goes on with the others.
  void run() {
    while (true) {
      try {
        context.run();
        return;
      } catch (...) {
        continue;
      }
    }
  }
};

// Every connection that is open, so that they can be told to end. Forgets those that have ended by itself.
class OpenConnections {
 public:
  void add(const std::shared_ptr<Connection>& connection) {
    const std::scoped_lock lock(mutex_);
    if (connections_.size() > 2 * live_after_sweep_ + 16) sweep();
    connections_.push_back(connection);
  }
  template <class Call>
  void each(const Call& call) {
    std::vector<std::shared_ptr<Connection>> held;
    {
      const std::scoped_lock lock(mutex_);
      for (const std::weak_ptr<Connection>& connection : connections_) {
        if (auto open = connection.lock()) held.push_back(std::move(open));
      }
    }
    for (const std::shared_ptr<Connection>& connection : held) call(*connection);
  }

 private:
  void sweep() {
    std::erase_if(connections_, [](const std::weak_ptr<Connection>& connection) { return connection.expired(); });
    live_after_sweep_ = connections_.size();
  }

  std::mutex mutex_;
  std::vector<std::weak_ptr<Connection>> connections_;
  std::size_t live_after_sweep_ = 0;
};

}  // namespace

struct Server::Parts {
  Parts(ServerOptions given, Site& site)
      : options(std::move(given)),
        gate(std::make_shared<Gate>(Gate::Bounds{.all_max = options.limits.connections_max,
                                                 .of_one_max = options.limits.connections_per_peer_max})),
        answers({.threads = options.worker_threads, .waiting_max = options.limits.requests_waiting_max}),
        events({.threads = base::narrow<int>(std::max<std::int64_t>(options.limits.event_streams_max, 1)),
                .waiting_max = std::max<std::int64_t>(options.limits.event_streams_max, 1)}),
        disk({.threads = 1, .waiting_max = options.limits.connections_max}),
        common{.site = site, .options = options, .answers = answers, .events = events, .disk = disk} {
    CHECK(options.io_threads > 0);
    for (int thread = 0; thread < options.io_threads; ++thread) network.push_back(std::make_unique<NetworkThread>());
  }

  base::Result<void> listen();
  void run();
  void accept();
  void accept_again() noexcept;
  void take(Socket socket);
  void begin(Socket socket);
  void stop();

  const ServerOptions options;
  std::shared_ptr<Gate> gate;
  std::unique_ptr<asio::ssl::context> tls;
  // Destroyed from the last to the first: what is left of connections goes with the network threads' queues, before all
  // that it uses.
  Workers answers;
  Workers events;
  Workers disk;
  Common common;
  OpenConnections open;
  std::vector<std::unique_ptr<NetworkThread>> network;
  std::optional<Acceptor> acceptor;
  std::optional<asio::steady_timer> pause;
  std::size_t next_thread = 0;
  int port = 0;
  bool is_stopped = false;
};

base::Result<void> Server::Parts::listen() {
  const asio::ip::tcp::endpoint endpoint = TRY(endpoint_of(options));
  if (options.tls.has_value()) tls = TRY(make_tls_context(*options.tls));
  const std::string where = options.address + " port " + std::to_string(options.port);
  ErrorCode failed;
  acceptor.emplace(network.front()->context);
  pause.emplace(network.front()->context);
  static_cast<void>(acceptor->open(endpoint.protocol(), failed));
  if (failed) return not_listening(failed, where);
  static_cast<void>(acceptor->set_option(asio::socket_base::reuse_address(true), failed));
  static_cast<void>(acceptor->bind(endpoint, failed));
  if (failed) return not_listening(failed, where);
  static_cast<void>(acceptor->listen(asio::socket_base::max_listen_connections, failed));
  if (failed) return not_listening(failed, where);
  port = acceptor->local_endpoint(failed).port();
  if (failed) return not_listening(failed, where);
  return {};
}

void Server::Parts::run() {
  accept();
  for (const auto& thread : network) thread->thread = std::thread([raw = thread.get()] { raw->run(); });
}

void Server::Parts::accept() {
  next_thread = (next_thread + 1) % network.size();
  acceptor->async_accept(network[next_thread]->context, [this](const ErrorCode& failed, Socket socket) {
    if (common.is_stopping || failed == asio::error::operation_aborted) return;
    if (!failed) {
      take(std::move(socket));
      return accept_again();
    }
    pause->expires_after(k_accept_pause);
    pause->async_wait([this](const ErrorCode& dropped) {
      if (!dropped && !common.is_stopping) accept();
    });
  });
}

// Want of memory for a moment must not end the accepting for good.
void Server::Parts::accept_again() noexcept {
  while (true) {
    try {
      return accept();
    } catch (...) {
      std::this_thread::sleep_for(k_accept_pause);
    }
  }
}

// One client more or less must not end it either, whatever goes wrong with that client.
void Server::Parts::take(Socket socket) {
  try {
    begin(std::move(socket));
  } catch (...) {
    if (options.log != nullptr) options.log->error("connection_not_taken");
  }
}

void Server::Parts::begin(Socket socket) {
  ErrorCode failed;
  const asio::ip::tcp::endpoint peer = socket.remote_endpoint(failed);
  if (failed) return;
  const std::string address = peer.address().to_string();
  std::shared_ptr<void> place = gate->enter(address);
  if (place == nullptr) {
    if (options.log != nullptr) options.log->warning("connection_refused", {{"why", base::Code("too_many")}});
    return;
  }
  static_cast<void>(socket.set_option(asio::ip::tcp::no_delay(true), failed));
  const Executor executor = socket.get_executor();
  std::unique_ptr<Wire> wire = tls == nullptr ? plain_wire(std::move(socket)) : secret_wire(std::move(socket), *tls);
  auto connection = std::make_shared<Connection>(
      common, Client{.peer = address, .is_secure = tls != nullptr, .place = std::move(place)}, std::move(wire));
  open.add(connection);
  asio::post(executor, [connection = std::move(connection)] { connection->begin(); });
}

void Server::Parts::stop() {
  if (std::exchange(is_stopped, true)) return;
  common.is_stopping = true;
  const bool is_running = network.front()->thread.joinable();
  if (is_running) {
    asio::post(network.front()->context, [this] {
      ErrorCode ignored;
      static_cast<void>(acceptor->close(ignored));
      pause->cancel();
      // Here, where connections are taken: none slips in between.
      open.each([](Connection& connection) { connection.end_soon(); });
    });
    if (!gate->wait_until_empty(options.limits.grace)) {
      open.each([](Connection& connection) { connection.end_now(); });
    }
  }
  answers.stop();
  events.stop();
  disk.stop();
  // What the workers ended with may still have to be sent or closed; nothing can wait longer than a goodbye does.
  static_cast<void>(gate->wait_until_empty(std::chrono::seconds(3)));
  for (const auto& thread : network) {
    thread->work.reset();
    thread->context.stop();
    if (thread->thread.joinable()) thread->thread.join();
  }
}

base::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Site& site) {
  auto parts = std::make_unique<Parts>(options, site);
  TRY(parts->listen());
  parts->run();
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  stop();
}

int Server::port() const {
  return parts_->port;
}

void Server::stop() {
  parts_->stop();
}

}  // namespace throughline::serve

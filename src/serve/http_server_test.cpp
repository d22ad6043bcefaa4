#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <string>
#include <thread>

#include "base/number.h"
#include "serve/http.h"

namespace throughline::serve {
namespace {

// A client that says what it likes. Every read ends: the server closes, or a time-out fails the test.
class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(base::narrow<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool is_connected() const { return is_connected_; }
  void send(const std::string& text) const {
    EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), base::narrow<ssize_t>(text.size()));
  }
  // What comes until the text has come, or the server closes.
  std::string read_until(const std::string& text) {
    std::string room(4096, '\0');
    while (read_.find(text) == std::string::npos) {
      const ssize_t count = ::recv(socket_, room.data(), room.size(), 0);
      if (count <= 0) break;
      read_.append(room, 0, static_cast<std::size_t>(count));
    }
    return read_;
  }
  std::string read_to_end() { return read_until("never comes\r\n\r\n\r\n"); }

 private:
  int socket_;
  bool is_connected_ = false;
  std::string read_;
};

std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

// Counts for ever.
class Endless final : public EventSource {
 public:
  explicit Endless(std::promise<void> destroyed) : destroyed_(std::move(destroyed)) {}
  ~Endless() override { destroyed_.set_value(); }
  NextEvent next() override { return Event{.name = "", .data = std::to_string(++count_), .id = ""}; }

 private:
  std::promise<void> destroyed_;
  int count_ = 0;
};

// "/held" tells that it is being answered and waits until it may be.
class HeldSite final : public Site {
 public:
  std::promise<void> entered, released, destroyed;

  BodyPlan plan(const RequestHead&) override { return KeepInMemory{1000}; }
  Response answer(Request request) override {
    if (request.head.path == "/held") {
      entered.set_value();
      released.get_future().wait();
    }
    Response response = Response::of(200, "text/plain", "answer to " + request.head.path);
    if (request.head.path == "/events") response.events = std::make_unique<Endless>(std::move(destroyed));
    return response;
  }
  Response problem(const Refusal& refusal) override {
    return Response::of(refusal.status, "text/plain", std::string(refusal.code.text()));
  }
};

class ServerTest : public testing::Test {
 protected:
  std::unique_ptr<Server> start(const Limits& limits = {}) {
    ServerOptions options;
    options.limits = limits;
    options.worker_threads = 4;
    return Server::start(options, site).value();
  }
  std::string error_of(const ServerOptions& options) {
    const auto started = Server::start(options, site);
    return started.ok() ? "started" : started.error().code;
  }

  HeldSite site;
};

TEST_F(ServerTest, answers_several_clients_on_a_port_of_its_choice) {
  const auto server = start();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([port = server->port(), thread] {
      for (int turn = 0; turn < 5; ++turn) {
        Client client(port);
        ASSERT_TRUE(client.is_connected());
        const std::string path = "/" + std::to_string(thread) + "/" + std::to_string(turn);
        client.send(get(path));
        client.read_until("answer to " + path);
        client.send(get("/again"));
        EXPECT_TRUE(client.read_until("answer to /again").ends_with("answer to /again"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(ServerTest, finishes_the_answer_under_way_and_then_hears_no_more) {
  const auto server = start();
  Client held(server->port());
  held.send(get("/held"));
  site.entered.get_future().wait();
  Client idle(server->port());
  idle.send(get("/idle"));
  idle.read_until("answer to /idle");
  std::thread stopping([&] { server->stop(); });
  // An idle connection ends at once, although the stop still waits for the other.
  EXPECT_TRUE(idle.read_to_end().ends_with("answer to /idle"));
  site.released.set_value();
  EXPECT_TRUE(held.read_to_end().ends_with("answer to /held"));
  stopping.join();
  EXPECT_FALSE(Client(server->port()).is_connected());
  server->stop();
}

TEST_F(ServerTest, cuts_an_answer_that_outlasts_the_grace) {
  const auto server = start({.grace = Limits::Time(1)});
  Client held(server->port());
  held.send(get("/held"));
  site.entered.get_future().wait();
  std::thread stopping([&] { server->stop(); });
  EXPECT_EQ(held.read_to_end(), "");
  site.released.set_value();
  stopping.join();
}

TEST_F(ServerTest, ends_event_streams_when_it_stops) {
  const auto server = start();
  std::future<void> destroyed = site.destroyed.get_future();
  Client client(server->port());
  client.send(get("/events"));
  EXPECT_NE(client.read_until("data: 3\n\n").find("data: 3\n\n"), std::string::npos);
  std::thread stopping([&] { server->stop(); });
  client.read_to_end();
  stopping.join();
  destroyed.wait();
}

TEST_F(ServerTest, destroys_the_source_of_a_client_that_went) {
  const auto server = start();
  std::future<void> destroyed = site.destroyed.get_future();
  {
    Client client(server->port());
    client.send(get("/events"));
    client.read_until("data: 1\n\n");
  }
  destroyed.wait();
}

TEST_F(ServerTest, takes_so_many_connections_and_gives_each_place_again) {
  const auto server = start({.connections_per_peer_max = 2});
  {
    Client one(server->port()), two(server->port());
    one.send(get("/1"));
    two.send(get("/2"));
    EXPECT_TRUE(one.read_until("answer").ends_with("/1"));
    EXPECT_TRUE(two.read_until("answer").ends_with("/2"));
    Client three(server->port());
    three.send(get("/3"));
    EXPECT_EQ(three.read_to_end(), "");
  }
  // The server hears of the two that went in its own time.
  std::string answered;
  while (answered.empty()) {
    Client again(server->port());
    again.send(get("/again"));
    answered = again.read_until("answer to /again");
  }
  EXPECT_TRUE(answered.ends_with("answer to /again"));
}

TEST_F(ServerTest, ends_a_connection_whose_head_takes_too_long) {
  const auto server = start({.head = Limits::Time(20)});
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\n");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(ServerTest, does_not_listen_where_others_could_listen_in) {
  EXPECT_EQ(error_of({.address = "0.0.0.0"}), "tls_needed");
  EXPECT_EQ(error_of({.address = "192.0.2.1"}), "tls_needed");
  EXPECT_EQ(error_of({.address = "::"}), "tls_needed");
}

TEST_F(ServerTest, says_what_is_wrong_with_an_address) {
  EXPECT_EQ(error_of({.address = "localhost"}), "address_not_understood");
  EXPECT_EQ(error_of({.address = "127.0.0.1", .port = 65536}), "address_not_understood");
  const auto server = start();
  EXPECT_EQ(error_of({.address = "127.0.0.1", .port = server->port()}), "address_in_use");
}

TEST_F(ServerTest, says_which_tls_file_cannot_be_used) {
  const auto started = Server::start({.tls = TlsFiles{.certificate = "/no/such.pem", .key = "/no/such.pem"}}, site);
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "certificate_not_usable");
  EXPECT_EQ(started.error().where, "/no/such.pem");
  EXPECT_FALSE(started.error().remedy.empty());
}

}  // namespace
}  // namespace throughline::serve

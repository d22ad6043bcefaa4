#include "serve/http_connection.h"

#include <gtest/gtest.h>

#include <new>
#include <string>

#include "serve/testing_connection.h"

namespace throughline::serve {
namespace {

std::string get(const std::string& path, const std::string& fields = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

std::string post(const std::string& body, const std::string& fields = "") {
  return "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
         "\r\n" + body;
}

class ConnectionTest : public testing::Test {
 protected:
  void TearDown() override {
    // Whatever happened, a client that goes leaves nothing behind.
    made.end();
    if (made.ends.leave) made.ends.leave();
    made.run();
    while (made.events.run_all()) made.run();
    EXPECT_TRUE(made.is_gone());
    EXPECT_EQ(made.common.streams, 0);
  }
  // The statuses answered so far, and the bodies, as "200 body; 404 body; ".
  [[nodiscard]] std::string answers() const {
    std::string told;
    std::string_view rest = made.ends.sent;
    while (!rest.empty()) {
      const std::size_t end = rest.find("\r\n\r\n");
      CHECK(rest.starts_with("HTTP/1.1 ") && end != std::string_view::npos);
      const std::string_view head = rest.substr(0, end + 2);
      told += std::string(head.substr(9, 3));
      rest.remove_prefix(end + 4);
      const std::size_t mark = head.find("content-length: ");
      const std::size_t length = mark == std::string_view::npos ? 0 : std::stoul(std::string(head.substr(mark + 16)));
      if (length > 0) told += " " + std::string(rest.substr(0, length));
      rest.remove_prefix(std::min(length, rest.size()));
      told += "; ";
    }
    return told;
  }

  TestingConnection made;
};

TEST_F(ConnectionTest, answers_one_request_after_another) {
  made.begin();
  made.send(get("/a"));
  EXPECT_EQ(answers(), "200 GET /a ; ");
  made.send(post("body"));
  EXPECT_EQ(answers(), "200 GET /a ; 200 POST /p body; ");
  EXPECT_FALSE(made.is_gone());
}

TEST_F(ConnectionTest, answers_pipelined_requests_in_order_whatever_the_pieces) {
  for (const std::size_t step : std::vector<std::size_t>{1, 3, 50, 10'000}) {
    TestingConnection other;
    other.ends.step_bytes = step;
    other.begin();
    other.send(get("/1") + post("two") + get("/3", "Connection: close\r\n") + get("/4"));
    EXPECT_EQ(other.site.asked, (std::vector<std::string>{"/1", "/p", "/3"})) << step;
    EXPECT_TRUE(other.is_gone());
  }
  made.begin();
}

TEST_F(ConnectionTest, ends_with_a_refusal_and_reads_no_further_request) {
  made.begin();
  made.send("GET / HTTP/1.1\nHost: localhost\n\n" + get("/smuggled"));
  EXPECT_EQ(answers(), "400 head_not_understood; ");
  EXPECT_NE(made.ends.sent.find("connection: close"), std::string::npos);
  EXPECT_TRUE(made.ends.is_sending_ended);
  made.send(get("/smuggled"));
  EXPECT_TRUE(made.site.asked.empty());
  made.end();
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, drains_after_a_refusal_no_more_than_a_mebibyte) {
  made.begin();
  made.send("BAD\n");
  made.send(std::string(1'000'000, 'a'));
  EXPECT_FALSE(made.is_gone());
  made.send(std::string(100'000, 'a'));
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, serves_only_the_hosts_it_was_told) {
  made.begin();
  made.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(answers(), "421 host_not_served; ");
  EXPECT_TRUE(made.site.asked.empty());
}

TEST_F(ConnectionTest, tells_the_site_the_other_ends_address_whatever_fields_claim) {
  std::string peer;
  made.site.answered = [&](const Request& request) {
    peer = request.head.peer;
    return Response();
  };
  made.begin();
  made.send(get("/", "X-Forwarded-For: 10.0.0.1\r\n"));
  EXPECT_EQ(peer, "192.0.2.1");
}

TEST_F(ConnectionTest, says_go_on_only_to_a_body_that_it_will_take) {
  made.begin();
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(made.ends.sent, "HTTP/1.1 100 Continue\r\n\r\n");
  made.send("body");
  EXPECT_EQ(answers(), "100; 200 POST /p body; ");
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(answers(), "100; 200 POST /p body; 413 body_too_long; ");
}

TEST_F(ConnectionTest, answers_at_once_what_lies_ready_and_then_takes_no_body) {
  made.site.planned = [](const RequestHead&) { return AnswerNow{Response::of(403, "text/plain", "no")}; };
  made.begin();
  made.send(get("/a"));
  made.send(get("/b"));
  made.send(post("body") + get("/c"));
  EXPECT_EQ(answers(), "403 no; 403 no; 403 no; ");
  EXPECT_TRUE(made.ends.is_sending_ended);
  EXPECT_TRUE(made.site.asked.empty());
}

TEST_F(ConnectionTest, streams_a_body_into_a_file_that_is_gone_after_the_answer) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "throughline-connection-test";
  std::filesystem::create_directory(folder);
  made.site.planned = [&](const RequestHead&) { return KeepInFile{.folder = folder, .bytes_max = 1'000'000}; };
  made.begin();
  const std::string body(300'000, 'b');
  made.send(post(body));
  EXPECT_EQ(answers(), "200 POST /p " + body + "; ");
  made.send(post(""));
  EXPECT_TRUE(answers().ends_with("; 200 POST /p ; "));
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000001\r\n\r\n");
  EXPECT_TRUE(answers().ends_with("; 413 body_too_long; "));
  made.end();
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

TEST_F(ConnectionTest, removes_the_file_of_a_client_that_goes_half_way) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "throughline-connection-test-half";
  std::filesystem::create_directory(folder);
  made.site.planned = [&](const RequestHead&) { return KeepInFile{.folder = folder, .bytes_max = 1'000'000}; };
  made.begin();
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n" + std::string(200'000, 'a'));
  EXPECT_FALSE(std::filesystem::is_empty(folder));
  made.end();
  EXPECT_TRUE(made.is_gone());
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  EXPECT_TRUE(made.site.asked.empty());
  std::filesystem::remove_all(folder);
}

TEST_F(ConnectionTest, says_so_where_a_file_cannot_be_kept) {
  made.site.planned = [](const RequestHead&) { return KeepInFile{.folder = "/nowhere/at/all", .bytes_max = 1000}; };
  made.begin();
  made.send(post("body"));
  EXPECT_EQ(answers(), "503 upload_not_writable; ");
}

TEST_F(ConnectionTest, tells_clients_to_come_again_when_too_much_waits) {
  made.answers.set_full(true);
  made.begin();
  made.send(get("/"));
  EXPECT_EQ(answers(), "503 too_busy; ");
  EXPECT_NE(made.ends.sent.find("retry-after: 2"), std::string::npos);
}

TEST_F(ConnectionTest, ends_when_the_site_throws) {
  made.site.answered = [](const Request&) -> Response { return Response::of(200, "", std::string().insert(1, "a")); };
  made.begin();
  made.send(get("/"));
  EXPECT_EQ(answers(), "");
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, ends_when_planning_throws) {
  made.site.planned = [](const RequestHead&) -> BodyPlan { return KeepInMemory{std::stol("x")}; };
  made.begin();
  made.send(get("/"));
  EXPECT_EQ(answers(), "");
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, never_sends_an_answer_that_would_break_its_head) {
  made.site.answered = [](const Request&) {
    Response response = Response::of(200, "text/plain", "body");
    response.fields.emplace_back("location", "/\r\nset-cookie: stolen=1");
    return response;
  };
  made.begin();
  made.send(get("/"));
  EXPECT_EQ(answers(), "500 answer_not_sendable; ");
  EXPECT_EQ(made.ends.sent.find("stolen"), std::string::npos);
}

TEST_F(ConnectionTest, says_which_methods_there_are_where_one_is_not_served) {
  made.begin();
  made.send("OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(answers(), "405 method_not_served; ");
  EXPECT_NE(made.ends.sent.find("allow: GET, HEAD, POST, PUT, DELETE\r\n"), std::string::npos);
}

TEST_F(ConnectionTest, gives_heads_and_waits_their_own_time) {
  Limits& limits = made.options.limits;
  limits = {.handshake = Limits::Time(1),
            .head = Limits::Time(2),
            .memory_body = Limits::Time(3),
            .idle = Limits::Time(4),
            .write = Limits::Time(5)};
  made.begin();
  made.ends.step_bytes = 1;
  made.send(get("/"));
  // The head's time is set once, not by each byte of it.
  EXPECT_EQ(made.ends.deadlines, (std::vector<std::int64_t>{1, 2, 3, 5, 4}));
  made.ends.deadlines.clear();
  made.send(post("body"));
  EXPECT_EQ(made.ends.deadlines, (std::vector<std::int64_t>{2, 3, 5, 4}));
}

TEST_F(ConnectionTest, ends_when_a_time_has_passed) {
  made.begin();
  made.send("GET / HT");
  made.ends.cut();
  made.run();
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, gives_an_upload_a_new_window_only_for_enough_bytes) {
  made.options.limits.upload_window = Limits::Time(7);
  made.options.limits.upload_window_bytes = 100;
  made.site.planned = [](const RequestHead&) {
    return KeepInFile{.folder = std::filesystem::temp_directory_path(), .bytes_max = 1'000'000};
  };
  made.begin();
  made.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n");
  const auto windows = [&] { return std::ranges::count(made.ends.deadlines, 7); };
  EXPECT_EQ(windows(), 1);
  for (int byte = 0; byte < 99; ++byte) made.send("a");
  EXPECT_EQ(windows(), 1);
  made.send("a");
  EXPECT_EQ(windows(), 2);
  // And the whole has its own time.
  ASSERT_TRUE(made.ends.ring);
  made.ends.ring();
  made.run();
  EXPECT_TRUE(made.is_gone());
}

class ThreeThings final : public EventSource {
 public:
  explicit ThreeThings(bool& is_destroyed) : is_destroyed_(is_destroyed) {}
  ~ThreeThings() override { is_destroyed_ = true; }
  NextEvent next() override {
    ++step_;
    if (step_ == 1) return Event{.name = "n", .data = "one", .id = "1"};
    if (step_ == 2) return NothingYet();
    if (step_ == 3) return Event{.name = "", .data = "two", .id = ""};
    return EndOfEvents();
  }

 private:
  bool& is_destroyed_;
  int step_ = 0;
};

class ConnectionStreamTest : public ConnectionTest {
 protected:
  void SetUp() override {
    made.site.answered = [this](const Request&) {
      Response response;
      response.events = std::make_unique<ThreeThings>(is_destroyed);
      return response;
    };
  }
  // The source is asked once.
  void ask() {
    made.events.run_all();
    made.run();
  }
  [[nodiscard]] std::string stream() const { return made.ends.sent.substr(made.ends.sent.find("\r\n\r\n") + 4); }

  bool is_destroyed = false;
};

TEST_F(ConnectionStreamTest, sends_events_until_they_end) {
  made.begin();
  made.send(get("/events"));
  EXPECT_NE(made.ends.sent.find("content-type: text/event-stream\r\n"), std::string::npos);
  EXPECT_EQ(made.common.streams, 1);
  ask();
  EXPECT_EQ(stream(), "event: n\nid: 1\ndata: one\n\n");
  ask();
  ask();
  EXPECT_EQ(stream(), "event: n\nid: 1\ndata: one\n\ndata: two\n\n");
  ask();
  EXPECT_TRUE(made.is_gone());
  EXPECT_TRUE(is_destroyed);
}

TEST_F(ConnectionStreamTest, sends_a_comment_when_nothing_happened_for_long) {
  made.begin();
  made.send(get("/events"));
  ask();
  ASSERT_TRUE(made.ends.ring);
  made.ends.ring();
  made.run();
  ask();
  EXPECT_TRUE(stream().ends_with("\n\n:\n\n"));
}

TEST_F(ConnectionStreamTest, destroys_the_source_when_the_client_goes) {
  made.begin();
  made.send(get("/events"));
  ask();
  ASSERT_TRUE(made.ends.leave);
  made.ends.leave();
  made.run();
  made.events.run_all();
  made.run();
  EXPECT_TRUE(made.is_gone());
  EXPECT_TRUE(is_destroyed);
}

TEST_F(ConnectionStreamTest, has_room_for_so_many_and_no_more) {
  made.options.limits.event_streams_max = 0;
  made.begin();
  made.send(get("/events"));
  EXPECT_EQ(answers(), "503 too_many_streams; ");
  EXPECT_TRUE(is_destroyed);
}

TEST_F(ConnectionStreamTest, ends_when_the_server_stops) {
  made.begin();
  made.send(get("/events"));
  made.connection.lock()->end_soon();
  made.run();
  made.events.run_all();
  made.run();
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, finishes_the_answer_under_way_when_the_server_stops) {
  made.begin();
  made.ends.incoming = get("/a") + get("/b");
  made.ends.feed();
  made.ends.steps.run_all();
  made.common.is_stopping = true;
  made.connection.lock()->end_soon();
  made.run();
  EXPECT_EQ(answers(), "200 GET /a ; ");
  EXPECT_NE(made.ends.sent.find("connection: close"), std::string::npos);
  EXPECT_TRUE(made.is_gone());
}

TEST_F(ConnectionTest, ends_at_once_when_idle_and_the_server_stops) {
  made.begin();
  made.send(get("/a"));
  made.connection.lock()->end_soon();
  made.run();
  EXPECT_TRUE(made.is_gone());
}

}  // namespace
}  // namespace throughline::serve

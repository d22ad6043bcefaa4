// One connection to a site of a test's own, in memory.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/http_connection.h"
#include "serve/testing_wire.h"

namespace throughline::serve {

// Takes bodies as it is told, keeps what it was asked, answers with "METHOD path body".
class TestingSite : public Site {
 public:
  std::function<BodyPlan(const RequestHead&)> planned = [](const RequestHead&) { return KeepInMemory{1000}; };
  std::function<Response(const Request&)> answered = [](const Request& request) {
    std::string body = request.body;
    if (!request.body_file.empty()) {
      std::ifstream file(request.body_file, std::ios::binary);
      body.assign(std::istreambuf_iterator<char>(file), {});
    }
    return Response::of(200, "text/plain",
                        std::string(method_name(request.head.method)) + " " + request.head.path + " " + body);
  };
  std::vector<std::string> asked;  // Paths, in order.

  BodyPlan plan(const RequestHead& head) override { return planned(head); }
  Response answer(Request request) override {
    asked.push_back(request.head.path);
    return answered(request);
  }
  Response problem(const Refusal& refusal) override {
    return Response::of(refusal.status, "application/problem+json", std::string(refusal.code.text()));
  }
};

struct TestingConnection {
  ServerOptions options;
  TestingSite site;
  WireEnds ends;
  WorkQueue answers;
  WorkQueue events;
  WorkQueue disk;
  Common common{.site = site, .options = options, .answers = answers, .events = events, .disk = disk};
  std::weak_ptr<Connection> connection;

  TestingConnection() = default;
  TestingConnection(const TestingConnection&) = delete;
  TestingConnection& operator=(const TestingConnection&) = delete;
  ~TestingConnection() {
    for (WorkQueue* queue : {&answers, &events, &disk, &ends.steps}) queue->drop_all();
  }

  void begin() {
    auto made = std::make_shared<Connection>(common, Client{.peer = "192.0.2.1", .is_secure = false, .place = nullptr},
                                             std::make_unique<MemoryWire>(ends));
    connection = made;
    made->begin();
    run();
  }
  // Everything that can happen without an event stream being asked, happens.
  void run() {
    while (ends.steps.run_all() || answers.run_all() || disk.run_all()) continue;
  }
  // The client sends this.
  void send(std::string_view bytes) {
    ends.incoming += bytes;
    if (ends.feed) ends.feed();
    run();
  }
  // The client sends no more.
  void end() {
    ends.is_ended = true;
    if (ends.feed) ends.feed();
    run();
  }
  [[nodiscard]] bool is_gone() const { return connection.expired(); }
};

}  // namespace throughline::serve

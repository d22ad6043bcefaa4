// A small site for the server's tests and benchmarks: it echoes, waits, streams, takes files and answers from memory.
//
//   serve_probe [name=value …]
//
// Prints "port N" when it listens and ends when its standard input does. The names are those of options_from().
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/hash.h"
#include "base/number.h"
#include "base/sha256.h"
#include "serve/http.h"
#include "serve/static_files.h"

namespace throughline::serve {
namespace {

using Words = std::map<std::string, std::string, std::less<>>;

std::int64_t number_of(const Words& words, std::string_view name, std::int64_t usual) {
  const auto found = words.find(name);
  return found == words.end() ? usual : base::parse_integer(found->second).value_or(usual);
}

std::int64_t number_asked(const RequestHead& head, std::string_view name, std::int64_t usual) {
  return base::parse_integer(head.query_value(name).value_or("")).value_or(usual);
}

std::shared_ptr<const std::string> json_of(std::size_t bytes) {
  return std::make_shared<const std::string>("{\"value\":\"" + std::string(bytes - 12, 'x') + "\"}");
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Counts up, one number a wait; then says nothing for ever, or ends.
class Counting final : public EventSource {
 public:
  explicit Counting(const RequestHead& head)
      : last_(number_asked(head, "count", 3)),
        wait_(number_asked(head, "ms", 10)),
        ends_(number_asked(head, "ends", 1)) {}
  NextEvent next() override {
    if (now_ >= last_ && ends_ == 1) return EndOfEvents();
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_));
    if (now_ >= last_) return NothingYet();
    ++now_;
    return Event{.name = "count", .data = std::to_string(now_), .id = {}};
  }

 private:
  std::int64_t now_ = 0;
  std::int64_t last_;
  std::int64_t wait_;
  std::int64_t ends_;
};

class ProbeSite final : public Site {
 public:
  ProbeSite(std::filesystem::path folder, StaticFiles files) : folder_(std::move(folder)), files_(std::move(files)) {}

  BodyPlan plan(const RequestHead& head) override {
    if (std::optional<Response> file = files_.answer(head)) return AnswerNow{*std::move(file)};
    if (head.path == "/ready") return AnswerNow{cached(400)};
    if (head.path == "/refuse") return AnswerNow{Response::of(403, "text/plain", "no")};
    if (head.path == "/upload") return KeepInFile{.folder = folder_, .bytes_max = 64L * 1024 * 1024};
    return KeepInMemory{1024L * 1024};
  }

  Response answer(Request request) override {
    const RequestHead& head = request.head;
    if (head.path == "/cached") return cached(static_cast<std::size_t>(number_asked(head, "bytes", 400)));
    if (head.path == "/echo") return echo(request);
    if (head.path == "/upload") return uploaded(request);
    if (head.path == "/slow") return slow(head);
    if (head.path == "/events") return events(head);
    if (head.path == "/split") return split();
    if (head.path == "/fault") return Response::of(200, "text/plain", std::to_string(std::vector<int>().at(1)));
    if (head.path == "/large") {
      Response response =
          Response::of(200, "text/plain", std::string(static_cast<std::size_t>(number_asked(head, "bytes", 0)), 'a'));
      response.is_compressible = head.query_value("packed").has_value();
      return response;
    }
    return Response::of(404, "text/plain", "nothing here");
  }

  Response problem(const Refusal& refusal) override {
    return Response::of(refusal.status, "application/problem+json",
                        fmt::format(R"({{"status":{},"code":"{}","what":"{}","remedy":"{}"}})", refusal.status,
                                    refusal.code.text(), refusal.what, refusal.remedy));
  }

 private:
  Response cached(std::size_t bytes) {
    Response response;
    response.content_type = "application/json";
    response.body = bytes == 400 ? small_ : large_;
    return response;
  }

  // What was understood, a line each, then the body.
  static Response echo(const Request& request) {
    std::string text = fmt::format("{} {}\n", method_name(request.head.method), request.head.path);
    for (const auto& [name, value] : request.head.query) text += fmt::format("?{}={}\n", name, value);
    for (const auto& [name, value] : request.head.fields) text += fmt::format("{}: {}\n", name, value);
    return Response::of(200, "text/plain", text + "\n" + request.body);
  }

  static Response uploaded(const Request& request) {
    const std::string content = content_of(request.body_file.string());
    return Response::of(200, "text/plain", fmt::format("{} {}", content.size(), base::hash_text(content).hex()));
  }

  static Response slow(const RequestHead& head) {
    std::this_thread::sleep_for(std::chrono::milliseconds(number_asked(head, "ms", 100)));
    return Response::of(200, "text/plain", "late");
  }

  static Response events(const RequestHead& head) {
    Response response;
    response.events = std::make_unique<Counting>(head);
    return response;
  }

  // An answer that would smuggle a second head into the first.
  static Response split() {
    Response response = Response::of(200, "text/plain", "split");
    response.fields.emplace_back("x-name", "a\r\nset-cookie: stolen=1");
    return response;
  }

  std::filesystem::path folder_;
  StaticFiles files_;
  std::shared_ptr<const std::string> small_ = json_of(400);
  std::shared_ptr<const std::string> large_ = json_of(8192);
};

ServerOptions options_from(const Words& words) {
  ServerOptions options;
  const auto time = [&](std::string_view name, Limits::Time usual) {
    return Limits::Time(number_of(words, name, usual.count()));
  };
  Limits& limits = options.limits;
  limits.head = time("head_ms", limits.head);
  limits.memory_body = time("body_ms", limits.memory_body);
  limits.upload_window = time("window_ms", limits.upload_window);
  limits.upload = time("upload_ms", limits.upload);
  limits.idle = time("idle_ms", limits.idle);
  limits.write = time("write_ms", limits.write);
  limits.handshake = time("handshake_ms", limits.handshake);
  limits.event_heartbeat = time("heartbeat_ms", limits.event_heartbeat);
  limits.grace = time("grace_ms", limits.grace);
  limits.connections_max = number_of(words, "connections", limits.connections_max);
  limits.connections_per_peer_max = number_of(words, "per_peer", limits.connections_per_peer_max);
  limits.requests_waiting_max = number_of(words, "waiting", limits.requests_waiting_max);
  limits.event_streams_max = number_of(words, "streams", limits.event_streams_max);
  options.worker_threads = base::narrow<int>(number_of(words, "workers", options.worker_threads));
  options.port = base::narrow<int>(number_of(words, "port", 0));
  if (words.contains("address")) options.address = words.at("address");
  if (words.contains("certificate")) options.tls = TlsFiles{words.at("certificate"), words.at("key")};
  return options;
}

int fail(const base::Error& error) {
  fmt::print(stderr, "{} {}\n", error.code, error.message());
  return static_cast<int>(error.kind);
}

int run(const Words& words) {
  const auto text = [&](std::string_view name, const std::string& usual) {
    const auto found = words.find(name);
    return found == words.end() ? usual : found->second;
  };
  base::Result<StaticFiles> files = StaticFiles::open(content_of(text("pack", "")), {"/", "/sources/*"});
  if (!files.ok()) return fail(files.error());
  ProbeSite site(text("folder", std::filesystem::temp_directory_path().string()), std::move(files).value());
  base::Result<std::unique_ptr<Server>> started = Server::start(options_from(words), site);
  if (!started.ok()) return fail(started.error());
  fmt::print("port {}\n", started.value()->port());
  static_cast<void>(std::fflush(stdout));
  for (std::string line; std::getline(std::cin, line);) continue;
  started.value()->stop();
  return 0;
}

}  // namespace
}  // namespace throughline::serve

int main(int count, char** texts) {
  throughline::serve::Words words;
  for (const std::string& text : std::vector<std::string>(texts + 1, texts + count)) {
    words[text.substr(0, text.find('='))] = text.substr(text.find('=') + 1);
  }
  return throughline::serve::run(words);
}

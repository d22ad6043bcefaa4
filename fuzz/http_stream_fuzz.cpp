// A whole connection in memory: whatever the bytes and the pieces they come in, the same requests reach the site, the
// same answers go out, the server always has an answer that is whole, and nothing is left behind.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "serve/testing_connection.h"

namespace throughline::fuzz {
namespace {

class Ticks final : public serve::EventSource {
 public:
  serve::NextEvent next() override {
    if (++count_ > 3) return serve::EndOfEvents();
    return serve::Event{.name = "tick", .data = std::to_string(count_), .id = ""};
  }

 private:
  int count_ = 0;
};

serve::BodyPlan plan(const serve::RequestHead& head) {
  if (head.path == "/ready") return serve::AnswerNow{serve::Response::of(200, "text/plain", "ready")};
  if (head.path == "/file") {
    return serve::KeepInFile{.folder = std::filesystem::temp_directory_path(), .bytes_max = 4096};
  }
  return serve::KeepInMemory{1024};
}

struct Told {
  std::vector<std::string> asked;
  std::string sent;
  bool operator==(const Told&) const = default;
};

// Whether the client is told to go on depends on whether its body was here already.
std::string without_go_on(std::string sent) {
  const std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  for (std::size_t at = sent.find(go_on); at != std::string::npos; at = sent.find(go_on, at))
    sent.erase(at, go_on.size());
  return sent;
}

// What a client gets that sends these bytes, so many at a time, and then goes.
Told told(std::string_view bytes, std::size_t step) {
  serve::TestingConnection made;
  made.options.hosts = {"a"};
  made.site.planned = plan;
  const auto usual = made.site.answered;
  made.site.answered = [&](const serve::Request& request) {
    made.site.asked.back() += " " + request.body;
    serve::Response response = usual(request);
    if (request.head.path == "/events") response.events = std::make_unique<Ticks>();
    return response;
  };
  made.ends.step_bytes = step;
  made.begin();
  made.send(bytes);
  while (made.events.run_all()) made.run();
  made.end();
  while (made.events.run_all()) made.run();
  CHECK(made.is_gone());
  CHECK(made.common.streams == 0);
  return {.asked = made.site.asked, .sent = without_go_on(made.ends.sent)};
}

}  // namespace
}  // namespace throughline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using throughline::fuzz::told;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const throughline::fuzz::Told whole = told(bytes, bytes.size() + 1);
  CHECK(told(bytes, std::size_t{1} + data[0]) == whole);
  CHECK(whole.sent.empty() || whole.sent.starts_with("HTTP/1.1 "));
  return 0;
}

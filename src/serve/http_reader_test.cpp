#include "serve/http_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace throughline::serve {
namespace {

constexpr std::int64_t k_plenty = 1'000'000;

std::string chunked(const std::string& body) {
  return "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

// What a reader gives: paths, bodies, and the code of what ended it.
class Listener {
 public:
  explicit Listener(std::int64_t bytes_max) : bytes_max_(bytes_max) {}

  void hear(std::string_view bytes) {
    reader_.add(bytes);
    while (!is_over_ && (is_in_body_ ? hear_body() : hear_head())) continue;
  }
  [[nodiscard]] const std::vector<std::string>& told() const { return told_; }

 private:
  // Each gives whether there may be more.
  bool hear_head() {
    const auto outcome = reader_.take_head();
    if (!outcome.has_value()) return false;
    if (const auto* refusal = std::get_if<Refusal>(&*outcome)) return end(*refusal);
    told_.push_back(std::get<ParsedHead>(*outcome).head.path);
    body_.clear();
    return is_in_body_ = true;
  }
  bool hear_body() {
    const auto taken = reader_.take_body(bytes_max_);
    if (const auto* refusal = std::get_if<Refusal>(&taken)) return end(*refusal);
    const auto* piece = std::get_if<RequestReader::BodyPiece>(&taken);
    if (piece == nullptr) return false;
    body_ += piece->data;
    is_in_body_ = !piece->is_last;
    if (piece->is_last) told_.push_back(body_);
    return true;
  }
  bool end(const Refusal& refusal) {
    told_.emplace_back(refusal.code.text());
    is_over_ = true;
    return false;
  }

  std::int64_t bytes_max_;
  RequestReader reader_;
  std::vector<std::string> told_;
  std::string body_;
  bool is_in_body_ = false;
  bool is_over_ = false;
};

// Everything that comes of the bytes, fed so many at a time.
std::vector<std::string> read_all(std::string_view bytes, std::size_t step, std::int64_t bytes_max = k_plenty) {
  Listener listener(bytes_max);
  for (std::size_t at = 0; at < bytes.size(); at += step) listener.hear(bytes.substr(at, step));
  return listener.told();
}

using Told = std::vector<std::string>;

TEST(Reader, gives_pipelined_requests_in_order_whatever_the_pieces) {
  const std::string bytes =
      "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nonePUT /b HTTP/1.1\r\nHost: a\r\n\r\n" +
      chunked("2\r\ntw\r\n1;x=y\r\no\r\n0\r\n\r\n") + "GET /d HTTP/1.1\r\nHost: a\r\n\r\n";
  const Told expected = {"/a", "one", "/b", "", "/c", "two", "/d", ""};
  for (std::size_t step = 1; step <= bytes.size(); ++step) EXPECT_EQ(read_all(bytes, step), expected) << step;
}

TEST(Reader, refuses_a_head_that_does_not_end) {
  EXPECT_EQ(read_all("GET /" + std::string(20'000, 'a'), 1000), Told{"head_too_long"});
  EXPECT_EQ(read_all("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n", 20'000),
            Told{"head_too_long"});
  const std::string most = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  EXPECT_EQ(read_all(most + std::string(16'384 - 4 - most.size(), 'a') + "\r\n\r\n", 7), (Told{"/", ""}));
}

TEST(Reader, refuses_a_body_as_soon_as_it_is_known_to_be_too_long) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: ";
  EXPECT_EQ(read_all(head + "11\r\n\r\n1", 1, 10), (Told{"/a", "body_too_long"}));
  EXPECT_EQ(read_all(head + "10\r\n\r\n0123456789", 1, 10), (Told{"/a", "0123456789"}));
  EXPECT_EQ(read_all(chunked("b\r\n"), 1, 10), (Told{"/c", "body_too_long"}));
  EXPECT_EQ(read_all(chunked("6\r\n012345\r\n5\r\n"), 1, 10), (Told{"/c", "body_too_long"}));
  EXPECT_EQ(read_all(chunked("7fffffffffffff\r\n"), 1, 10), (Told{"/c", "body_too_long"}));
}

TEST(Chunks, that_are_not_as_they_should_be_are_refused) {
  for (const char* body : {"x\r\n", "\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", " 1\r\na\r\n", "1 \r\na\r\n",
                           "1\na\r\n", "1\r\nab\r\n", "1\r\na\n0\r\n\r\n", "1\r\na\r\r\n", "1000000000000000\r\n",
                           "ffffffffffffffff\r\n", "10000000000000001\r\na\r\n", "0\r\nTrailer: a\r\n\r\n", "0\r\n\n",
                           "1;\x01\r\na\r\n", "1;a\rb\r\na\r\n", "1,2\r\na\r\n"}) {
    EXPECT_EQ(read_all(chunked(body), 1), (Told{"/c", "chunks_not_understood"})) << body;
    EXPECT_EQ(read_all(chunked(body), 1000), (Told{"/c", "chunks_not_understood"})) << body;
  }
}

TEST(Chunks, with_an_endless_extension_are_refused) {
  EXPECT_EQ(read_all(chunked("1;" + std::string(252, 'a') + "\r\nb\r\n0\r\n\r\n"), 1), (Told{"/c", "b"}));
  EXPECT_EQ(read_all(chunked("1;" + std::string(300, 'a')), 1), (Told{"/c", "chunks_not_understood"}));
  EXPECT_EQ(read_all(chunked(std::string(300, '0')), 1), (Told{"/c", "chunks_not_understood"}));
}

// Any cut into chunks gives the body back, in whatever pieces it comes.
RC_GTEST_PROP(Chunks, give_the_body_back, (const std::vector<std::string>& parts)) {
  std::string coded, body;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    std::array<char, 20> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), part.size(), 16).ptr;
    coded += std::string(size.data(), end) + "\r\n" + part + "\r\n";
    body += part;
  }
  const auto step = *rc::gen::inRange<std::size_t>(1, 50);
  RC_ASSERT(read_all(chunked(coded + "0\r\n\r\n"), step) == (Told{"/c", body}));
}

}  // namespace
}  // namespace throughline::serve

#include "serve/http_outgoing.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <utility>

namespace throughline::serve {
namespace {

Response answer_with(NamedText field) {
  Response response = Response::of(200, "text/plain", "body");
  response.fields.push_back(std::move(field));
  return response;
}

// The value of a field of the head; nothing where it has none, "twice" where it has two.
std::optional<std::string> field_of(const Outgoing& outgoing, const std::string& name) {
  const std::string mark = "\r\n" + name + ": ";
  const std::size_t at = outgoing.head.find(mark);
  if (at == std::string::npos) return std::nullopt;
  if (outgoing.head.find(mark, at + 1) != std::string::npos) return "twice";
  const std::size_t begin = at + mark.size();
  return outgoing.head.substr(begin, outgoing.head.find("\r\n", begin) - begin);
}

TEST(Outgoing, has_the_fields_that_keep_pages_safe_on_every_answer) {
  const Outgoing plain = make_outgoing(Response::of(404, "text/plain", "no"), {}).value();
  EXPECT_TRUE(plain.head.starts_with("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_EQ(field_of(plain, "x-content-type-options"), "nosniff");
  EXPECT_EQ(field_of(plain, "referrer-policy"), "no-referrer");
  EXPECT_EQ(field_of(plain, "cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(field_of(plain, "cross-origin-resource-policy"), "same-origin");
  EXPECT_EQ(field_of(plain, "cache-control"), "no-store");
  EXPECT_EQ(field_of(plain, "content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
            "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  EXPECT_TRUE(field_of(plain, "permissions-policy").has_value());
  EXPECT_EQ(field_of(plain, "strict-transport-security"), std::nullopt);
  EXPECT_EQ(field_of(plain, "server"), std::nullopt);
  EXPECT_EQ(field_of(plain, "date"), std::nullopt);
  const Outgoing secret = make_outgoing(Response::of(200, "text/plain", ""), {.is_secure = true}).value();
  EXPECT_EQ(field_of(secret, "strict-transport-security"), "max-age=31536000; includeSubDomains");
}

TEST(Outgoing, says_length_type_and_connection) {
  const Outgoing kept = make_outgoing(Response::of(200, "text/plain", "body"), {.is_kept_alive = true}).value();
  EXPECT_EQ(field_of(kept, "content-length"), "4");
  EXPECT_EQ(field_of(kept, "content-type"), "text/plain");
  EXPECT_EQ(field_of(kept, "connection"), "keep-alive");
  EXPECT_EQ(*kept.body, "body");
  const Outgoing headed = make_outgoing(Response::of(200, "text/plain", "body"), {.method = Method::head}).value();
  EXPECT_EQ(field_of(headed, "content-length"), "4");
  EXPECT_EQ(field_of(headed, "connection"), "close");
  EXPECT_EQ(headed.body, nullptr);
  for (const int status : {204, 304}) {
    const Outgoing none = make_outgoing(Response::of(status, "text/plain", "body"), {}).value();
    EXPECT_EQ(field_of(none, "content-length"), std::nullopt) << status;
    EXPECT_EQ(none.body, nullptr) << status;
  }
}

TEST(Outgoing, lets_the_answer_say_how_long_it_may_be_kept) {
  EXPECT_EQ(field_of(*make_outgoing(answer_with({"Cache-Control", "no-cache"}), {}), "cache-control"), std::nullopt);
  EXPECT_EQ(field_of(*make_outgoing(answer_with({"Cache-Control", "no-cache"}), {}), "Cache-Control"), "no-cache");
}

TEST(Outgoing, that_would_break_its_head_is_not_made) {
  for (const NamedText& field : std::vector<NamedText>{{"x", "a\r\nset-cookie: b=c"},
                                                       {"x", "a\nb"},
                                                       {"x", "a\rb"},
                                                       {"x", std::string("a\0b", 3)},
                                                       {"x\r\ny", "a"},
                                                       {"x y", "a"},
                                                       {"x:", "a"},
                                                       {"", "a"}}) {
    EXPECT_FALSE(make_outgoing(answer_with(field), {}).has_value()) << field.first << '=' << field.second;
  }
  EXPECT_FALSE(make_outgoing(Response::of(200, "text/plain\r\nx: y", ""), {}).has_value());
  EXPECT_FALSE(make_outgoing(Response::of(99, "text/plain", ""), {}).has_value());
}

TEST(Outgoing, leaves_the_servers_own_fields_to_the_server) {
  for (const char* name : {"Content-Length", "transfer-encoding", "Connection", "Content-Security-Policy", "DATE"}) {
    EXPECT_FALSE(make_outgoing(answer_with({name, "1"}), {}).has_value()) << name;
  }
}

TEST(Outgoing, shares_the_body_and_does_not_copy_it) {
  const Response response = Response::of(200, "text/plain", std::string(10'000, 'a'));
  EXPECT_EQ(make_outgoing(response, {})->body.get(), response.body.get());
}

TEST(Outgoing, is_packed_only_for_clients_that_unpack) {
  Response response = Response::of(200, "text/plain", std::string(10'000, 'a'));
  response.is_compressible = true;
  response = compressed(std::move(response));
  ASSERT_NE(response.gzip_body, nullptr);
  const Outgoing packed = make_outgoing(response, {.takes_gzip = true}).value();
  EXPECT_EQ(field_of(packed, "content-encoding"), "gzip");
  EXPECT_EQ(field_of(packed, "vary"), "accept-encoding");
  EXPECT_EQ(packed.body, response.gzip_body);
  const Outgoing plain = make_outgoing(response, {}).value();
  EXPECT_EQ(field_of(plain, "content-encoding"), std::nullopt);
  EXPECT_EQ(field_of(plain, "vary"), "accept-encoding");
  EXPECT_EQ(plain.body, response.body);
}

TEST(Compressed, leaves_alone_what_is_small_or_must_not_be) {
  EXPECT_EQ(compressed(Response::of(200, "text/plain", std::string(10'000, 'a'))).gzip_body, nullptr);
  Response small = Response::of(200, "text/plain", std::string(1023, 'a'));
  small.is_compressible = true;
  EXPECT_EQ(compressed(std::move(small)).gzip_body, nullptr);
}

TEST(Gzip, is_read_back_by_another_reader) {
  std::string text;
  for (int line = 0; line < 5000; ++line) text += "line " + std::to_string(line * line) + "\n";
  const std::string packed = gzip(text).value();
  EXPECT_LT(packed.size(), text.size() / 2);
  std::string unpacked(text.size() + 1, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string source = packed;
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.avail_in = static_cast<uInt>(source.size());
  stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  stream.avail_out = static_cast<uInt>(unpacked.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  unpacked.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(unpacked, text);
}

TEST(AcceptEncoding, takes_gzip_unless_it_says_not) {
  for (const char* yes : {"gzip", "deflate, gzip", "GZIP", "gzip;q=0.5", "br;q=1.0, gzip;q=0.001, *;q=0", " gzip "}) {
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  }
  for (const char* no : {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "xgzip", "gzipped"})
    EXPECT_FALSE(takes_gzip(no)) << no;
}

TEST(Event, is_written_a_line_at_a_time) {
  EXPECT_EQ(event_text({.name = "n", .data = "a\nb\r\nc\rd", .id = "7"}),
            "event: n\nid: 7\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(event_text({.name = "", .data = "", .id = ""}), "data: \n\n");
  EXPECT_EQ(event_text({.name = "n\ndata: forged", .data = "a", .id = "1\r\nevent: forged"}),
            "event: n\nid: 1\ndata: a\n\n");
}

TEST(HttpDate, is_as_http_writes_it) {
  EXPECT_EQ(http_date({1'763'805'600'000'000}), "Sat, 22 Nov 2025 10:00:00 GMT");
  EXPECT_EQ(http_date({0}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace throughline::serve

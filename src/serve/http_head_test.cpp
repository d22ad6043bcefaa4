#include "serve/http_head.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace throughline::serve {
namespace {

std::string get_with(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}
std::string post_with(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

// "taken", or status and code.
std::string judged(const std::string& text) {
  const auto outcome = parse_head(text);
  const Refusal* refusal = std::get_if<Refusal>(&outcome);
  if (refusal == nullptr) return "taken";
  return std::to_string(refusal->status) + " " + std::string(refusal->code.text());
}

ParsedHead taken(const std::string& text) {
  auto outcome = parse_head(text);
  CHECK(std::holds_alternative<ParsedHead>(outcome));
  return std::get<ParsedHead>(std::move(outcome));
}

TEST(Head, gives_method_path_query_and_fields) {
  const ParsedHead parsed = taken(
      "PUT /a%20b?c=d HTTP/1.1\r\nHost: Localhost:8080\r\nX-Two:\t two words \r\nAccept: a\r\nEmpty:\r\nACCEPT: b\r\n"
      "Content-Length: 12\r\n\r\n");
  EXPECT_EQ(parsed.head.method, Method::put);
  EXPECT_EQ(parsed.head.path, "/a b");
  EXPECT_EQ(parsed.head.query_value("c"), "d");
  EXPECT_EQ(parsed.head.query_value("d"), std::nullopt);
  EXPECT_EQ(parsed.head.host, "localhost:8080");
  EXPECT_EQ(parsed.head.field("x-two"), "two words");
  EXPECT_EQ(parsed.head.field("accept"), "a, b");
  EXPECT_EQ(parsed.head.field("empty"), "");
  EXPECT_EQ(parsed.head.field("absent"), std::nullopt);
  EXPECT_EQ(parsed.framing, Framing::length);
  EXPECT_EQ(parsed.body_bytes, 12);
  EXPECT_TRUE(parsed.is_kept_alive);
  EXPECT_FALSE(parsed.expects_continue);
}

TEST(Head, with_lines_that_are_not_as_they_should_be_is_refused) {
  for (const char* text :
       {"\r\n\r\n", "GET / HTTP/1.1\n\n", "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET /\r\n\r\n", "GET\r\n\r\n",
        " GET / HTTP/1.1\r\n\r\n", "G(T / HTTP/1.1\r\n\r\n", "GET / http/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nmore", "GET / HTTP/1.1\r\nHost: a"}) {
    EXPECT_EQ(judged(text), "400 head_not_understood") << text;
  }
  for (const char* field :
       {"A: b\r\n c\r\n", "A: b\r\n\tc\r\n", "A : b\r\n", ": b\r\n", "A\r\n", "A B: c\r\n", "A: b\x01\r\n",
        "A: b\rc\r\n", "A: b\nX: c\r\n", "A: \x7f\r\n", "A: \xff\r\n", "(A): b\r\n"}) {
    EXPECT_EQ(judged(get_with(field)), "400 head_not_understood") << field;
  }
  EXPECT_EQ(judged(get_with(std::string("A: b\0c\r\n", 8))), "400 head_not_understood");
}

TEST(Head, of_another_version_or_method_is_refused) {
  EXPECT_EQ(judged("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), "505 version_not_served");
  EXPECT_EQ(judged("GET / HTTP/0.9\r\nHost: a\r\n\r\n"), "505 version_not_served");
  EXPECT_EQ(judged("GET / HTTP/1.10\r\nHost: a\r\n\r\n"), "505 version_not_served");
  EXPECT_EQ(judged("PATCH / HTTP/1.1\r\nHost: a\r\n\r\n"), "405 method_not_served");
  EXPECT_EQ(judged("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), "405 method_not_served");
  EXPECT_EQ(judged("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"), "405 method_not_served");
  EXPECT_EQ(judged("get / HTTP/1.1\r\nHost: a\r\n\r\n"), "501 method_not_served");
  EXPECT_EQ(judged("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), "400 target_not_a_path");
  EXPECT_EQ(judged("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), "400 target_not_a_path");
}

TEST(Head, needs_exactly_one_host) {
  EXPECT_EQ(judged("GET / HTTP/1.1\r\n\r\n"), "400 host_not_understood");
  EXPECT_EQ(judged("GET / HTTP/1.0\r\n\r\n"), "400 host_not_understood");
  EXPECT_EQ(judged("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "400 host_not_understood");
  EXPECT_EQ(judged("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), "400 host_not_understood");
  EXPECT_EQ(judged("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), "400 host_not_understood");
  EXPECT_EQ(judged("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), "400 field_repeated");
}

TEST(Head, that_repeats_what_has_one_meaning_is_refused) {
  for (const char* field : {"Cookie: a=1\r\nCookie: a=2\r\n", "Authorization: a\r\nauthorization: a\r\n",
                            "Origin: a\r\nORIGIN: b\r\n", "Expect: 100-continue\r\nExpect: 100-continue\r\n"}) {
    EXPECT_EQ(judged(get_with(field)), "400 field_repeated") << field;
  }
  EXPECT_EQ(judged(post_with("Content-Length: 5\r\nContent-Length: 5\r\n")), "400 field_repeated");
  EXPECT_EQ(judged(post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")), "400 field_repeated");
}

TEST(Head, whose_length_has_two_meanings_is_refused) {
  for (const char* length : {"+5", "-5", "5 5", "5,5", "5, 5", "0x5", "", "5.0", "1e3", "9999999999999999999"}) {
    EXPECT_EQ(judged(post_with("Content-Length: " + std::string(length) + "\r\n")), "400 length_not_understood")
        << length;
  }
  for (const char* coding : {"xchunked", "chunked, identity", "identity", "gzip", "gzip, chunked", "chunked, chunked",
                             "CHUNKED", "chunked;a=b", "", "\"chunked\""}) {
    EXPECT_EQ(judged(post_with("Transfer-Encoding: " + std::string(coding) + "\r\n")), "501 coding_not_served")
        << coding;
  }
  EXPECT_EQ(judged(post_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")), "400 length_ambiguous");
  EXPECT_EQ(judged(post_with("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n")), "400 length_ambiguous");
  EXPECT_EQ(judged("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), "400 length_ambiguous");
}

TEST(Head, says_how_long_the_body_is) {
  EXPECT_EQ(taken(post_with("Content-Length: 0\r\n")).framing, Framing::none);
  EXPECT_EQ(taken(post_with("")).framing, Framing::none);
  EXPECT_EQ(taken(post_with("Content-Length: 007\r\n")).body_bytes, 7);
  EXPECT_EQ(taken(post_with("Content-Length: 999999999999999999\r\n")).body_bytes, 999'999'999'999'999'999);
  EXPECT_EQ(taken(post_with("Transfer-Encoding: chunked\r\n")).framing, Framing::chunked);
  EXPECT_EQ(taken(get_with("Content-Length: 0\r\n")).framing, Framing::none);
  EXPECT_EQ(judged(get_with("Content-Length: 1\r\n")), "400 body_not_expected");
  EXPECT_EQ(judged(get_with("Transfer-Encoding: chunked\r\n")), "400 body_not_expected");
  EXPECT_EQ(judged("DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"), "400 body_not_expected");
}

TEST(Head, that_expects_anything_but_to_go_on_is_refused) {
  EXPECT_EQ(judged(post_with("Expect: the-impossible\r\nContent-Length: 1\r\n")), "417 expectation_not_met");
  EXPECT_TRUE(taken(post_with("Expect: 100-Continue\r\nContent-Length: 1\r\n")).expects_continue);
  EXPECT_FALSE(taken(post_with("Expect: 100-continue\r\n")).expects_continue);
  EXPECT_FALSE(
      taken("POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n").expects_continue);
}

TEST(Head, says_whether_the_connection_stays) {
  EXPECT_TRUE(taken(get_with("")).is_kept_alive);
  EXPECT_FALSE(taken(get_with("Connection: Close\r\n")).is_kept_alive);
  EXPECT_FALSE(taken(get_with("Connection: upgrade, close\r\n")).is_kept_alive);
  EXPECT_FALSE(taken("GET / HTTP/1.0\r\nHost: a\r\n\r\n").is_kept_alive);
  EXPECT_TRUE(taken("GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n").is_kept_alive);
}

TEST(Head, of_more_than_64_fields_is_refused) {
  std::string fields;
  for (int field = 0; field < 63; ++field) fields += "X-" + std::to_string(field) + ": a\r\n";
  EXPECT_EQ(judged(get_with(fields)), "taken");
  EXPECT_EQ(judged(get_with(fields + "Accept: a\r\n")), "431 too_many_fields");
  // Lines count, not names.
  EXPECT_EQ(judged(get_with(fields + "Accept: a\r\nAccept: a\r\n")), "431 too_many_fields");
}

TEST(HeadEnd, is_after_the_empty_line_or_after_what_cannot_be_a_head) {
  EXPECT_EQ(head_end("", 0), std::nullopt);
  EXPECT_EQ(head_end("GET / HTTP/1.1\r\nHost: a\r\n", 0), std::nullopt);
  EXPECT_EQ(head_end("GET\r\n\r\nmore", 0), 7U);
  EXPECT_EQ(head_end("GET\n", 0), 4U);
  EXPECT_EQ(head_end("\x16\x03\x01", 0), 1U);
  EXPECT_EQ(head_end(" GET", 0), 1U);
}

RC_GTEST_PROP(HeadEnd, is_found_at_the_same_place_byte_by_byte, (const std::string& tail)) {
  const std::string whole = "GET / HTTP/1.1\r\nA: " + tail + "\r\n\r\n";
  std::optional<std::size_t> found;
  for (std::size_t size = 1; size <= whole.size() && !found.has_value(); ++size) {
    found = head_end(std::string_view(whole).substr(0, size), size - 1);
  }
  RC_ASSERT(found == head_end(whole, 0));
}

TEST(Host, is_compared_without_case_and_port) {
  const std::vector<std::string> names = {"localhost", "127.0.0.1", "[::1]", "Line.Example"};
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:1", "[::1]", "[::1]:8080", "line.example"}) {
    EXPECT_TRUE(is_host_among(host, names)) << host;
  }
  for (const char* host : {"evil.example", "localhost.evil.example", "localhost:", "localhost:a", "[::1", "[::1]a",
                           "::1", "localhost:80:80", "", ":80"}) {
    EXPECT_FALSE(is_host_among(host, names)) << host;
  }
}

}  // namespace
}  // namespace throughline::serve

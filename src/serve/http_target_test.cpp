#include "serve/http_target.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace throughline::serve {
namespace {

std::string path_of(std::string_view text) {
  const auto outcome = parse_target(text);
  const Target* target = std::get_if<Target>(&outcome);
  return target == nullptr ? "refused" : target->path;
}

std::string code_of(std::string_view text) {
  const auto outcome = parse_target(text);
  const Refusal* refusal = std::get_if<Refusal>(&outcome);
  return refusal == nullptr ? "taken" : std::string(refusal->code.text());
}

TEST(Target, is_decoded_once) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/a/b.c"), "/a/b.c");
  EXPECT_EQ(path_of("/a/"), "/a/");
  EXPECT_EQ(path_of("/a%20b/%C3%A9"), "/a b/é");
  EXPECT_EQ(path_of("/%252e%252e/x"), "/%2e%2e/x");
  EXPECT_EQ(path_of("/crimes%2Fdrugs"), "/crimes/drugs");
}

TEST(Target, that_climbs_or_has_odd_segments_is_refused_however_it_is_written) {
  for (const char* text :
       {"/..",       "/../etc/passwd", "/a/../b",     "/a/./b",  "/.",    "//",     "//a",   "/a//b",
        "/%2e%2e/a", "/%2E./a",        "/a%2f..%2fb", "/..%5cb", "/a\\b", "/a%5Cb", "/a%00", "/a%0d%0aset-cookie:x",
        "/%7f",      "/%C0%AE",        "/%ff",        "/%",      "/%4",   "/%zz",   "/a#b"}) {
    EXPECT_EQ(code_of(text), "path_not_straight") << text;
  }
}

TEST(Target, in_any_other_form_is_refused) {
  for (const char* text :
       {"", "*", "a", "http://localhost/", "localhost:80", "/a b", "/a\tb", "/caf\xc3\xa9", "/a\x01"}) {
    EXPECT_EQ(code_of(text), "target_not_a_path") << text;
  }
}

TEST(Target, of_more_than_2048_bytes_is_refused) {
  EXPECT_EQ(code_of("/" + std::string(2047, 'a')), "taken");
  EXPECT_EQ(code_of("/" + std::string(2048, 'a')), "target_too_long");
}

TEST(Query, is_decoded_and_keeps_its_order) {
  const auto outcome = parse_target("/a?b=c+d%2B&e&&=f&b=%C3%A9=1?");
  const std::vector<NamedText> expected = {{"b", "c d+"}, {"e", ""}, {"", "f"}, {"b", "é=1?"}};
  EXPECT_EQ(std::get<Target>(outcome).query, expected);
}

TEST(Query, with_control_characters_or_broken_escapes_is_refused) {
  for (const char* text : {"/?a=%0a", "/?%00=a", "/?a=%f", "/?a=%ff", "/?a=b&c=%C3"}) {
    EXPECT_EQ(code_of(text), "query_not_understood") << text;
  }
}

// Whatever the bytes: what is taken holds what http.h promises.
RC_GTEST_PROP(Target, that_is_taken_is_straight, (const std::string& tail)) {
  const auto outcome = parse_target("/" + tail);
  const Target* target = std::get_if<Target>(&outcome);
  const bool is_refused = target == nullptr;
  RC_SUCCEED_IF(is_refused);
  const std::string closed = target->path + "/";
  for (const char* never : {"/../", "/./", "\\"}) RC_ASSERT(closed.find(never) == std::string::npos);
  RC_ASSERT(target->path.find("//") == std::string::npos);
  RC_ASSERT(target->path.starts_with('/'));
  for (const char c : target->path) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20U && c != '\x7f');
}

}  // namespace
}  // namespace throughline::serve

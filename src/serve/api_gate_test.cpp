#include "serve/api_gate.h"

#include <gtest/gtest.h>

namespace throughline::serve {
namespace {

const std::vector<std::string> k_origins = {"http://127.0.0.1:8321"};

RequestHead head_with(std::vector<NamedText> fields) {
  RequestHead head;
  head.method = Method::post;
  head.path = "/api/jobs";
  head.fields = std::move(fields);
  return head;
}

std::string origin_refusal(std::vector<NamedText> fields) {
  const auto checked = check_origin(head_with(std::move(fields)), k_origins);
  return checked.ok() ? "" : checked.error().code;
}

TEST(Origin, OfOurOwnPageAlonePasses) {
  EXPECT_EQ(origin_refusal({{"origin", "http://127.0.0.1:8321"}}), "");
  EXPECT_EQ(origin_refusal({{"origin", "http://127.0.0.1:8321"}, {"sec-fetch-site", "same-origin"}}), "");
  EXPECT_EQ(origin_refusal({{"origin", "http://127.0.0.1:8321"}, {"sec-fetch-site", "cross-site"}}), "origin_refused");
  EXPECT_EQ(origin_refusal({{"origin", "http://127.0.0.1:8321"}, {"sec-fetch-site", "same-site"}}), "origin_refused");
  EXPECT_EQ(origin_refusal({}), "origin_refused");
  EXPECT_EQ(origin_refusal({{"origin", "null"}}), "origin_refused");
  EXPECT_EQ(origin_refusal({{"origin", "http://127.0.0.1:8321.example.org"}}), "origin_refused");
  EXPECT_EQ(origin_refusal({{"origin", "https://127.0.0.1:8321"}}), "origin_refused");
}

TEST(Cookie, IsReadByItsWholeNameAndNotWhenSentTwice) {
  EXPECT_EQ(cookie_of(head_with({{"cookie", "a=b; __Host-throughline=t0ken ; c=d"}}), k_session_cookie), "t0ken");
  EXPECT_EQ(cookie_of(head_with({{"cookie", "x__Host-throughline=t"}}), k_session_cookie), std::nullopt);
  EXPECT_EQ(cookie_of(head_with({{"cookie", "__Host-throughline=a; __Host-throughline=b"}}), k_session_cookie),
            std::nullopt);
  EXPECT_EQ(cookie_of(head_with({}), k_session_cookie), std::nullopt);
  // A neighbour may set "a" but no cookie of the prefix, in whatever it hides the name.
  EXPECT_EQ(cookie_of(head_with({{"cookie", "a=1,__Host-throughline=planted"}}), k_session_cookie), std::nullopt);
  EXPECT_EQ(
      cookie_of(head_with({{"cookie", "a=1, __Host-throughline=planted; __Host-throughline=own"}}), k_session_cookie),
      "own");
}

TEST(Cookie, OfASessionIsForThisHostAloneAndOutOfReachOfScripts) {
  EXPECT_EQ(session_cookie("t0ken").second, "__Host-throughline=t0ken; Secure; HttpOnly; SameSite=Strict; Path=/");
  EXPECT_EQ(session_cookie("").second, "__Host-throughline=; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
}

TEST(Csrf, OfTheSessionAlonePasses) {
  EXPECT_TRUE(check_csrf(head_with({{"x-csrf", "secret"}}), "secret").ok());
  EXPECT_FALSE(check_csrf(head_with({{"x-csrf", "secreT"}}), "secret").ok());
  EXPECT_FALSE(check_csrf(head_with({{"x-csrf", "secret2"}}), "secret").ok());
  EXPECT_FALSE(check_csrf(head_with({}), "secret").ok());
  EXPECT_FALSE(check_csrf(head_with({{"x-csrf", ""}}), "").ok());
}

TEST(MediaType, IsThatOfTheOperationWhateverItsLettersAndParameters) {
  Operation json{};
  json.body = BodyKind::json;
  Operation file{};
  file.body = BodyKind::file;
  EXPECT_TRUE(check_media_type(head_with({{"content-type", "Application/JSON; charset=utf-8"}}), json).ok());
  EXPECT_FALSE(check_media_type(head_with({{"content-type", "text/plain"}}), json).ok());
  EXPECT_FALSE(check_media_type(head_with({{"content-type", "application/x-www-form-urlencoded"}}), json).ok());
  EXPECT_FALSE(check_media_type(head_with({}), json).ok());
  EXPECT_TRUE(check_media_type(head_with({{"content-type", "application/octet-stream"}}), file).ok());
}

}  // namespace
}  // namespace throughline::serve

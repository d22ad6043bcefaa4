#include "serve/json_body.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace throughline::serve {
namespace {

const std::vector<BodyField>& fields() {
  static const std::vector<BodyField> all = {
      {.name = "name", .is_required = true, .text_max = 8},
      {.name = "code", .may_be_null = true, .text_max = 20, .choices = {"PROTECT", "COUNT"}}};
  return all;
}

std::string refusal_of(std::string_view text) {
  const auto read = JsonBody::read(text, fields());
  return read.ok() ? "" : read.error().code;
}

TEST(JsonBody, GivesTheTextsOfTheFieldsThatAreNamed) {
  const auto body = JsonBody::read(R"( {"code":null, "name":"Grüße"} )", fields());
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body.value().text("name"), "Grüße");
  EXPECT_EQ(body.value().text("code"), "");
}

TEST(JsonBody, WithAFieldThatNobodyNamedIsRefused) {
  EXPECT_EQ(refusal_of(R"({"name":"a","role":"administrator"})"), "field_unknown");
}

TEST(JsonBody, OfAnotherShapeIsRefusedAndSaysWhy) {
  EXPECT_EQ(refusal_of(""), "body_not_json");
  EXPECT_EQ(refusal_of("{"), "body_not_json");
  EXPECT_EQ(refusal_of("[]"), "body_not_json");
  EXPECT_EQ(refusal_of("\"name\""), "body_not_json");
  EXPECT_EQ(refusal_of("null"), "body_not_json");
  EXPECT_EQ(refusal_of(R"({"name":"a"} {})"), "body_not_json");
  EXPECT_EQ(refusal_of("{\"name\":\"\xFF\"}"), "body_not_json");
  EXPECT_EQ(refusal_of("{}"), "field_missing");
  EXPECT_EQ(refusal_of(R"({"name":1})"), "field_type");
  EXPECT_EQ(refusal_of(R"({"name":true})"), "field_type");
  EXPECT_EQ(refusal_of(R"({"name":null})"), "field_type");
  EXPECT_EQ(refusal_of(R"({"name":"a\u0000b"})"), "field_type");
  EXPECT_EQ(refusal_of(R"({"name":"a","name":"b"})"), "field_twice");
  EXPECT_EQ(refusal_of(R"({"name":{"name":"a"}})"), "body_too_deep");
  EXPECT_EQ(refusal_of(R"({"name":["a"]})"), "body_too_deep");
  EXPECT_EQ(refusal_of(R"({"name":"a","code":"OTHER"})"), "field_choice");
}

TEST(JsonBody, CountsCharactersAndNotBytesAgainstTheLimit) {
  EXPECT_EQ(refusal_of(R"({"name":"ßßßßßßßß"})"), "");
  EXPECT_EQ(refusal_of(R"({"name":"ßßßßßßßßß"})"), "field_too_long");
}

TEST(JsonBody, OfAHundredThousandLevelsIsRefusedAtTheSecond) {
  EXPECT_EQ(refusal_of("{\"name\":" + std::string(100'000, '[')), "body_too_deep");
  EXPECT_EQ(refusal_of(std::string(100'000, '[')), "body_not_json");
}

TEST(JsonBody, NeverRepeatsWhatWasSent) {
  const auto read = JsonBody::read(R"({"Testwin Exampleton":"x"})", fields());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message().find("Testwin"), std::string::npos);
}

TEST(JsonBody, OfAnyBytesIsReadOrRefused) {
  rc::check([](const std::string& text) { RC_ASSERT(!JsonBody::read(text, fields()).ok() || !text.empty()); });
}

}  // namespace
}  // namespace throughline::serve

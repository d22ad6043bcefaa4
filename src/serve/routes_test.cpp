#include "serve/routes.h"

#include <gtest/gtest.h>

#include <set>

#include "serve/api_call.h"

namespace throughline::serve {
namespace {

RequestHead head_of(const std::string& path, std::vector<NamedText> query) {
  RequestHead head;
  head.path = path;
  head.query = std::move(query);
  return head;
}

Route route_of(Method method, const std::string& path) {
  const Routing routing = find_route(method, path);
  EXPECT_TRUE(std::holds_alternative<Route>(routing)) << path;
  return std::get<Route>(routing);
}

std::string refusal_of(const std::string& path, std::vector<NamedText> query) {
  const RequestHead head = head_of(path, std::move(query));
  const auto read = Arguments::read(head, route_of(Method::get, path));
  return read.ok() ? "" : read.error().code;
}

TEST(Route, IsFoundForEveryOperationByItsOwnMethodAndPath) {
  std::set<OperationId> seen;
  for (const Operation& operation : operations()) {
    const Route route = route_of(operation.method, std::string(operation.path));
    EXPECT_EQ(route.operation->id, operation.id);
    EXPECT_NE(handler_of(operation.id), nullptr) << operation.name;
    EXPECT_TRUE(seen.insert(operation.id).second) << operation.name;
  }
  EXPECT_GE(seen.size(), 45U);
}

TEST(Route, GivesWhatThePathNames) {
  const Route route = route_of(Method::get, "/api/log/17/proof");
  EXPECT_EQ(route.operation->name, "proveEntry");
  EXPECT_EQ(route.names.at("entry"), "17");
}

TEST(Route, OfHeadIsThatOfGet) {
  EXPECT_EQ(route_of(Method::head, "/api/series").operation->name, "getSeries");
}

TEST(Route, SaysWhichMethodsAnAddressTakes) {
  const Routing routing = find_route(Method::post, "/api/session");
  ASSERT_TRUE(std::holds_alternative<OtherMethods>(routing));
  EXPECT_EQ(std::get<OtherMethods>(routing).allow, "GET, HEAD, DELETE");
}

TEST(Route, ThatIsMisspeltIsAnsweredWithTheNearest) {
  const Routing routing = find_route(Method::get, "/api/serise");
  ASSERT_TRUE(std::holds_alternative<NoRoute>(routing));
  EXPECT_EQ(std::get<NoRoute>(routing).nearest, "/api/series");
}

TEST(Route, WithASlashTooManyIsNone) {
  EXPECT_TRUE(std::holds_alternative<NoRoute>(find_route(Method::get, "/api/series/")));
  EXPECT_TRUE(std::holds_alternative<NoRoute>(find_route(Method::get, "/api/log//proof")));
  EXPECT_TRUE(std::holds_alternative<NoRoute>(find_route(Method::get, "/api")));
}

TEST(Arguments, ThatAreNotInTheContractAreRefused) {
  EXPECT_EQ(refusal_of("/api/series", {{"measure", "crimes"}}), "");
  EXPECT_EQ(refusal_of("/api/series", {{"mesure", "crimes"}}), "parameter_unknown");
  EXPECT_EQ(refusal_of("/api/series", {}), "parameter_missing");
  EXPECT_EQ(refusal_of("/api/series", {{"measure", "crimes"}, {"measure", "searches"}}), "parameter_twice");
  EXPECT_EQ(refusal_of("/api/series", {{"measure", "crimes"}, {"format", "exe"}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/series", {{"measure", "crimes"}, {"as_of", "2026-02-30"}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/series", {{"measure", std::string(301, 'x')}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/log", {{"rows", "0"}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/log", {{"rows", "1001"}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/log", {{"rows", "5e2"}}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/log/-1", {}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/drafts/Draft", {}), "parameter_malformed");
  EXPECT_EQ(refusal_of("/api/trace", {{"name", "a\nb"}}), "parameter_malformed");
}

TEST(Arguments, OfAListMayComeSeveralTimesUpToItsLimit) {
  std::vector<NamedText> query = {{"measure", "crimes"}};
  for (int i = 0; i < 12; ++i) query.emplace_back("area", "E06000033");
  EXPECT_EQ(refusal_of("/api/series", query), "");
  query.emplace_back("area", "E06000034");
  EXPECT_EQ(refusal_of("/api/series", query), "parameter_twice");
}

TEST(Arguments, InAnotherOrderAreTheSameQuestionAndOtherOnesAreNot) {
  const auto canonical = [](std::vector<NamedText> query) {
    const RequestHead head = head_of("/api/series", std::move(query));
    return Arguments::read(head, route_of(Method::get, "/api/series")).value().canonical();
  };
  EXPECT_EQ(canonical({{"measure", "a"}, {"from", "b"}}), canonical({{"from", "b"}, {"measure", "a"}}));
  EXPECT_NE(canonical({{"measure", "a"}, {"area", "b"}, {"area", "c"}}),
            canonical({{"measure", "a"}, {"area", "c"}, {"area", "b"}}));
  EXPECT_NE(canonical({{"measure", "a;from=1:b"}}), canonical({{"measure", "a"}, {"from", "b"}}));
}

TEST(Arguments, RefusedSayNothingOfWhatWasSent) {
  const RequestHead head = head_of("/api/series", {{"Exampleton", "x"}});
  const auto read = Arguments::read(head, route_of(Method::get, "/api/series"));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message().find("Exampleton"), std::string::npos);
}

}  // namespace
}  // namespace throughline::serve

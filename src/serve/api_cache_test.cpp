#include "serve/api_cache.h"

#include <gtest/gtest.h>

namespace throughline::serve {
namespace {

SharedBytes bytes_of(std::size_t size) {
  return std::make_shared<const std::string>(size, 'x');
}

TEST(AnswerCache, GivesTheVeryBytesThatWereKept) {
  AnswerCache cache(100);
  const SharedBytes bytes = bytes_of(10);
  cache.keep("a", 1, bytes);
  EXPECT_EQ(cache.find("a", 1), bytes);
  EXPECT_EQ(cache.find("b", 1), nullptr);
}

TEST(AnswerCache, ForgetsEverythingOfAnEarlierGeneration) {
  AnswerCache cache(100);
  cache.keep("a", 1, bytes_of(10));
  EXPECT_EQ(cache.find("a", 2), nullptr);
  cache.keep("b", 2, bytes_of(10));
  EXPECT_EQ(cache.find("a", 1), nullptr);
  cache.keep("late", 1, bytes_of(10));
  EXPECT_EQ(cache.find("late", 2), nullptr);
  EXPECT_EQ(cache.bytes(), 11);
}

TEST(AnswerCache, StaysWithinItsBytesAndDropsWhatWasAskedForLongestAgo) {
  AnswerCache cache(33);
  cache.keep("a", 1, bytes_of(10));
  cache.keep("b", 1, bytes_of(10));
  cache.keep("c", 1, bytes_of(10));
  EXPECT_NE(cache.find("a", 1), nullptr);
  cache.keep("d", 1, bytes_of(10));
  EXPECT_EQ(cache.find("b", 1), nullptr);
  EXPECT_NE(cache.find("a", 1), nullptr);
  cache.keep("huge", 1, bytes_of(100));
  EXPECT_EQ(cache.find("huge", 1), nullptr);
  EXPECT_LE(cache.bytes(), 33);
}

}  // namespace
}  // namespace throughline::serve

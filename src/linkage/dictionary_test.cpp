#include "linkage/dictionary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"

namespace throughline::linkage {
namespace {

TEST(Dictionary, numbers_texts_from_1_in_the_order_in_which_they_come) {
  Dictionary texts;
  EXPECT_EQ(texts.intern("SMITH"), 1U);
  EXPECT_EQ(texts.intern("JONES"), 2U);
  EXPECT_EQ(texts.intern("SMITH"), 1U);
  EXPECT_EQ(texts.text(2), "JONES");
  EXPECT_EQ(texts.size(), 3);
}

TEST(Dictionary, calls_the_empty_text_missing) {
  Dictionary texts;
  EXPECT_EQ(texts.intern(""), 0U);
  EXPECT_EQ(texts.find(""), 0U);
  EXPECT_EQ(texts.text(0), "");
}

TEST(Dictionary, finds_each_of_many_texts_after_it_has_grown) {
  Dictionary texts;
  constexpr int k_many = 20'000;
  for (int i = 0; i < k_many; ++i) ASSERT_EQ(texts.intern("name " + std::to_string(i)), static_cast<TextId>(i + 1));
  for (int i = 0; i < k_many; ++i) ASSERT_EQ(texts.find("name " + std::to_string(i)), static_cast<TextId>(i + 1));
  EXPECT_EQ(texts.find("name"), 0U);
}

TEST(HashText, depends_on_every_byte_and_on_the_length) {
  const std::string text = "ABCDEFGHIJKLMNOPQRS";
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = '.';
    EXPECT_NE(hash_text(text), hash_text(other)) << i;
  }
  EXPECT_NE(hash_text(std::string(3, '\0')), hash_text(std::string(4, '\0')));
}

RC_GTEST_PROP(Dictionary, that_forgets_the_last_is_as_it_was_without_them, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  Dictionary dictionary;
  Dictionary untouched;
  const auto some = [&] { return "text " + std::to_string(chance.below(3000)); };
  for (std::uint64_t i = chance.below(900); i > 0; --i) {
    const std::string text = some();
    RC_ASSERT(dictionary.intern(text) == untouched.intern(text));
  }
  for (int round = 0; round < 3; ++round) {
    std::vector<std::string> asked;
    for (std::uint64_t i = chance.below(700); i > 0; --i) asked.push_back("asked " + some());
    for (const std::string& text : asked) dictionary.intern(text);
    dictionary.keep_first(untouched.size());
    RC_ASSERT(dictionary.size() == untouched.size());
    for (const std::string& text : asked) RC_ASSERT(dictionary.find(text) == 0U);
    for (std::uint64_t i = 0; i < 3000; ++i) {
      const std::string text = "text " + std::to_string(i);
      RC_ASSERT(dictionary.find(text) == untouched.find(text));
    }
  }
}

}  // namespace
}  // namespace throughline::linkage

#include "linkage/dictionary.h"

#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace throughline::linkage

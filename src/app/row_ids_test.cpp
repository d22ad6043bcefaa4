#include "app/row_ids.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::app {
namespace {

RowIds ids_of(const std::vector<std::string>& texts) {
  RowIds ids;
  for (const std::string& text : texts) ids.add(text);
  return ids;
}

TEST(row_ids, are_kept_as_they_were_read) {
  const RowIds ids = ids_of({"a", "", "long enough for a second word", "a"});
  ASSERT_EQ(ids.size(), 4U);
  EXPECT_EQ(ids.text(0), "a");
  EXPECT_EQ(ids.text(1), "");
  EXPECT_EQ(ids.text(2), "long enough for a second word");
  EXPECT_EQ(ids.text(3), "a");
}

TEST(row_ids, repeat_only_within_the_rows_asked_about) {
  const RowIds ids = ids_of({"a", "b", "b", "a", "b"});
  EXPECT_EQ(ids.repeats(0, 2).rows, 0);
  EXPECT_EQ(ids.repeats(2, 4).rows, 0);
  EXPECT_EQ(ids.repeats(0, 5).rows, 3);
  EXPECT_EQ(ids.repeats(0, 5).first, 2U);
  EXPECT_EQ(ids.repeats(2, 5).rows, 1);
  EXPECT_EQ(ids.repeats(2, 5).first, 4U);
  EXPECT_EQ(ids.repeats(3, 3).rows, 0);
}

RC_GTEST_PROP(row_ids, repeats_are_those_that_a_set_has_seen, ()) {
  const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40));
  std::vector<std::string> texts;
  for (const int number : numbers) texts.push_back("row " + std::to_string(number));
  std::set<std::string> seen;
  RowIds::Repeats expected{.rows = 0, .first = texts.size()};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!seen.insert(texts[i]).second && expected.rows++ == 0) expected.first = i;
  }
  const RowIds::Repeats found = ids_of(texts).repeats(0, texts.size());
  RC_ASSERT(found.rows == expected.rows);
  RC_ASSERT(found.first == expected.first);
}

}  // namespace
}  // namespace throughline::app

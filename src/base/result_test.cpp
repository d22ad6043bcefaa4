#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

#include "base/id.h"

namespace throughline::base {
namespace {

static_assert(!std::is_convertible_v<Id<struct Account>, Id<struct Extract>>);
static_assert(!std::is_convertible_v<std::int64_t, Id<struct Account>>);

Error fault() {
  return {.kind = ErrorKind::damaged, .code = "made_up", .what = "It broke", .where = "row 7", .remedy = "Mend it"};
}

Result<int> half(int number) {
  if (number % 2 != 0) return fault();
  return number / 2;
}

Result<int> quarter(int number) {
  const int once = TRY(half(number));
  return half(once);
}

Result<int> quarter_at_once(int number) {
  return TRY(half(TRY(half(number))));
}

Result<void> check_half(int number) {
  static_cast<void>(TRY(half(number)));
  return {};
}

Result<std::unique_ptr<int>> boxed(int number) {
  TRY(check_half(number));
  auto box = TRY(Result<std::unique_ptr<int>>(std::make_unique<int>(number)));
  return box;
}

TEST(Result, try_passes_the_value_on_and_the_error_up) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().code, "made_up");
  EXPECT_TRUE(check_half(4).ok());
  EXPECT_FALSE(check_half(5).ok());
  EXPECT_EQ(*boxed(4).value(), 4);
  EXPECT_EQ(boxed(5).error().where, "row 7");
}

TEST(Result, one_try_may_stand_inside_another) {
  EXPECT_EQ(quarter_at_once(8).value(), 2);
  EXPECT_FALSE(quarter_at_once(6).ok());
  EXPECT_FALSE(quarter_at_once(5).ok());
}

TEST(ResultDeathTest, asking_for_what_is_not_there_ends_the_program) {
  EXPECT_DEATH((void)half(3).value(), "internal check failed");
  EXPECT_DEATH((void)half(4).error(), "internal check failed");
  EXPECT_DEATH(check_half(3).value(), "internal check failed");
}

TEST(Error, says_what_where_and_what_to_do) {
  EXPECT_EQ(fault().message(), "It broke (row 7). Mend it.");
  EXPECT_EQ(fault().in("reading the custody extract").message(),
            "It broke, while reading the custody extract (row 7). Mend it.");
  EXPECT_EQ((Error{.what = "It broke"}).message(), "It broke.");
  EXPECT_EQ((Error{.what = "It broke", .remedy = "Mend it."}).message(), "It broke. Mend it.");
}

TEST(CheckDeathTest, a_failed_check_names_the_condition_and_no_value) {
  const int personal = 4321;
  EXPECT_DEATH(CHECK(personal == 1), "internal check failed: personal == 1 .*result_test.cpp");
}

}  // namespace
}  // namespace throughline::base

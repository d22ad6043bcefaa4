#include "serve/api_turns.h"

#include <gtest/gtest.h>

#include <vector>

namespace throughline::serve {
namespace {

TEST(Turns, an_account_has_so_many_and_no_more) {
  Turns turns(3);
  std::vector<Turns::Turn> held;
  for (int i = 0; i < 3; ++i) held.push_back(turns.take("anna").value());
  EXPECT_FALSE(turns.take("anna").has_value());
  EXPECT_TRUE(turns.take("ben").has_value()) << "another account's are its own";
}

TEST(Turns, one_that_ends_is_there_again) {
  Turns turns(3);
  std::vector<Turns::Turn> held;
  for (int i = 0; i < 3; ++i) held.push_back(turns.take("anna").value());
  held.pop_back();
  EXPECT_TRUE(turns.take("anna").has_value());
}

}  // namespace
}  // namespace throughline::serve

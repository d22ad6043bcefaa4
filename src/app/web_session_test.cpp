#include "app/web_session.h"

#include <gtest/gtest.h>

#include "ledger/made_up_ledger.h"

namespace throughline::app {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;

struct WebSessionsTest : testing::Test {
  ledger::SetClock clock;
  ledger::SeededEntropy entropy;
  WebSessions sessions{{.idle = 20min, .absolute = 10h}, clock, entropy};
  ledger::AccountId cole{1};
  ledger::AccountId dean{2};
  std::string begun(ledger::AccountId account) { return sessions.begin(account).value().token; }
};

TEST_F(WebSessionsTest, a_token_is_43_letters_and_no_two_are_the_same) {
  const std::string one = begun(cole);
  EXPECT_EQ(one.size(), 43U);
  EXPECT_EQ(one.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
  EXPECT_NE(one, begun(cole));
  EXPECT_NE(sessions.find(one)->csrf, one);
}

TEST_F(WebSessionsTest, one_that_is_idle_ends_and_one_that_is_used_goes_on_until_its_absolute_end) {
  const std::string token = begun(cole);
  clock.advance(19min);
  EXPECT_TRUE(sessions.find(token).has_value());
  clock.advance(19min);
  EXPECT_TRUE(sessions.find(token).has_value()) << "the look before put the end off";
  clock.advance(20min);
  EXPECT_FALSE(sessions.find(token).has_value());
  const std::string busy = begun(cole);
  for (int i = 0; i < 39; ++i) {
    clock.advance(15min);
    ASSERT_TRUE(sessions.find(busy).has_value()) << i;
  }
  clock.advance(15min);
  EXPECT_FALSE(sessions.find(busy).has_value()) << "ten hours are over";
}

TEST_F(WebSessionsTest, asking_whether_it_goes_on_puts_no_end_off) {
  const std::string token = begun(cole);
  clock.advance(19min);
  EXPECT_TRUE(sessions.is_living(token));
  clock.advance(1min);
  EXPECT_FALSE(sessions.is_living(token));
  const std::string ended = begun(cole);
  sessions.end(ended);
  EXPECT_FALSE(sessions.is_living(ended));
}

TEST_F(WebSessionsTest, one_that_is_renewed_goes_on_under_the_new_token_alone_and_ends_when_it_would_have) {
  const std::string before = begun(cole);
  EXPECT_TRUE(sessions.choose(before, ledger::Purpose::protect, "a referral"));
  const std::string csrf = sessions.find(before)->csrf;
  clock.advance(5min);
  const auto renewed = sessions.renew(before);
  ASSERT_TRUE(renewed.has_value());
  EXPECT_FALSE(sessions.find(before).has_value());
  EXPECT_EQ(sessions.find(renewed->token)->purpose, ledger::Purpose::protect);
  EXPECT_NE(renewed->session.csrf, csrf);
  EXPECT_GT(renewed->session.proved, renewed->session.begun);
  EXPECT_FALSE(sessions.renew(before).has_value());
}

TEST_F(WebSessionsTest, all_of_an_account_end_at_once_but_the_one_kept) {
  const std::string one = begun(cole);
  const std::string two = begun(cole);
  const std::string other = begun(dean);
  EXPECT_EQ(sessions.end_all(cole, two), 1);
  EXPECT_FALSE(sessions.find(one).has_value());
  EXPECT_TRUE(sessions.find(two).has_value());
  EXPECT_EQ(sessions.end_all(cole), 1);
  EXPECT_TRUE(sessions.find(other).has_value());
}

TEST_F(WebSessionsTest, one_that_ended_is_not_found_again) {
  const std::string token = begun(cole);
  EXPECT_TRUE(sessions.end(token));
  EXPECT_FALSE(sessions.end(token));
  EXPECT_FALSE(sessions.find(token).has_value());
  EXPECT_FALSE(sessions.find("").has_value());
  EXPECT_FALSE(sessions.find(std::string(43, 'A')).has_value());
}

TEST_F(WebSessionsTest, an_account_has_twenty_at_most_and_the_oldest_gives_way) {
  const std::string oldest = begun(cole);
  for (std::size_t i = 1; i < WebSessions::k_of_account_max; ++i) {
    clock.advance(1s);
    static_cast<void>(begun(cole));
  }
  EXPECT_TRUE(sessions.find(oldest).has_value());
  static_cast<void>(begun(cole));
  EXPECT_FALSE(sessions.find(oldest).has_value());
}

}  // namespace
}  // namespace throughline::app

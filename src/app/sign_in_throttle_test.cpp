#include "app/sign_in_throttle.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace throughline::app {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;
using Time = SignInThrottle::Time;

// The wait that a further try meets after so many failures, one a second beyond each wait.
Time wait_after(SignInThrottle& throttle, const SignInThrottle::Who& who, int failures, Time& now) {
  for (int i = 0; i < failures;) {
    const Time wait = throttle.begin(who, now);
    now += wait + 1s;
    if (wait == Time{}) ++i;
  }
  return throttle.begin(who, now - 1s);
}

TEST(SignInThrottle, lets_the_first_tries_of_a_name_through_and_then_waits_longer_and_longer) {
  SignInThrottle throttle;
  Time now = 1h;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.begin({"acole", "10.0.0.1"}, now), Time{});
  const Time first = throttle.begin({"acole", "10.0.0.1"}, now);
  EXPECT_EQ(first, Time{1s});
  now += first;
  EXPECT_EQ(throttle.begin({"acole", "10.0.0.1"}, now), Time{}) << "whoever waited may try";
  EXPECT_EQ(throttle.begin({"acole", "10.0.0.1"}, now), Time{2s});
}

TEST(SignInThrottle, slows_the_owner_of_a_name_down_but_never_keeps_them_out) {
  SignInThrottle throttle;
  Time now = 1h;
  for (int i = 0; i < 300; ++i) {
    static_cast<void>(throttle.begin({"founder", "10.0.0." + std::to_string(i % 200)}, now));
    now += 1s;
  }
  EXPECT_LE(throttle.begin({"founder", "192.0.2.9"}, now), Time{30s});
  EXPECT_EQ(throttle.begin({"founder", "192.0.2.9"}, now + 30s), Time{});
}

TEST(SignInThrottle, of_one_name_from_one_address_waits_five_minutes_at_most) {
  SignInThrottle throttle;
  Time now = 1h;
  EXPECT_EQ(wait_after(throttle, {"acole", "10.0.0.1"}, 25, now), Time{5min});
}

TEST(SignInThrottle, of_an_address_that_tries_many_names_waits_too) {
  SignInThrottle throttle;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(throttle.begin({"name" + std::to_string(i), "10.0.0.1"}, 1h), Time{});
  EXPECT_GT(throttle.begin({"another", "10.0.0.1"}, 1h), Time{});
  EXPECT_EQ(throttle.begin({"another", "10.0.0.2"}, 1h), Time{});
}

TEST(SignInThrottle, takes_all_addresses_of_one_ipv6_network_for_one) {
  SignInThrottle throttle;
  const auto address = [](int i) { return "2001:db8:1:2::" + std::to_string(i); };
  for (int i = 0; i < 20; ++i) EXPECT_EQ(throttle.begin({"name" + std::to_string(i), address(i)}, 1h), Time{});
  EXPECT_GT(throttle.begin({"another", address(99)}, 1h), Time{});
  EXPECT_EQ(throttle.begin({"another", "2001:db8:1:3::1"}, 1h), Time{}) << "another network";
  for (int i = 0; i < 5; ++i) static_cast<void>(throttle.begin({"acole", "2001:db8:9:9::" + std::to_string(i)}, 2h));
  EXPECT_EQ(throttle.begin({"acole", "2001:db8:9:9::8"}, 2h), Time{1s});
  throttle.succeeded({"acole", "2001:db8:9:9::9"});
  EXPECT_EQ(throttle.begin({"acole", "2001:db8:9:9::8"}, 2h), Time{});
}

TEST(SignInThrottle, forgets_a_names_failures_when_its_owner_comes_in) {
  SignInThrottle throttle;
  for (int i = 0; i < 5; ++i) static_cast<void>(throttle.begin({"acole", "10.0.0.1"}, 1h));
  throttle.succeeded({"ACole", "10.0.0.1"});
  EXPECT_EQ(throttle.begin({"acole", "10.0.0.1"}, 1h), Time{});
}

TEST(NoteBudget, writes_thirty_a_minute_one_by_one_and_says_of_the_others_how_many) {
  NoteBudget budget;
  int noted = 0;
  for (int i = 0; i < 1'000; ++i) noted += budget.ask(1h).is_noted ? 1 : 0;
  EXPECT_EQ(noted, 30);
  const NoteBudget::Leave later = budget.ask(Time{1h} + 1min);
  EXPECT_TRUE(later.is_noted);
  EXPECT_EQ(later.unsaid, 970);
  EXPECT_EQ(budget.ask(Time{1h} + 1min).unsaid, 0) << "said once";
}

TEST(NoteBudget, says_the_rest_also_when_no_failure_follows) {
  NoteBudget budget;
  for (int i = 0; i < 50; ++i) static_cast<void>(budget.ask(1h));
  EXPECT_EQ(budget.take_unsaid(Time{1h} + 59s), 0);
  EXPECT_EQ(budget.take_unsaid(Time{1h} + 1min), 20);
  for (int i = 0; i < 31; ++i) static_cast<void>(budget.ask(2h));
  EXPECT_EQ(budget.take_unsaid({}), 1);
  EXPECT_EQ(budget.take_unsaid({}), 0) << "said once";
  budget.give_back(1);
  EXPECT_EQ(budget.take_unsaid({}), 1) << "it could not be said";
}

}  // namespace
}  // namespace throughline::app

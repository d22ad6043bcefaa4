#include "simulate/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace throughline::simulate {
namespace {

// Beside a plain map from person to day: the same people on the same days, over several laps of the wheel, whatever is
// put in, moved or taken out.
RC_GTEST_PROP(EventCalendar, calls_everybody_on_the_day_that_a_plain_map_says, ()) {
  constexpr std::int32_t k_people = 40;
  EventCalendar calendar(k_people);
  std::map<std::int32_t, std::int32_t> plain;
  for (std::int32_t day = 0; day < 1700; ++day) {
    const int acts = day % 16 == 0 ? *rc::gen::inRange(0, 6) : 0;
    for (int act = 0; act < acts; ++act) {
      const std::int32_t person = *rc::gen::inRange(0, k_people);
      if (*rc::gen::inRange(0, 4) == 0) {
        calendar.cancel(person);
        plain.erase(person);
        continue;
      }
      const std::int32_t due = day + *rc::gen::inRange(0, 1400);
      calendar.schedule(person, due);
      plain[person] = due;
    }
    std::set<std::int32_t> called;
    calendar.work_off(day, [&](std::int32_t person) { RC_ASSERT(called.insert(person).second); });
    std::set<std::int32_t> wanted;
    std::erase_if(plain, [&](const auto& entry) {
      if (entry.second == day) wanted.insert(entry.first);
      return entry.second == day;
    });
    RC_ASSERT(called == wanted);
  }
}

TEST(EventCalendar, lets_an_act_put_its_person_in_again) {
  EventCalendar calendar(2);
  calendar.schedule(1, 3);
  int times = 0;
  for (std::int32_t day = 0; day < 40; ++day) {
    calendar.work_off(day, [&](std::int32_t person) {
      ++times;
      calendar.schedule(person, day + 7);
    });
  }
  EXPECT_EQ(times, 6);  // Days 3, 10, 17, 24, 31, 38.
  EXPECT_EQ(calendar.due(1), 45);
  EXPECT_EQ(calendar.due(0), -1);
}

}  // namespace
}  // namespace throughline::simulate

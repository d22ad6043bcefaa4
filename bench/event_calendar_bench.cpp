// Events a second: the day-bucket calendar of the market model over plain arrays, beside the usual way, an object for
// each agent and a priority queue. Both let a million people change state after exponential times of 60 days on
// average. The calendar is run on one thread and, where more are asked for, on so many.
//
//   event_calendar_bench [PEOPLE, 1000000 when left out] [YEARS, 10] [THREADS, 2]
//
// Bar: 20 million events a second on two cores. Mesa beside it: bench/peers/calendar_beside_mesa.py.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/parallel.h"
#include "simulate/calendar.h"
#include "simulate/chance.h"

namespace throughline::simulate {
namespace {

constexpr double k_per_year = 365.25 / 60;
// Of a town: small enough for a core's own cache.
constexpr std::int64_t k_town_people = 4000;
constexpr std::uint8_t k_states = 6;

struct Counted {
  std::int64_t events = 0;
  std::uint64_t sum = 0;  // Of states, so that nothing can be left out.
};

std::int32_t wait_of(std::uint64_t person, std::int32_t day, std::uint8_t& state) {
  base::Random random = chance(1, {.purpose = Purpose::next_event, .subject = person, .day = day});
  const std::int32_t days = days_until(random, k_per_year);
  state = static_cast<std::uint8_t>(random.bits32() % k_states);
  return days;
}

Counted run_town(const base::Chunk& town, std::int32_t days) {
  const auto people = static_cast<std::int32_t>(town.end - town.begin);
  EventCalendar calendar(people);
  std::vector<std::uint8_t> states(static_cast<std::size_t>(people));
  const auto key = [&](std::int32_t person) { return static_cast<std::uint64_t>(town.begin + person); };
  for (std::int32_t person = 0; person < people; ++person) {
    calendar.schedule(person, wait_of(key(person), 0, states[static_cast<std::size_t>(person)]));
  }
  Counted counted;
  for (std::int32_t day = 1; day < days; ++day) {
    calendar.work_off(day, [&](std::int32_t person) {
      std::uint8_t& state = states[static_cast<std::size_t>(person)];
      calendar.schedule(person, day + wait_of(key(person), day, state));
      ++counted.events;
      counted.sum += state;
    });
  }
  return counted;
}

class Agent {
 public:
  explicit Agent(std::uint64_t key) : key_(key) {}
  virtual ~Agent() = default;
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;
  virtual std::int32_t act(std::int32_t day) { return day + wait_of(key_, day, state_); }
  [[nodiscard]] std::uint8_t state() const { return state_; }

 private:
  std::uint64_t key_;
  std::uint8_t state_ = 0;
};

struct Due {
  std::int32_t day = 0;
  Agent* agent = nullptr;
  friend bool operator<(const Due& one, const Due& other) { return one.day > other.day; }
};

Counted run_objects(std::int64_t people, std::int32_t days) {
  std::vector<std::unique_ptr<Agent>> agents;
  std::priority_queue<Due> queue;
  for (std::int64_t i = 0; i < people; ++i) {
    agents.push_back(std::make_unique<Agent>(static_cast<std::uint64_t>(i)));
    queue.push({.day = agents.back()->act(0), .agent = agents.back().get()});
  }
  Counted counted;
  while (!queue.empty() && queue.top().day < days) {
    const Due due = queue.top();
    queue.pop();
    queue.push({.day = due.agent->act(due.day), .agent = due.agent});
    ++counted.events;
    counted.sum += due.agent->state();
  }
  return counted;
}

Counted run_calendar(std::int64_t people, std::int32_t days, int threads) {
  base::set_thread_limit(threads);
  return base::reduce_chunks(
      {.items = people, .chunk_items = k_town_people}, Counted{},
      [&](const base::Chunk& town) { return run_town(town, days); },
      [](Counted sum, const Counted& part) {
        return Counted{.events = sum.events + part.events, .sum = sum.sum + part.sum};
      });
}

template <class Work>
Counted told(const char* name, const Work& work) {
  const auto started = std::chrono::steady_clock::now();
  const std::clock_t worked = std::clock();
  const Counted counted = work();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
  const double core_seconds = static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC;
  const auto millions = static_cast<double>(counted.events) / 1e6;
  // On a busy machine the wall clock says little: hence also by what the cores really worked.
  std::printf(
      "%-36s %11lld events %8.2f s wall, %6.1f million a second; %7.3f s of cores, %6.1f million a second of one\n",
      name, static_cast<long long>(counted.events), taken.count(), millions / taken.count(), core_seconds,
      millions / core_seconds);
  return counted;
}

}  // namespace
}  // namespace throughline::simulate

int main(int count, char** words) {
  const auto number = [&](int at, std::int64_t otherwise) {
    return count > at ? throughline::base::parse_integer(words[at]).value_or(0) : otherwise;
  };
  const std::int64_t people = number(1, 1'000'000);
  const std::int64_t years = number(2, 10);
  const std::int64_t threads = number(3, 2);
  if (people < 1 || people > 100'000'000 || years < 1 || years > 100 || threads < 1 || threads > 256) {
    std::fputs("usage: event_calendar_bench [PEOPLE] [YEARS] [THREADS]\n", stderr);
    return 2;
  }
  const auto days = static_cast<std::int32_t>(years * 365);
  const auto calendar = throughline::simulate::told(
      "calendar, towns at once, 1 thread", [&] { return throughline::simulate::run_calendar(people, days, 1); });
  auto at_once = calendar;
  if (threads > 1) {
    const std::string name = "calendar, towns at once, " + std::to_string(threads) + " threads";
    at_once = throughline::simulate::told(
        name.c_str(), [&] { return throughline::simulate::run_calendar(people, days, static_cast<int>(threads)); });
  }
  const auto objects = throughline::simulate::told("an object each, a priority queue",
                                                   [&] { return throughline::simulate::run_objects(people, days); });
  const bool is_same = calendar.events == objects.events && calendar.sum == objects.sum &&
                       calendar.events == at_once.events && calendar.sum == at_once.sum;
  std::printf("the same events: %s\n", is_same ? "yes" : "no");
  return is_same ? 0 : 1;
}

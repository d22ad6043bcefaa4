// How often the reading of police figures is right about the made-up market, of which the truth is known, as the table
// of docs/benchmarks.md: activity_bench [SEEDS, 100 when left out] [TIMES, 1.5] [SCALE, 1] [FIRST_SEED, 1000]
// The totals count a pair of years once: a case that is another turned round is read twice and counted once.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/made_up_years.h"
#include "base/parallel.h"

namespace throughline::app {
namespace {

using evidence::ActivityVerdict;

constexpr std::array k_verdicts{ActivityVerdict::more_looked_for, ActivityVerdict::more_there,
                                ActivityVerdict::both_more,       ActivityVerdict::less_looked_for,
                                ActivityVerdict::less_there,      ActivityVerdict::both_less,
                                ActivityVerdict::no_change,       ActivityVerdict::cannot_tell};

struct Tally {
  ActivityVerdict truth = ActivityVerdict::no_change;
  std::map<ActivityVerdict, int> given{};
};

using Changes = std::array<KnownChange, k_known_changes>;

// Seeds from the input's on.
std::vector<Changes> drawn(int seeds, const KnownChangesInput& input) {
  std::vector<Changes> all(static_cast<std::size_t>(seeds));
  base::parallel_chunks({.items = seeds, .chunk_items = 1}, [&](const base::Chunk& chunk) {
    KnownChangesInput of_seed = input;
    of_seed.seed += static_cast<std::uint64_t>(chunk.index);
    all[static_cast<std::size_t>(chunk.index)] = known_changes(of_seed);
  });
  return all;
}

// Whether an earlier case is the same pair of years turned round.
bool is_turned(const Changes& changes, std::size_t at) {
  return std::ranges::any_of(std::span(changes).first(at), [&](const KnownChange& other) {
    return other.before == changes.at(at).after && other.after == changes.at(at).before;
  });
}

struct Totals {
  int pairs = 0;
  int given = 0;
  int wrong = 0;

  void add(ActivityVerdict verdict, ActivityVerdict truth) {
    ++pairs;
    if (verdict == ActivityVerdict::cannot_tell) return;
    ++given;
    if (verdict != truth) ++wrong;
  }
};

void print(const std::vector<Changes>& all) {
  Totals totals;
  std::array<Tally, k_known_changes> tallies{};
  std::array<std::string_view, k_known_changes> names{};
  for (const Changes& changes : all) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      names.at(i) = changes.at(i).name;
      tallies.at(i).truth = changes.at(i).truth;
      const ActivityVerdict verdict = reading_of(changes.at(i).before, changes.at(i).after).verdict;
      ++tallies.at(i).given[verdict];
      if (!is_turned(changes, i)) totals.add(verdict, changes.at(i).truth);
    }
  }
  fmt::print("| what changed | truth |");
  for (const ActivityVerdict verdict : k_verdicts) fmt::print(" {} |", name_of(verdict));
  fmt::print("\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    fmt::print("| {} | {} |", names.at(i), name_of(tallies.at(i).truth));
    for (const ActivityVerdict verdict : k_verdicts) {
      fmt::print(" {} |", tallies.at(i).given[verdict]);
    }
    fmt::print("\n");
  }
  fmt::print("{} of {} pairs of years given, {} of these wrong\n", totals.given, totals.pairs, totals.wrong);
}

}  // namespace
}  // namespace throughline::app

int main(int count, char** arguments) {
  const auto number = [&](int at, double usual) { return count > at ? std::strtod(arguments[at], nullptr) : usual; };
  const int seeds = static_cast<int>(number(1, 100));
  throughline::app::print(throughline::app::drawn(
      seeds, {.times = number(2, 1.5), .scale = number(3, 1), .seed = static_cast<std::uint64_t>(number(4, 1'000))}));
  return 0;
}

// What agencies would hold of a run of the small world, for tests, and a reader of what they hold.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/begin.h"
#include "simulate/observe/listen.h"
#include "simulate/observe/observe.h"
#include "simulate/observe/testing_tables.h"
#include "simulate/run.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {

inline constexpr std::int32_t k_observed_days = 45;

inline RunInput observed_input() {
  RunInput input = small_input(0.15);
  input.warm_up_days = 60;
  return input;
}

// Few bystanders, some bad rows, and enough arrests and closures for every kind to have something.
inline Practices observed_practices() {
  constexpr std::string_view k_text =
      "[crime-reports]\nbackground_per_1000 = 0.5\n[school-attendance]\nbackground_per_1000 = 0.5\n"
      "[police-uk-stop-and-search]\nbackground_per_1000 = 0.5\n[nrm-referrals]\nbackground_per_1000 = 0.3\n"
      "[premises-closures]\nbackground_per_1000 = 0.3\n[general]\ncalls_per_day = 4\n";
  return with_practices(built_in_practices(), k_text, "test.toml").value();
}

// A run that told what happened, with what is read of it.
struct Observed {
  Happenings happenings;
  WorldRun run;
  Population population;
  Scene scene;

  explicit Observed(const Practices& practices, const RunInput& input = observed_input(),
                    std::int32_t days = k_observed_days)
      : happenings(input.world.places.size()),
        run(begin_world(input)),
        population(input, {.days = days}),
        scene(told(practices, days)) {}

  Scene told(const Practices& practices, std::int32_t days) {
    listen(run, happenings);
    const base::Interrupt never;
    run_days(run, days, never).value();
    return scene_of(
        {.run = &run, .happenings = &happenings, .population = &population, .practices = practices, .days = days});
  }

  std::map<std::string, Extract> extracts() {
    std::map<std::string, Extract> all;
    const base::Interrupt never;
    observe(scene, never, [&](const Extract& extract) -> base::Result<void> {
      EXPECT_TRUE(all.emplace(extract.folder + "/" + extract.file, extract).second) << extract.file << " came twice";
      return {};
    }).value();
    return all;
  }
};

// The files of the truth beside records.csv.
inline std::map<std::string, std::string, std::less<>> truth_files(const Scene& scene) {
  std::map<std::string, std::string, std::less<>> files;
  const base::Interrupt never;
  tell_truth(scene, never, [&](const TruthPiece& piece) -> base::Result<void> {
    files[std::string(piece.file)] += piece.text;
    return {};
  }).value();
  return files;
}

}  // namespace throughline::simulate

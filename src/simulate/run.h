// A world, day after day.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/progress.h"
#include "base/result.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// One thing that happens every day, in the order of the list. One of the two is set.
struct Mechanism {
  std::string_view name;
  std::string_view what;        // In sentences, for the description of the model.
  std::string_view parameters;  // The groups of parameters it reads, apart by blanks.
  void (*in_town)(WorldRun&, std::int32_t) = nullptr;
  void (*in_world)(WorldRun&) = nullptr;
};
// The list that a run goes through and a description prints.
[[nodiscard]] std::span<const Mechanism> mechanisms();

// Runs until that many days of the series are done, the same to the last byte at any number of threads. Stops earlier,
// after a whole day, where the interrupt says so; then the error "interrupted". Told is called after each whole week.
using Told = std::function<void(std::int32_t days)>;
[[nodiscard]] base::Result<void> run_days(WorldRun& run, std::int32_t days, const base::Interrupt& interrupt,
                                          const Told& told = {});

// The days of the series that are done; less than 0 while the warm-up goes on.
[[nodiscard]] inline std::int32_t days_done(const WorldRun& run) {
  return run.state.day - run.input.warm_up_days;
}

// The series so far, with the period under way as the last.
[[nodiscard]] Series series_so_far(const WorldRun& run);

}  // namespace throughline::simulate

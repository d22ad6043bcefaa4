// A run set down in bytes, so that it can go on to the same end as if it had never stopped.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// Raised whenever the same input would give other numbers, or a checkpoint another layout.
inline constexpr std::int32_t k_model_version = 4;

// What a run follows from, hashed part by part, so that a checkpoint of another run can say in what it differs.
struct RunNames {
  std::string world;
  std::string parameters;
  std::string scenario;
};
[[nodiscard]] RunNames names_of(const RunInput& input);

// The format is docs/formats/simulate_checkpoint.md; it ends with its own SHA-256.
[[nodiscard]] std::string checkpoint_bytes(const WorldRun& run);

// The run that was set down, which must be one of this input. Errors: "checkpoint_damaged"; "checkpoint_version",
// "checkpoint_seed", "checkpoint_world", "checkpoint_parameters", "checkpoint_scenario", "checkpoint_periods" where it
// is of another run. `file` is what it is called in errors.
[[nodiscard]] base::Result<WorldRun> resumed(RunInput input, std::string_view bytes, const std::string& file);

}  // namespace throughline::simulate

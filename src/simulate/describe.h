// The model's own description, in the order of the ODD protocol (Grimm et al., 2020), made from the running model: its
// mechanisms, parameters, outcomes and world, so that it cannot say what the model does not do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/parameter_file.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

struct DescribedCounts {
  std::int64_t people = 0;
  std::int64_t users = 0;
  std::int64_t children = 0;
  std::int64_t adults = 0;
  std::int64_t lines = 0;
  std::int64_t importers = 0;
  std::int64_t hubs = 0;
};
[[nodiscard]] DescribedCounts counts_of(const WorldRun& run);

// A sentence each, as the description ends with.
[[nodiscard]] std::span<const std::string_view> what_it_cannot_tell();

// Markdown, with how agencies record as built in. REQUIRES: the run was made with the values of the cards.
[[nodiscard]] std::string odd_description(const WorldRun& run, const std::vector<ParameterCard>& cards);

}  // namespace throughline::simulate

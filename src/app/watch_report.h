// What was watched and what came of it, as sections of an answer. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/report.h"
#include "app/watch_input.h"
#include "app/watch_verb.h"
#include "evidence/watch/fresh.h"
#include "evidence/watch/screen.h"

namespace throughline::app {

// A batch, how it is screened, and what came of it.
struct Watched {
  WatchBatch batch;
  evidence::WatchRule rule;
  std::size_t from = 0;
  std::size_t until = 0;  // After the last period told of.
  evidence::Screening screening;
  std::vector<evidence::FreshCategory> fresh;
  std::int64_t incomplete_falls = 0;  // Alerts left out: falls in a last period that is not whole yet.
};

// The newest alerts first; of one period the least probable, or by name where a caveat forbids that areas are ranked.
[[nodiscard]] Table alerts_table(const std::vector<Watched>& all);

[[nodiscard]] Section watch_section(const std::vector<Watched>& all, const WatchRequest& request);
// As many rows of the table as were asked for.
[[nodiscard]] Section alerts_section(Table table, const WatchRequest& request);
[[nodiscard]] Section fresh_section(const std::vector<Watched>& all);

}  // namespace throughline::app

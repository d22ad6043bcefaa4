// A local plan: targets on indicators, each with an owner, a date, a baseline and the change that is expected.
//
// - Assumptions: baseline and the period judged are of the same number of months; season is the planner's to heed, by
//   taking the same months of two years.
// - Bias: counts are taken as Poisson; where they vary more, "as expected" and "not as expected" are said too often.
// - Undecidable: whether the plan did it. A change is compared with what was hoped for, not with what would have
//   happened anyway.
// - Source: the Metropolitan Police Authority's scrutiny of 2007 (local choice and incentives); the Home Affairs
//   Committee of 2019 (plans with targets and milestones).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/baskets/basket.h"
#include "evidence/intervals.h"
#include "evidence/month_span.h"

namespace throughline::evidence {

struct Target {
  std::string indicator;  // Its id: of the plan's own or of the central basket.
  std::string owner;      // A post, not a person.
  MonthSpan baseline;
  MonthSpan due;           // What is judged; its last month is the date.
  Interval expected;       // Of the change, in per cent.
  std::string milestones;  // May be empty.
  std::int64_t line = 0;   // Of the file.
};

struct Plan {
  std::string title;
  std::string area;                   // A code or a name.
  std::vector<Indicator> indicators;  // The plan's own, and after them the central ones.
  std::vector<Target> targets;

  [[nodiscard]] const Indicator& indicator_of(const Target& target) const;
};

// TOML: title, area, [[indicator]] as in a basket, [[target]] with indicator, owner, baseline, due, change_from,
// change_to, milestones. Errors, each with file and line: those of read_indicators; "value_missing", "value_malformed",
// "key_unknown", "indicator_unknown" with the nearest, "period_malformed", "periods_unlike" where the two are not of
// one length, "periods_overlap", "change_malformed" where from is above to, "target_not_monthly" for an indicator that
// no month has a figure of, "targets_none".
[[nodiscard]] base::Result<Plan> read_plan(std::string_view text, const std::string& file);

enum class TargetState : std::uint8_t { as_expected, less, more, cannot_tell };
// The change with its interval against what is expected: less where all of it lies below, more where all lies above, as
// expected where all of it lies within; anything else cannot be told.
[[nodiscard]] TargetState judged(const Interval& change, const Interval& expected);
// "as expected", "less than expected", "more than expected", "cannot tell".
[[nodiscard]] std::string_view words_of(TargetState state);

}  // namespace throughline::evidence

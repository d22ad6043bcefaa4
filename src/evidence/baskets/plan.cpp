#include "evidence/baskets/plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "base/toml_reader.h"

namespace throughline::evidence {

namespace {

using base::Result;
using base::TomlReader;

constexpr double k_percent_least = -100;
constexpr double k_percent_most = 10'000;

Result<MonthSpan> span_in(TomlReader& reader, std::string_view key) {
  const std::string text = TRY(reader.needed_text(key));
  if (const auto span = parse_month_span(text)) return *span;
  return reader.bad(key, "period_malformed", fmt::format("“{}” is no period of months", text),
                    "Write it as 2025-03, 2025-Q1, 2025 or 2025-01..2025-09");
}

Result<void> check_periods(const TomlReader& reader, const Target& target) {
  if (target.baseline.months() != target.due.months()) {
    return reader.bad("due", "periods_unlike",
                      fmt::format("The baseline has {} months and the period judged {}", target.baseline.months(),
                                  target.due.months()),
                      "Take periods of as many months, the same months of two years if there is a season");
  }
  if (target.baseline.end <= target.due.begin) return {};
  return reader.bad("due", "periods_overlap", "The period judged begins before the baseline ends",
                    "Take a baseline that lies before it");
}

Result<Interval> expected_in(TomlReader& reader) {
  const auto from = TRY(reader.number("change_from", k_percent_least, k_percent_most));
  const auto to = TRY(reader.number("change_to", k_percent_least, k_percent_most));
  if (!from || !to) {
    return reader.bad("change_from", "value_missing", "The expected change is not there",
                      "Give change_from and change_to, in per cent: -20 and -5 for a fall of 5 to 20");
  }
  if (*from <= *to) return Interval{.low = *from, .high = *to};
  return reader.bad("change_from", "change_malformed", fmt::format("{} is above {}", *from, *to),
                    "Give the lower one first: -20 and -5, not -5 and -20");
}

Result<Target> target_of(const base::TomlNode& table, const std::string& file, const Plan& plan) {
  TomlReader reader(table, file);
  Target target;
  target.line = table.line;
  target.indicator = TRY(reader.needed_text("indicator"));
  target.owner = TRY(reader.needed_text("owner"));
  target.baseline = TRY(span_in(reader, "baseline"));
  target.due = TRY(span_in(reader, "due"));
  target.expected = TRY(expected_in(reader));
  target.milestones = TRY(reader.text("milestones"));
  TRY(reader.finish());
  TRY(check_periods(reader, target));
  const auto found = std::ranges::find(plan.indicators, target.indicator, &Indicator::id);
  if (found == plan.indicators.end()) {
    std::vector<std::string> known;
    for (const Indicator& each : plan.indicators) known.push_back(each.id);
    const auto nearest = base::nearest_name(target.indicator, known);
    return reader.bad("indicator", "indicator_unknown", fmt::format("There is no indicator “{}”", target.indicator),
                      nearest ? fmt::format("Did you mean “{}”?", *nearest)
                              : std::string("throughline profile lists those of the central basket"));
  }
  if (!found->measure.empty()) return target;
  return reader.bad("indicator", "target_not_monthly",
                    fmt::format("“{}” has no figure of months that a target could be held against", target.indicator),
                    "Take an indicator of a measure");
}

}  // namespace

const Indicator& Plan::indicator_of(const Target& target) const {
  const auto found = std::ranges::find(indicators, target.indicator, &Indicator::id);
  CHECK(found != indicators.end());
  return *found;
}

Result<Plan> read_plan(std::string_view text, const std::string& file) {
  const base::TomlNode root = TRY(base::read_toml(text, file));
  TomlReader reader(root, file);
  Plan plan;
  plan.title = TRY(reader.needed_text("title"));
  plan.area = TRY(reader.needed_text("area"));
  static_cast<void>(TRY(reader.tables("indicator")));
  const auto targets = TRY(reader.tables("target"));
  TRY(reader.finish());
  const Basket own{.name = file, .version = {}, .indicators = TRY(read_indicators(root, file))};
  plan.indicators = TRY(with_local(central_basket(), own, file)).indicators;
  for (const base::TomlNode* table : targets) plan.targets.push_back(TRY(target_of(*table, file, plan)));
  if (!plan.targets.empty()) return plan;
  return reader.bad("target", "targets_none", "The plan has no target", "Write one as [[target]]");
}

TargetState judged(const Interval& change, const Interval& expected) {
  if (change.high < expected.low) return TargetState::less;
  if (change.low > expected.high) return TargetState::more;
  if (change.low >= expected.low && change.high <= expected.high) return TargetState::as_expected;
  return TargetState::cannot_tell;
}

std::string_view words_of(TargetState state) {
  switch (state) {
    case TargetState::as_expected: return "as expected";
    case TargetState::less: return "less than expected";
    case TargetState::more: return "more than expected";
    case TargetState::cannot_tell: return "cannot tell";
  }
  CHECK(false && "a state without words");
}

}  // namespace throughline::evidence

// throughline plan: each target's baseline, what happened, and whether that is what was expected.

#include <algorithm>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/figure_report.h"
#include "app/indicator_reading.h"
#include "app/profile_verb.h"
#include "app/session.h"
#include "app/small_table.h"
#include "evidence/baskets/plan.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::Indicator;
using evidence::Plan;
using evidence::Target;
using evidence::TargetState;

// A target is of a measure.
const RecordCounts& no_records() {
  static const RecordCounts k_none;
  return k_none;
}

struct CheckedTarget {
  const Target* target = nullptr;
  const Indicator* indicator = nullptr;
  IndicatorReading reading{};
  TargetState state = TargetState::cannot_tell;
  std::string why{};        // Why it cannot be told.
  std::string improving{};  // Whether a fall may be called an improvement, and by what.
};

std::string signed_percent(double value) {
  return fmt::format("{:+.1f}", value);
}

// What the independent indicator did over the target's own months, in words; why nobody can say, where it has no
// figures of these.
struct Beside {
  bool is_told = false;
  std::string words{};
};

Result<Beside> beside_of(const evidence::World& world, const Plan& plan, const CheckedTarget& checked,
                         const ProfileArea& area) {
  const auto found = std::ranges::find(plan.indicators, checked.indicator->beside, &Indicator::id);
  if (found == plan.indicators.end()) return Beside();
  const ReadingWindows windows{.before = checked.target->baseline, .after = checked.target->due};
  const IndicatorReading reading =
      TRY(read_indicator({.world = world, .records = no_records()}, *found, area, windows));
  const std::string of = reading.of == area.name ? std::string() : fmt::format(" of {}", reading.of);
  if (found->measure.empty()) {
    return Beside{.words = fmt::format("{}{} has no figures of these months; its last are of {}", found->title, of,
                                       reading.period.empty() ? "no period" : reading.period)};
  }
  if (!reading.percent) {
    return Beside{.words = fmt::format("{}{}: {}", found->title, of,
                                       reading.no_value.empty() ? reading.no_change : reading.no_value)};
  }
  return Beside{.is_told = true,
                .words = fmt::format("{}{}, {} against {}: {} ({} to {}) per cent", found->title, of, reading.period,
                                     reading.before_period, signed_percent(*reading.percent),
                                     signed_percent(reading.percent_interval->low),
                                     signed_percent(reading.percent_interval->high))};
}

// Of a target that hopes for a fall in what the police record.
Result<std::string> improvement_of(const evidence::World& world, const Plan& plan, const CheckedTarget& checked,
                                   const ProfileArea& area) {
  if (checked.target->expected.low >= 0) return std::string();
  evidence::Caveats caveats = checked.reading.caveats;
  if (is_police_activity(*checked.indicator)) caveats.add(evidence::Caveat::police_activity);
  const Beside beside = TRY(beside_of(world, plan, checked, area));
  const evidence::UseContext context{.is_paired_independently = beside.is_told};
  const auto refusal = refuse(evidence::Use::report_fall_as_improvement, caveats, context);
  if (!refusal) return beside.words;
  const std::string why = beside.words.empty() ? std::string() : fmt::format(" Beside it: {}.", beside.words);
  return "no: " + refusal->reason + why;
}

Result<CheckedTarget> checked_of(const evidence::World& world, const Plan& plan, const Target& target,
                                 const ProfileArea& area) {
  CheckedTarget checked{.target = &target, .indicator = &plan.indicator_of(target)};
  const ReadingWindows windows{.before = target.baseline, .after = target.due};
  checked.reading = TRY(read_indicator({.world = world, .records = no_records()}, *checked.indicator, area, windows));
  if (checked.reading.percent_interval) {
    checked.state = judged(*checked.reading.percent_interval, target.expected);
    if (checked.state == TargetState::cannot_tell) checked.why = "the change's interval is partly outside";
  } else {
    checked.why = checked.reading.no_value.empty() ? checked.reading.no_change : checked.reading.no_value;
  }
  checked.improving = TRY(improvement_of(world, plan, checked, area));
  return checked;
}

Table targets_table(const std::vector<CheckedTarget>& all) {
  Table table{.name = "targets",
              .title = "Targets",
              .columns = {{"target", "Target"},
                          {"owner", "Owner"},
                          {"due", "By", ColumnKind::id},
                          {"expected", "Expected change, per cent"},
                          {"state", "So far"},
                          {"why", "Because"},
                          {"line", "Line of the plan", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const CheckedTarget& each : all) {
    table.rows.push_back(
        {each.indicator->title, each.target->owner, to_text(each.target->due),
         fmt::format("{} to {}", signed_percent(each.target->expected.low), signed_percent(each.target->expected.high)),
         std::string(words_of(each.state)), text_or_nothing(each.why), each.target->line});
  }
  return table;
}

Value whole(const std::optional<double>& value) {
  return value ? Value(Decimal{.value = *value, .decimals = 0}) : Value();
}

Value tenth(const std::optional<double>& value) {
  return value ? Value(Decimal{.value = *value, .decimals = 1}) : Value();
}

Section working_section(const std::vector<CheckedTarget>& all) {
  Section section{.name = "working", .title = "The working", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "working",
              .title = "",
              .columns = {{"target", "Target"},
                          {"of", "Of"},
                          {"baseline", "Baseline", ColumnKind::id},
                          {"before", "Count", ColumnKind::number},
                          {"period", "Judged", ColumnKind::id},
                          {"after", "Count", ColumnKind::number},
                          {"percent", "Change, per cent", ColumnKind::number},
                          {"low", "95% from", ColumnKind::number},
                          {"high", "95% to", ColumnKind::number},
                          {"source", "How do we know?", ColumnKind::id}},
              .rows = {},
              .empty_text = ""};
  evidence::Caveats caveats;
  for (const CheckedTarget& each : all) {
    const IndicatorReading& reading = each.reading;
    const auto limit = [&](bool is_low) {
      if (!reading.percent_interval) return Value();
      return tenth(is_low ? reading.percent_interval->low : reading.percent_interval->high);
    };
    table.rows.push_back({each.indicator->title, reading.of, to_text(each.target->baseline), whole(reading.before),
                          to_text(each.target->due), whole(reading.value), tenth(reading.percent), limit(true),
                          limit(false), text_or_nothing(reading.source)});
    for (const evidence::CaveatNote& note : reading.caveats.notes()) caveats.add(note.caveat);
  }
  section.tables.push_back(std::move(table));
  section.notes = caveat_notes(caveats);
  section.notes.emplace_back(
      "Counts are compared as if each were drawn by itself; where they come in bursts, limits are too narrow. A change "
      "says nothing of what the plan did: that needs areas without it (throughline's evaluation, not this).");
  return section;
}

Section incentives_section(const std::vector<CheckedTarget>& all) {
  Section section{
      .name = "incentives", .title = "What each target could reward", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "incentives",
              .title = "",
              .columns = {{"target", "Target"},
                          {"incentive", "What would meet it without anybody being better off"},
                          {"activity", "Counts the police's own work"},
                          {"improving", "May a fall be called better?"}},
              .rows = {},
              .empty_text = ""};
  for (const CheckedTarget& each : all) {
    table.rows.push_back({each.indicator->title, text_or_nothing(each.indicator->incentive),
                          is_police_activity(*each.indicator) ? std::string("yes") : std::string("no"),
                          text_or_nothing(each.improving)});
  }
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace

Answer plan(const Outside& outside, const Settings& settings, const PlanRequest& request) {
  if (request.text.empty() && request.file.empty()) {
    return bad_command("plan_missing", "There is no plan", "the plan",
                       "Give a title, an area, and a target for each thing that is to change");
  }
  const bool is_file = request.text.empty();
  const std::string text = is_file ? TRY(store::read_whole(request.file)) : request.text;
  const Plan read = TRY(evidence::read_plan(text, is_file ? request.file : "the plan"));
  const auto session = TRY(Session::open(outside, settings, "plan"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  const ProfileArea area = TRY(profile_area(world, read.area));
  std::vector<CheckedTarget> all;
  for (const Target& target : read.targets) all.push_back(TRY(checked_of(world, read, target, area)));
  Report report{.verb = "plan", .sections = {}};
  Section head{.name = "plan",
               .title = read.title,
               .facts = {{"area", "Area", area.name}, {"targets", "Targets", std::ssize(all)}},
               .tables = {targets_table(all)},
               .notes = {}};
  const bool is_amiss = std::ranges::any_of(all, [](const CheckedTarget& each) {
    return each.state == TargetState::less || each.state == TargetState::more;
  });
  if (is_amiss) report.outcome = Outcome::done_with_findings;
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, head.tables.front()));
    head.notes.push_back("Written: " + request.output + ".");
  }
  report.sections = {std::move(head), working_section(all), incentives_section(all)};
  return report;
}

}  // namespace throughline::app

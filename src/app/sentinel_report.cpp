#include "app/sentinel_report.h"

#include <fmt/format.h>

#include "app/count_cell.h"
#include "app/figure_report.h"
#include "app/sentinel_words.h"

namespace throughline::app {

namespace {

using evidence::BeforeAfter;
using evidence::OrRefusal;
using evidence::Refusal;

Value share_cell(double share) {
  return Decimal{100 * share, 2};
}

Value share_cell(const std::optional<double>& share) {
  return share ? share_cell(*share) : Value();
}

Value count_cell(const std::optional<std::int64_t>& count) {
  return count ? Value(*count) : Value();
}

std::string reason_of(const Refusal& refusal) {
  return fmt::format("{}: {}", name_of(refusal.rule), refusal.reason);
}

Table patterns_table() {
  return {.name = "patterns",
          .title = "",
          .columns = {{"pattern", "Pattern"},
                      {"is_flagged", "To be looked into", ColumnKind::id},
                      {"seen", "What is seen"},
                      {"if_recording", "If recording or practice changed"},
                      {"if_real", "If what happens changed"}},
          .rows = {},
          .empty_text = ""};
}

void add_pattern(Table& table, const PatternWords& words) {
  table.rows.push_back(
      {words.pattern, std::string(words.is_flagged ? "yes" : "no"), words.seen, words.if_recording, words.if_real});
}

// The words, or the reason why there are none.
template <class Reading, class Say>
void add_reading(Table& table, const OrRefusal<Reading>& reading, const std::string& name, const Say& say) {
  if (const auto* refusal = std::get_if<Refusal>(&reading)) {
    table.rows.push_back({name, Value(), reason_of(*refusal), Value(), Value()});
    return;
  }
  add_pattern(table, say(std::get<Reading>(reading)));
}

Table counts_table() {
  return {.name = "counts",
          .title = "",
          .columns = {{"category", "Category"},
                      {"before", "Before", ColumnKind::number},
                      {"after", "After", ColumnKind::number},
                      {"change", "Change", ColumnKind::number},
                      {"percent", "Per cent", ColumnKind::number},
                      {"refused", "Not given, since"}},
          .rows = {},
          .empty_text = "No two classes were named, and none were known by their words."};
}

void add_counts(Table& table, const std::string& category, const BeforeAfter& counts) {
  const auto change = evidence::percent_change(counts);
  const auto* refusal = std::get_if<Refusal>(&change);
  table.rows.push_back({category, counts.before, counts.after, counts.change(),
                        refusal == nullptr ? Value(Decimal{std::get<double>(change), 1}) : Value(),
                        refusal == nullptr ? Value() : Value(reason_of(*refusal))});
}

Table shares_table() {
  return {.name = "shares",
          .title = "Shares, per cent, with exact intervals",
          .columns = {{"share", "Share"},
                      {"window", "Window", ColumnKind::id},
                      {"percent", "Per cent", ColumnKind::number},
                      {"low", "From", ColumnKind::number},
                      {"high", "To", ColumnKind::number}},
          .rows = {},
          .empty_text = ""};
}

template <class Reading>
void add_shares(Table& table, const std::string& name, const Reading& reading) {
  table.rows.push_back({name, std::string("before"), share_cell(reading.share_before),
                        share_cell(reading.share_before_interval.low), share_cell(reading.share_before_interval.high)});
  table.rows.push_back({name, std::string("after"), share_cell(reading.share_after),
                        share_cell(reading.share_after_interval.low), share_cell(reading.share_after_interval.high)});
}

std::string share_name(const WatchedPair& classes) {
  return fmt::format("{} among {} and {}", classes.second.category, classes.first.category, classes.second.category);
}

std::string part_name(const WatchedPair& parts) {
  return fmt::format("{} in {}", parts.first.category, parts.second.category);
}

Section windows_section(const SentinelFindings& findings) {
  Section section{.name = "windows",
                  .title = "Before and after",
                  .facts = {},
                  .tables = {counts_table(), shares_table()},
                  .notes = {"An interval says what chance alone would do to a share; reclassifying is not chance."}};
  Table& counts = section.tables.front();
  Table& shares = section.tables.back();
  if (findings.moved && std::holds_alternative<evidence::MovedReading>(*findings.moved)) {
    const auto& reading = std::get<evidence::MovedReading>(*findings.moved);
    add_counts(counts, findings.classes->first.category, reading.first);
    add_counts(counts, findings.classes->second.category, reading.second);
    add_shares(shares, share_name(*findings.classes), reading);
  }
  if (findings.bolstered && std::holds_alternative<evidence::BolsteredReading>(*findings.bolstered)) {
    const auto& reading = std::get<evidence::BolsteredReading>(*findings.bolstered);
    add_counts(counts, findings.parts->first.category, reading.part);
    add_counts(counts, findings.parts->second.category, reading.whole);
    add_counts(counts, findings.parts->second.category + ", without it", reading.rest);
    add_shares(shares, part_name(*findings.parts), reading);
  }
  return section;
}

void add_too_large(Section& section, const RecordedInput& input, const std::string& name,
                   const WatchedCourse& watched) {
  if (watched.too_large.empty()) return;
  std::vector<std::string> periods;
  for (const std::size_t period : watched.too_large) periods.push_back(input.table.periods[period]);
  section.notes.push_back(
      fmt::format("{}: left out, since the part is larger than the whole: {}.", name, first_names(periods)));
}

void add_course(Section& section, const RecordedInput& input, const std::string& name, const WatchedCourse& watched) {
  const evidence::ShareCourse& course = watched.course;
  add_too_large(section, input, name, watched);
  const bool is_reckoned = course.periods >= evidence::k_course_periods_min;
  const auto cell = [&](double information) { return is_reckoned ? Value(Decimal{information, 1}) : Value(); };
  section.tables.front().rows.push_back({name, words_of(course.course), static_cast<std::int64_t>(course.periods),
                                         static_cast<std::int64_t>(course.left_out), cell(course.information_level),
                                         cell(course.information_drift), cell(course.information_bend),
                                         cell(course.information_steps)});
  for (const evidence::ShareStep& step : course.steps) {
    section.tables.back().rows.push_back({name, input.table.periods[watched.periods[step.at]], share_cell(step.before),
                                          share_cell(step.after), Decimal{step.p_value, 4}});
  }
}

Section course_section(const RecordedInput& input, const SentinelFindings& findings) {
  Section section{
      .name = "course",
      .title = "How the shares moved",
      .facts = {},
      .tables = {{.name = "courses",
                  .title = "",
                  .columns = {{"share", "Share"},
                              {"course", "Course"},
                              {"periods", "Periods", ColumnKind::number},
                              {"left_out", "Too small to count", ColumnKind::number},
                              {"level", "Criterion, level", ColumnKind::number},
                              {"drift", "Drift", ColumnKind::number},
                              {"bend", "Drift that bends", ColumnKind::number},
                              {"steps", "Steps", ColumnKind::number}},
                  .rows = {},
                  .empty_text = ""},
                 {.name = "steps",
                  .title = "The best steps, also where another course fits better",
                  .columns = {{"share", "Share"},
                              {"from", "From", ColumnKind::id},
                              {"before", "Per cent before", ColumnKind::number},
                              {"after", "After", ColumnKind::number},
                              {"p_value", "P", ColumnKind::number}},
                  .rows = {},
                  .empty_text = "No step that chance would seldom make."}},
      .notes = {
          "Steps say that neither one level nor one drift fits, and about when the share moved; a new rule, system or "
          "practice can make one, and so can an event, a season or a slow wave: where periods hang together, steps "
          "are found more often than P says. The smaller criterion fits better; less than six apart cannot be "
          "told. Periods in which fewer than five of either kind are expected are left out."}};
  if (findings.moved_course) add_course(section, input, share_name(*findings.classes), *findings.moved_course);
  if (findings.bolstered_course) add_course(section, input, part_name(*findings.parts), *findings.bolstered_course);
  return section;
}

Table codes_table(const RecordedInput& input, const evidence::CodeDrift& drift) {
  Table table{.name = "codes",
              .title = "",
              .columns = {{"code", "Code"},
                          {"first", "First seen", ColumnKind::id},
                          {"last", "Last seen", ColumnKind::id},
                          {"before", "Before", ColumnKind::number},
                          {"after", "After", ColumnKind::number},
                          {"share_before", "Per cent before", ColumnKind::number},
                          {"share_after", "After", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  const auto period = [&](const std::optional<std::size_t>& place) {
    return place ? Value(input.table.periods[*place]) : Value();
  };
  for (const evidence::CodeShare& code : drift.codes) {
    table.rows.push_back({code.code, period(code.first), period(code.last), count_cell(code.before),
                          count_cell(code.after), share_cell(code.share_before), share_cell(code.share_after)});
  }
  return table;
}

Section codes_section(const RecordedInput& input, const evidence::CodeDrift& drift) {
  Table renamed{.name = "renamed",
                .title = "One may be the other under a new name",
                .columns = {{"from", "Ends"},
                            {"to", "Begins"},
                            {"at", "At", ColumnKind::id},
                            {"height_before", "A period before", ColumnKind::number},
                            {"height_after", "After", ColumnKind::number}},
                .rows = {},
                .empty_text = "No code ends where another begins at a like height."};
  for (const evidence::RenamedCode& each : drift.renamed) {
    renamed.rows.push_back({each.from, each.to, input.table.periods[each.at], Decimal{each.height_before, 1},
                            Decimal{each.height_after, 1}});
  }
  return {.name = "codes",
          .title = "Codes, by how far their share moved",
          .facts = {{"distance", "Per cent that would have to change their code", share_cell(drift.plain.distance)},
                    {"distance_renamed", "With renamed codes taken for one", share_cell(drift.joined.distance)},
                    {"distance_by_chance", "What chance alone would make of it", share_cell(drift.joined.expected)},
                    {"p_value", "How often chance makes it as large", Decimal{drift.joined.p_value, 4}},
                    {"events_before", "Events before", drift.joined.events_before},
                    {"events_after", "Events after", drift.joined.events_after}},
          .tables = {codes_table(input, drift), std::move(renamed)},
          .notes = {}};
}

// Of every finding.
evidence::Caveats caveats_of(const RecordedInput& input, const SentinelFindings& findings) {
  evidence::Caveats caveats{evidence::Caveat::police_activity};
  const auto unite = [&](const auto& reading) {
    using Reading = std::variant_alternative_t<0, std::decay_t<decltype(*reading)>>;
    if (reading && std::holds_alternative<Reading>(*reading)) caveats.unite(std::get<Reading>(*reading).caveats);
  };
  unite(findings.moved);
  unite(findings.bolstered);
  unite(findings.drift);
  if (!input.table.absent.empty()) caveats.add(evidence::Caveat::absent_not_zero, input.table.absent);
  return caveats;
}

}  // namespace

bool has_pattern(const SentinelFindings& findings) {
  const auto* moved = findings.moved ? std::get_if<evidence::MovedReading>(&*findings.moved) : nullptr;
  const auto* bolstered = findings.bolstered ? std::get_if<evidence::BolsteredReading>(&*findings.bolstered) : nullptr;
  const auto* drift = findings.drift ? std::get_if<evidence::CodeDrift>(&*findings.drift) : nullptr;
  return (moved != nullptr && words_of(*moved, *findings.classes).is_flagged) ||
         (bolstered != nullptr && words_of(*bolstered, *findings.parts).is_flagged) ||
         (drift != nullptr && words_of(*drift).is_flagged);
}

std::vector<Section> sentinel_sections(const RecordedInput& input, const SentinelFindings& findings) {
  Section first{.name = "sentinel",
                .title = "What targets can do to figures",
                .facts = input.facts,
                .tables = {patterns_table()},
                .notes = {}};
  if (!input.table.area.empty()) first.facts.push_back({"area", "Area", input.table.area});
  first.facts.push_back({"before", "Before", window_text(input, findings.windows.before)});
  first.facts.push_back({"after", "After", window_text(input, findings.windows.after)});
  Table& patterns = first.tables.front();
  if (findings.moved) {
    add_reading<evidence::MovedReading>(patterns, *findings.moved, "reclassification",
                                        [&](const auto& reading) { return words_of(reading, *findings.classes); });
  }
  if (findings.bolstered) {
    add_reading<evidence::BolsteredReading>(patterns, *findings.bolstered, part_name(*findings.parts),
                                            [&](const auto& reading) { return words_of(reading, *findings.parts); });
  }
  if (findings.drift) {
    add_reading<evidence::CodeDrift>(patterns, *findings.drift, "drift of codes",
                                     [](const auto& drift) { return words_of(drift); });
  }
  first.notes = {
      "A pattern is a question, not a finding of wrongdoing. These figures alone cannot say which reading is "
      "true; how classes and disposals were decided, an audit of records, seizures, or a series that the police "
      "do not make can.",
      "A flag says that a share changed by more than chance would make of independent events and by enough to be "
      "told: p at most 0.01, and the odds by a quarter with ten events, or a twentieth of a mix of codes. Events that "
      "come many at once make chance look smaller than it is. RECORDING_CHANGE and PERVERSE_INCENTIVE may apply; "
      "nothing in a table of counts says whether they do."};
  first.notes.insert(first.notes.end(), input.notes.begin(), input.notes.end());
  for (std::string& note : caveat_notes(caveats_of(input, findings))) first.notes.push_back(std::move(note));
  std::vector<Section> sections{std::move(first), windows_section(findings), course_section(input, findings)};
  if (findings.drift && std::holds_alternative<evidence::CodeDrift>(*findings.drift)) {
    sections.push_back(codes_section(input, std::get<evidence::CodeDrift>(*findings.drift)));
  }
  return sections;
}

}  // namespace throughline::app

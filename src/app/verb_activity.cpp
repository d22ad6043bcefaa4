// throughline activity: reads the parts together and shows the working.

#include <cmath>

#include <fmt/format.h>

#include "app/activity_input.h"
#include "app/bad_command.h"
#include "app/figure_report.h"
#include "app/small_table.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::JointReading;
using evidence::ReadPart;

constexpr int k_ratio_decimals = 3;

struct PartRow {
  std::string role;
  const ReadPart* part = nullptr;
  std::string universe;
};

Value ratio_cell(const ReadPart& part, double value) {
  return part.ratio && std::isfinite(value) ? Value(Decimal{value, k_ratio_decimals}) : Value();
}

Table parts_table(const std::vector<PartRow>& rows) {
  Table table{.name = "parts",
              .title = "",
              .columns = {{"role", "Part"},
                          {"series", "Series"},
                          {"before", "Before", ColumnKind::number},
                          {"after", "After", ColumnKind::number},
                          {"ratio", "Ratio", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number},
                          {"move", "Went"},
                          {"universe", "Out of"}},
              .rows = {},
              .empty_text = ""};
  for (const PartRow& row : rows) {
    const ReadPart& part = *row.part;
    table.rows.push_back({row.role, part.name, part.counts ? Value(part.counts->before) : Value(),
                          part.counts ? Value(part.counts->after) : Value(), ratio_cell(part, part.ratio.value_or(0)),
                          ratio_cell(part, part.interval.low), ratio_cell(part, part.interval.high),
                          std::string(name_of(part.move)), text_or_nothing(row.universe)});
  }
  return table;
}

Section activity_section(const ActivityParts& parts, const JointReading& reading, const ActivityRequest& request) {
  std::vector<PartRow> rows{{"looked for", &reading.searches, parts.universes.at(0)},
                            {"found, for each search", &reading.hit_rate, parts.universes.at(1)},
                            {"recorded", &reading.recorded, parts.universes.at(2)}};
  for (std::size_t i = 0; i < reading.independent.size(); ++i) {
    rows.push_back({"not from the police", &reading.independent[i], parts.universes.at(3 + i)});
  }
  Section section{.name = "activity",
                  .title = "More looked for, or more there?",
                  .facts = parts.facts,
                  .tables = {parts_table(rows)},
                  .notes = {}};
  section.facts.push_back({"before", "Before", parts.before});
  section.facts.push_back({"after", "After", parts.after});
  section.facts.push_back({"verdict", "Reading", std::string(name_of(reading.verdict))});
  section.facts.push_back({"why", "Why", reading.why});
  section.facts.push_back({"there", "The series not from the police together", std::string(name_of(reading.there))});
  section.notes.push_back(fmt::format(
      "A part went up or down where it moved by {} per cent or more and no change is left out at a level shared out "
      "among the three moves of a verdict (98.3 per cent; the intervals shown are of 95); it stood still "
      "where the interval lies within that. The series count different things and are never joined: only their "
      "directions are read together.",
      request.size_percent));
  section.notes.emplace_back(
      "Searches and hit rate that are not sure count as still where their interval leaves out a move as large as the "
      "one recorded. A series not from the police that is not sure is passed over unless it rules out what the others "
      "say.");
  section.notes.emplace_back(
      "Recorded figures can also move because recording did; the sentinel looks for that. A reading is of these two "
      "periods and says nothing of those between.");
  section.notes.insert(section.notes.end(), parts.notes.begin(), parts.notes.end());
  section.notes.insert(section.notes.end(), reading.refused.begin(), reading.refused.end());
  for (std::string& note : caveat_notes(reading.caveats)) section.notes.push_back(std::move(note));
  return section;
}

Error not_said(std::string what, std::string remedy) {
  return bad_command("activity_not_said", std::move(what), "--input, --national", std::move(remedy));
}

Result<ActivityParts> parts_asked(const ActivityRequest& request) {
  if (request.is_national && !request.input.empty()) {
    return not_said("A table and the national series are both asked for", "Ask for one of them");
  }
  if (request.is_national && !request.independent.empty()) {
    return not_said("Columns of a table are named, and the national series have none", "Leave out --independent");
  }
  if (request.is_national) return activity_of_nation(request);
  if (!request.input.empty()) return activity_of_table(request);
  return not_said("Nothing was given to read", "Name a table, or say --national");
}

}  // namespace

Answer activity(const Outside&, const Settings&, const ActivityRequest& request) {
  const ActivityParts parts = TRY(parts_asked(request));
  const JointReading reading = evidence::joint_reading(parts.input, {.size_min = request.size_percent / 100});
  Report report{.verb = "activity", .sections = {activity_section(parts, reading, request)}};
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections.front().tables.front()));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app

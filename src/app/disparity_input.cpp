#include "app/disparity_input.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/count_cell.h"
#include "app/table_columns.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::GroupTable;
using evidence::GroupTally;

Result<std::int64_t> count_in(const TableColumns& columns, std::size_t row, const std::string& column) {
  static_cast<void>(TRY(columns.name(row, column)));
  return *TRY(count_or_blank(columns.table(), row, column));
}

Result<std::int64_t> people_in(const TableColumns& columns, std::size_t row) {
  const std::int64_t people = TRY(count_in(columns, row, "people"));
  if (people > 0) return people;
  return bad_command("people_none", "A group of nobody has no rate", columns.table().place(row),
                     "Leave the column people blank where nobody was counted");
}

GroupTable& table_for(std::vector<GroupTable>& tables, const std::string& area, const std::string& period) {
  const auto at =
      std::ranges::find_if(tables, [&](const GroupTable& each) { return each.area == area && each.period == period; });
  if (at != tables.end()) return *at;
  GroupTable& made = tables.emplace_back();
  made.area = area;
  made.period = period;
  made.caveats.add(evidence::Caveat::police_activity);
  return made;
}

GroupTally& tally_for(GroupTable& table, const std::string& group) {
  const auto at = std::ranges::find(table.groups, group, &GroupTally::group);
  if (at != table.groups.end()) return *at;
  GroupTally& made = table.groups.emplace_back();
  made.group = group;
  return made;
}

Result<void> add_people(GroupTally& tally, const TableColumns& columns, std::size_t row) {
  if (columns.text(row, "people").empty()) return {};
  const std::int64_t people = TRY(people_in(columns, row));
  if (!tally.people || *tally.people == people) {
    tally.people = people;
    return {};
  }
  return bad_command("people_differ", "The column people holds another number than an earlier row of the same group",
                     columns.table().place(row), "Give one area and period of a group one number of people");
}

// The broad group where the words are those of a publisher; else the user's own.
std::string group_in(const TableColumns& columns, std::size_t row) {
  const std::string words = columns.text(row, "group");
  const auto group = evidence::broad_group(words);
  return group && group->empty() ? std::string() : words;
}

}  // namespace

Result<DisparityInput> read_disparity(const std::string& path, const std::string& area) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(rows, {"group", "events"}, {"area", "period", "outcome", "people"}));
  if (rows.column("area") && !area.empty()) {
    return bad_command("area_in_table", "The table names its areas, and --area would be passed over", "--area",
                       "Leave --area out, or the column area");
  }
  const bool has_outcome = rows.column("outcome").has_value();
  DisparityInput input;
  std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::string row_area = rows.column("area") ? columns.text(row, "area") : area;
    const std::string outcome = columns.text(row, "outcome");
    const std::string period = columns.text(row, "period");
    // Two words that say that the group is not known are added up; a row that stands twice is a mistake.
    if (!seen.emplace(row_area, period, columns.text(row, "group"), outcome).second) {
      return bad_command("row_twice", "A second row has the same area, period, group and outcome", rows.place(row),
                         "Keep one row for each");
    }
    const std::int64_t events = TRY(count_in(columns, row, "events"));
    GroupTally& tally = tally_for(table_for(input.tables, row_area, period), group_in(columns, row));
    tally.events += events;
    if (has_outcome) tally.outcomes.push_back({.words = outcome, .count = events});
    if (tally.group.empty()) continue;
    TRY(add_people(tally, columns, row));
    input.has_people = input.has_people || tally.people.has_value();
  }
  input.facts = {{"file", "File", path}};
  return input;
}

Result<evidence::GroupPopulation> read_group_population(const std::string& path) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(rows, {"group", "people"}, {"area"}));
  evidence::GroupPopulation population{.name = std::filesystem::path(path).filename().string(),
                                       .title = fmt::format("The column people of {}", path),
                                       .limits = "What it counts is what its maker says.",
                                       .people = {},
                                       .codes = {}};
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::string area = columns.text(row, "area");
    const std::string group = TRY(columns.name(row, "group"));
    const std::int64_t people = TRY(people_in(columns, row));
    if (!population.people[area].emplace(group, people).second) {
      return bad_command("row_twice", "A second row has the same area and group", rows.place(row),
                         "Keep one row for each area and group");
    }
    population.codes[base::fold(area)] = {area};
  }
  return population;
}

Result<const evidence::GroupPopulation*> carried_population(const std::string& name) {
  std::vector<std::string> names;
  for (const evidence::GroupPopulation& each : evidence::carried_populations()) {
    if (each.name == name) return &each;
    names.push_back(each.name);
  }
  const auto nearest = base::nearest_name(name, names);
  return bad_command("denominator_unknown", fmt::format("There is no population '{}'", name), "--denominator",
                     (nearest ? fmt::format("Did you mean {}? ", *nearest) : std::string()) +
                         fmt::format("They are {}; or name a table with --population", fmt::join(names, ", ")));
}

}  // namespace throughline::app

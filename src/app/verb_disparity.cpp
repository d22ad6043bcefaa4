// throughline disparity: from a table of counts or the searches of a workspace to ratios, bounds, hit rates and
// disposals, and the same on every other footing that there is.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/count_cell.h"
#include "app/disparity_report.h"
#include "app/disparity_searches.h"
#include "app/small_table.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::GroupTable;

// So many areas and periods are shown on every footing; of more the ratios alone.
constexpr std::size_t k_footings_max = 20;

Result<void> check_options(const DisparityRequest& request) {
  if (request.input.empty()) return {};
  const bool is_of_workspace =
      !request.from.empty() || !request.to.empty() || !request.object.empty() || !request.ethnicity.empty();
  if (!is_of_workspace) return {};
  return bad_command("option_for_workspace",
                     "--from, --to, --object and --ethnicity choose searches of a workspace, and a table was given",
                     "--from, --to, --object, --ethnicity", "Leave them out, or leave out --input");
}

// Areas where the reference has no row have nothing to be held against.
Result<void> check_reference(const std::vector<GroupTable>& tables, const std::string& reference) {
  std::vector<std::string> groups;
  for (const GroupTable& table : tables) {
    for (const evidence::GroupTally& tally : table.groups) {
      if (!tally.group.empty() && std::ranges::find(groups, tally.group) == groups.end()) groups.push_back(tally.group);
    }
  }
  for (const GroupTable& table : tables) {
    if (table.find(reference) != nullptr) continue;
    const auto nearest = base::nearest_name(reference, groups);
    return bad_command(
        "group_unknown",
        fmt::format("There is no group '{}'{}", reference, table.area.empty() ? "" : " in " + table.area),
        "--reference",
        (nearest && *nearest != reference ? fmt::format("Did you mean {}? ", *nearest) : std::string()) +
            fmt::format("The groups are: {}", first_names(groups)));
  }
  return {};
}

std::vector<ReckonedDisparity> reckon(const std::vector<GroupTable>& tables, const DisparityInput& input,
                                      const std::string& reference) {
  std::vector<ReckonedDisparity> all;
  for (const GroupTable& table : tables) {
    const auto name = input.area_names.find(table.area);
    all.push_back({.table = table,
                   .area = name == input.area_names.end() ? table.area : name->second,
                   .figures = evidence::disparity_figures(table, reference)});
  }
  return all;
}

Section choices_section(const DisparityInput& input, const DisparityHead& head) {
  Section section{.name = "choices",
                  .title = "The same on other footings",
                  .facts = {},
                  .tables = {},
                  .notes = {"None of these is the right one for every question. Where they differ, the difference is "
                            "part of the answer."}};
  std::vector<OtherFooting> over;
  for (const ChosenPopulation& each : populations_for(input, head.population)) {
    over.push_back({.name = each.name, .all = reckon(with_people(input.tables, each), input, head.reference)});
  }
  section.tables.push_back(footings_table("denominators", over));
  if (input.other_definition.empty()) return section;
  const std::vector<GroupTable> other = with_people(input.other_definition, head.population);
  std::vector<OtherFooting> defined{{.name = input.basis, .all = over.front().all}};
  if (check_reference(other, head.reference).ok()) {
    defined.push_back({.name = input.other_basis, .all = reckon(other, input, head.reference)});
  }
  section.tables.push_back(footings_table("definitions", defined));
  return section;
}

// Of searches: that the two sides of a rate are defined differently, and groups that stand in no row.
std::vector<std::string> notes_of_searches(const std::vector<ReckonedDisparity>& all,
                                           const ChosenPopulation& population, const DisparityRequest& request) {
  std::vector<std::string> notes;
  if (request.ethnicity != "self" && population.population) {
    notes.emplace_back(
        "The population counts people as they said themselves, and these searches are as the officer saw it: somebody "
        "who "
        "would say one group can be counted in another.");
  }
  for (const ReckonedDisparity& each : all) {
    const std::vector<std::string> unused = unused_groups(each.table, population);
    if (unused.empty()) continue;
    notes.push_back(
        fmt::format("{}: no search is recorded under {}, though residents are: whether that is nought, or a word that "
                    "was not in use, "
                    "nobody can say, so no figure is given.",
                    each.area, fmt::join(unused, ", ")));
  }
  return notes;
}

}  // namespace

Answer disparity(const Outside& outside, const Settings& settings, const DisparityRequest& request) {
  TRY(check_options(request));
  const bool is_workspace = request.input.empty();
  const DisparityInput input = is_workspace ? TRY(searches_of_workspace(outside, settings, request))
                                            : TRY(read_disparity(request.input, request.area));
  const DisparityHead head{.reference = request.reference, .population = TRY(choose_population(input, request))};
  const std::vector<GroupTable> tables = with_people(input.tables, head.population);
  TRY(check_reference(tables, request.reference));
  TRY(outside.interrupt.poll());
  const std::vector<ReckonedDisparity> all = reckon(tables, input, request.reference);
  Report report{.verb = "disparity", .sections = {ratios_section(all, head), unknown_section(all)}};
  Section& first = report.sections.front();
  first.facts.insert(first.facts.begin(), input.facts.begin(), input.facts.end());
  first.notes.insert(first.notes.end(), input.notes.begin(), input.notes.end());
  if (is_workspace) {
    for (std::string& each : notes_of_searches(all, head.population, request)) first.notes.push_back(std::move(each));
  }
  for (Section& each : outcome_sections(all)) report.sections.push_back(std::move(each));
  if (all.size() <= k_footings_max) report.sections.push_back(choices_section(input, head));
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections.front().tables.front()));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app

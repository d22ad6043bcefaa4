// What a workspace holds for the sentinel: recorded offences by borough, and outcomes of searches by force.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/sentinel_input.h"
#include "app/session.h"
#include "evidence/disparity/outcomes.h"
#include "evidence/disparity/tables_searches.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::World;

Error nothing_received(const std::string& what) {
  return bad_command("nothing_received", "There is no month of " + what, "--area, --from, --to",
                     "Ask for an area and months that throughline measure shows as received");
}

evidence::Question question_of(const SentinelRequest& request, const std::string& measure, const std::string& kind) {
  return {.measure = measure, .area = request.area, .area_kind = kind, .from = request.from, .to = request.to};
}

// The offences that were published for the area, or for all areas and those of no area together.
Result<RecordedInput> offences_in(const World& world, const SentinelRequest& request) {
  const evidence::SeriesRequest asked =
      TRY(evidence::resolve(world, question_of(request, "borough-offences", "local-authority")));
  const evidence::SourceFacts& facts = world.facts(evidence::RowSource::observation);
  std::map<std::pair<base::Month, std::string>, std::int64_t> sums;
  for (const evidence::ObservedCount& row : facts.observed) {
    if (!asked.span.contains(row.month)) continue;
    if (!request.area.empty() && row.area != asked.areas.front()) continue;
    sums[{row.month, row.category}] += row.count;
  }
  std::vector<RecordedCount> counts;
  for (const auto& [key, count] : sums) {
    counts.push_back({.span = evidence::single_month(key.first), .category = key.second, .count = count});
  }
  RecordedInput input = recorded_input(counts, false);
  if (input.spans.empty()) return nothing_received("recorded offences");
  input.table.area = request.area.empty() ? "all published areas together, and figures of no area"
                                          : world.areas().find(asked.areas.front())->name;
  input.facts = {{"source", "Recorded offences", std::string(asked.measure->title)},
                 {"release", "From", facts.release}};
  return input;
}

// The warnings for cannabis, and whatever else but no further action came of a search: a part and its whole.
std::vector<evidence::RecordedSeries> bolstering_of(const evidence::RecordedTable& table) {
  evidence::RecordedSeries part{.category = std::string(name_of(evidence::Disposal::cannabis_warning)),
                                .counts = std::vector<std::optional<std::int64_t>>(table.periods.size())};
  evidence::RecordedSeries whole{.category = "any outcome but no further action", .counts = part.counts};
  for (const evidence::RecordedSeries& each : table.series) {
    const auto disposal = evidence::disposal_of(each.category);
    for (std::size_t period = 0; period < table.periods.size(); ++period) {
      if (!each.counts[period]) continue;
      const bool is_part = disposal == evidence::Disposal::cannabis_warning;
      const bool is_in_whole = disposal && evidence::is_hit(*disposal);
      part.counts[period] = part.counts[period].value_or(0) + (is_part ? *each.counts[period] : 0);
      whole.counts[period] = whole.counts[period].value_or(0) + (is_in_whole ? *each.counts[period] : 0);
    }
  }
  return {std::move(part), std::move(whole)};
}

Result<RecordedInput> outcomes_in(const World& world, const SentinelRequest& request) {
  const evidence::SeriesRequest asked = TRY(evidence::resolve(world, question_of(request, "searches", "force")));
  if (asked.areas.size() != 1) {
    return bad_command(
        "area_needed",
        fmt::format("Searches of {} forces were received, and one is watched at a time", asked.areas.size()), "--area",
        "Name one of them; throughline measure searches --by area lists them");
  }
  const evidence::AreaCode force = asked.areas.front();
  const evidence::SourceFacts& facts = world.facts(evidence::RowSource::stop_and_search);
  evidence::SearchQuery query{.extracts = facts.extracts, .forces = {}, .objects = {}, .span = asked.span};
  if (const auto words = facts.force_words.find(force); words != facts.force_words.end()) query.forces = words->second;
  if (query.forces.empty()) return nothing_received("searches");
  std::vector<RecordedCount> counts;
  std::int64_t blank = 0;
  for (const evidence::OutcomeCount& each : TRY(evidence::count_outcomes(*world.view().connection, query))) {
    if (each.words.empty()) {
      blank += each.count;
      continue;
    }
    counts.push_back({.span = evidence::single_month(each.month), .category = each.words, .count = each.count});
  }
  RecordedInput input = recorded_input(counts, true);
  if (input.spans.empty()) return nothing_received("outcomes of searches");
  input.table.area = world.areas().find(force)->name;
  input.derived = bolstering_of(input.table);
  input.facts = {{"source", "Outcomes of searches", "stop and search of data.police.uk, one a row"},
                 {"release", "From", facts.release}};
  if (blank > 0) {
    input.notes.push_back(fmt::format("BLANK_FIELD: {} searches have no recorded outcome and are in no code.", blank));
  }
  return input;
}

}  // namespace

Result<RecordedInput> recorded_in_workspace(const Outside& outside, const Settings& settings,
                                            const SentinelRequest& request) {
  if (!request.of.empty() && request.of != "offences" && request.of != "outcomes") {
    return bad_command("of_unknown", fmt::format("'{}' is not watched", request.of), "--of",
                       "They are offences (recorded, by borough) and outcomes (of searches, by force)");
  }
  const auto session = TRY(Session::open(outside, settings, "sentinel"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures of recording"})));
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  return request.of == "outcomes" ? outcomes_in(world, request) : offences_in(world, request);
}

}  // namespace throughline::app

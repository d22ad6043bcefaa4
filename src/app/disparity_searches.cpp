#include "app/disparity_searches.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/session.h"
#include "base/text.h"
#include "evidence/disparity/searches.h"
#include "evidence/disparity/tables_searches.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::AreaCode;
using evidence::EthnicityBasis;
using evidence::World;

Result<EthnicityBasis> basis_of(const std::string& words) {
  if (words == "officer") return EthnicityBasis::officer;
  if (words == "self") return EthnicityBasis::self;
  return bad_command("ethnicity_unknown", fmt::format("'{}' is no way to define ethnicity", words), "--ethnicity",
                     "They are officer (as the officer saw it) and self (as the person said)");
}

EthnicityBasis other_than(EthnicityBasis basis) {
  return basis == EthnicityBasis::officer ? EthnicityBasis::self : EthnicityBasis::officer;
}

// "2025-04, 2025-06 (and 3 more)".
std::string missing_words(const World& world, AreaCode force, evidence::MonthSpan span) {
  const evidence::Coverage& coverage = world.facts(evidence::RowSource::stop_and_search).coverage;
  std::vector<std::string> missing;
  for (base::Month month = span.begin; month < span.end; month = month + 1) {
    if (!coverage.has(force, month)) missing.push_back(base::to_string(month));
  }
  return base::short_list(missing, {.most = 6});
}

struct ForceSearches {
  evidence::SearchTable chosen;
  evidence::SearchTable other;
};

Result<ForceSearches> searches_of(const World& world, const evidence::SeriesRequest& asked, AreaCode force,
                                  EthnicityBasis basis) {
  const evidence::SourceFacts& facts = world.facts(evidence::RowSource::stop_and_search);
  evidence::SearchQuery query{.extracts = facts.extracts, .forces = {}, .objects = {}, .span = asked.span};
  if (const auto words = facts.force_words.find(force); words != facts.force_words.end()) query.forces = words->second;
  for (const evidence::CategoryUse& use : facts.categories) {
    if (use.slug == asked.category) query.objects.push_back(use.words);
  }
  // Without a name to look for there is nothing to count, and an empty filter would mean every force.
  std::vector<evidence::SearchCount> counts;
  if (!query.forces.empty()) counts = TRY(evidence::count_searches(*world.view().connection, query));
  ForceSearches found{.chosen = evidence::search_table(counts, basis),
                      .other = evidence::search_table(counts, other_than(basis))};
  for (evidence::SearchTable* each : {&found.chosen, &found.other}) {
    each->table.area = force.text();
    each->table.period = to_text(asked.span);
    each->table.absent = missing_words(world, force, asked.span);
  }
  return found;
}

bool has_any_month(const World& world, AreaCode force, evidence::MonthSpan span) {
  const evidence::Coverage& coverage = world.facts(evidence::RowSource::stop_and_search).coverage;
  for (base::Month month = span.begin; month < span.end; month = month + 1) {
    if (coverage.has(force, month)) return true;
  }
  return false;
}

Error nothing_received(const std::string& months) {
  return bad_command("nothing_received", fmt::format("No searches were received for {}", months),
                     "--area, --from, --to", "Ask for months that throughline measure searches shows as received");
}

void add_notes(DisparityInput& input, const ForceSearches& found, const std::string& name) {
  if (found.chosen.vehicle_only > 0) {
    input.notes.push_back(fmt::format("{}: {} searches of vehicles alone are left out; nobody was searched.", name,
                                      found.chosen.vehicle_only));
  }
  if (!found.chosen.unknown_words.empty()) {
    input.notes.push_back(fmt::format("{}: these words are in no broad group and count as not known: {}.", name,
                                      fmt::join(found.chosen.unknown_words, "; ")));
  }
}

}  // namespace

Result<DisparityInput> searches_of_workspace(const Outside& outside, const Settings& settings,
                                             const DisparityRequest& request) {
  const EthnicityBasis basis = TRY(basis_of(request.ethnicity.empty() ? "officer" : request.ethnicity));
  const auto session = TRY(Session::open(outside, settings, "disparity"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures of disproportionality"})));
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  const evidence::SeriesRequest asked = TRY(evidence::resolve(world, {.measure = "searches",
                                                                      .category = request.object,
                                                                      .area = request.area,
                                                                      .area_kind = "force",
                                                                      .from = request.from,
                                                                      .to = request.to}));
  DisparityInput input;
  for (const AreaCode force : asked.areas) {
    if (!has_any_month(world, force, asked.span)) {
      input.notes.push_back(
          fmt::format("{}: nothing was received for these months, so it is left out; that is not nought.",
                      world.areas().find(force)->name));
      continue;
    }
    ForceSearches found = TRY(searches_of(world, asked, force, basis));
    add_notes(input, found, world.areas().find(force)->name);
    input.tables.push_back(std::move(found.chosen.table));
    input.other_definition.push_back(std::move(found.other.table));
    input.area_names[force.text()] = world.areas().find(force)->name;
  }
  if (input.tables.empty()) return nothing_received(to_text(asked.span));
  const std::string object = request.object.empty() ? "whatever was looked for" : request.object;
  input.facts = {{"source", "Searches", "stop and search of data.police.uk, one a row"},
                 {"release", "From", world.facts(evidence::RowSource::stop_and_search).release},
                 {"months", "Months", to_text(asked.span)},
                 {"object", "Looked for", object},
                 {"ethnicity", "Ethnicity", std::string(name_of(basis))}};
  input.basis = std::string(name_of(basis));
  input.other_basis = std::string(name_of(other_than(basis)));
  return input;
}

}  // namespace throughline::app

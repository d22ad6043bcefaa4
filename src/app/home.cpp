#include "app/home.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/session.h"
#include "evidence/stage.h"
#include "ledger/checkpoint.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::AreaCode;
using ledger::RegisteredExtract;

constexpr std::size_t k_arrived_shown_max = 20;
constexpr std::size_t k_gaps_max = 6;  // Gaps between receipts by which a rhythm is judged.

// What arrived last, newest first: files and numbers, and no row of them.
Table arrived_table(const std::vector<RegisteredExtract>& visible,
                    const std::map<ledger::AgencyId, std::string>& agencies) {
  Table table{.name = "arrived",
              .title = "What arrived lately",
              .columns = {{"extract", "Extract", ColumnKind::id},
                          {"source", "Source"},
                          {"agency", "Brought by"},
                          {"coverage", "Covers"},
                          {"received", "Received"},
                          {"rows", "Rows", ColumnKind::number},
                          {"rejected", "Rejected", ColumnKind::number},
                          {"data_class", "Data class"}},
              .rows = {},
              .empty_text = "Nothing was read in yet. Add a file on the page of sources."};
  std::vector<RegisteredExtract> newest = visible;
  std::ranges::sort(newest, [](const RegisteredExtract& one, const RegisteredExtract& other) {
    return std::pair(one.announced.received_at, one.announced.extract.number()) >
           std::pair(other.announced.received_at, other.announced.extract.number());
  });
  if (newest.size() > k_arrived_shown_max) newest.resize(k_arrived_shown_max);
  for (const RegisteredExtract& extract : newest) {
    const ledger::Announcement& announced = extract.announced;
    table.rows.push_back({records::extract_name(announced.content_hash), announced.source, agencies.at(extract.agency),
                          text_or_nothing(announced.coverage), base::to_string(announced.received_at.date()),
                          announced.rows_read, announced.rows_rejected, std::string(code_of(announced.data_class))});
  }
  return table;
}

const char* title_of(evidence::RowSource source) {
  switch (source) {
    case evidence::RowSource::street_crime: return "Street-level offences";
    case evidence::RowSource::stop_and_search: return "Stops and searches";
    case evidence::RowSource::observation: return "Published figures";
  }
  return "";
}

const char* name_of(evidence::RowSource source) {
  switch (source) {
    case evidence::RowSource::street_crime: return "street-crime";
    case evidence::RowSource::stop_and_search: return "stop-and-search";
    case evidence::RowSource::observation: return "published-figures";
  }
  return "";
}

constexpr std::array k_sources = {evidence::RowSource::street_crime, evidence::RowSource::stop_and_search,
                                  evidence::RowSource::observation};

std::string area_name(const evidence::World& world, AreaCode area) {
  const evidence::Area* found = world.areas().find(area);
  return found == nullptr ? area.text() : found->name;
}

// Which months of a source were read again and now stand in another extract.
std::set<std::string> corrected_coverages(const std::vector<RegisteredExtract>& all) {
  std::set<std::string> corrected;
  for (const RegisteredExtract& extract : all) {
    if (extract.superseded_at) corrected.insert(extract.announced.coverage);
  }
  return corrected;
}

// Force × month: "received", "corrected" where an extract of it was superseded, "absent".
Table coverage_table(const evidence::World& world, evidence::RowSource source,
                     const std::vector<RegisteredExtract>& all) {
  const evidence::SourceFacts& facts = world.facts(source);
  const auto span = facts.coverage.span();
  const std::set<std::string> corrected = corrected_coverages(all);
  Table table{.name = fmt::format("coverage-{}", name_of(source)),
              .title = fmt::format("{}: months received", title_of(source)),
              .columns = {{"area", "Area"}, {"area_code", "Code", ColumnKind::id}},
              .rows = {},
              .empty_text = "Nothing of this source was received."};
  if (!span) return table;
  for (base::Month month = span->begin; month < span->end; month = month + 1) {
    table.columns.push_back({base::to_string(month), base::to_words(month)});
  }
  std::map<std::string, AreaCode> by_name;
  for (const AreaCode area : facts.coverage.areas()) by_name.emplace(area_name(world, area) + area.text(), area);
  for (const auto& [key, area] : by_name) {
    std::vector<Value> row = {area_name(world, area), area.text()};
    const auto words = facts.force_words.find(area);
    for (base::Month month = span->begin; month < span->end; month = month + 1) {
      const bool is_corrected =
          words != facts.force_words.end() && std::ranges::any_of(words->second, [&](const std::string& word) {
            return corrected.contains(word + " " + base::to_string(month));
          });
      const char* state = is_corrected ? "corrected" : "received";
      row.emplace_back(std::string(facts.coverage.has(area, month) ? state : "absent"));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

struct Expected {
  std::string area;
  std::string source;
  base::Month month;
  base::Date due;
  std::string why;
};

// When a force's next month should come: as long after its end as the median of the last months took. Nothing where
// fewer than three months tell of a rhythm.
std::optional<std::int32_t> usual_delay_days(const std::map<base::Month, base::Date>& received) {
  constexpr std::size_t k_months_min = 3;
  std::vector<std::int32_t> delays;
  for (auto at = received.rbegin(); at != received.rend() && delays.size() < k_gaps_max; ++at) {
    delays.push_back(at->second - at->first.last_day());
  }
  if (delays.size() < k_months_min) return std::nullopt;
  std::ranges::sort(delays);
  return delays[delays.size() / 2];
}

// Extracts by source and coverage, "Kent Police 2025-01": the day on which each month of each first came.
using Receipts = std::map<std::pair<std::string, std::string>, std::map<base::Month, base::Date>>;

Receipts receipts_of(const std::vector<RegisteredExtract>& all) {
  constexpr std::size_t k_month_letters = 7;
  Receipts receipts;
  for (const RegisteredExtract& extract : all) {
    const std::string& coverage = extract.announced.coverage;
    if (coverage.size() <= k_month_letters || !extract.confirmed_at) continue;
    const auto month = base::parse_month(coverage.substr(coverage.size() - k_month_letters));
    if (!month) continue;
    const std::string holder = coverage.substr(0, coverage.size() - k_month_letters - 1);
    const base::Date day = extract.announced.received_at.date();
    const auto [at, is_new] = receipts[{extract.announced.source, holder}].try_emplace(*month, day);
    if (!is_new) at->second = std::min(at->second, day);
  }
  return receipts;
}

Table missing_table(const std::vector<RegisteredExtract>& all, base::Date today) {
  Table table{.name = "missing",
              .title = "What should have come and did not",
              .columns = {{"holder", "From"},
                          {"source", "Source"},
                          {"month", "Month"},
                          {"due", "Expected by"},
                          {"why", "Why it is expected"}},
              .rows = {},
              .empty_text = "Nothing is overdue by its own rhythm."};
  for (const auto& [key, received] : receipts_of(all)) {
    const auto& [source, holder] = key;
    const base::Month first = received.begin()->first;
    const base::Month last = received.rbegin()->first;
    for (base::Month month = first; month < last; month = month + 1) {
      if (received.contains(month)) continue;
      table.rows.push_back(
          {holder, source, base::to_string(month), Value(), std::string("Months before and after it were received")});
    }
    const auto delay = usual_delay_days(received);
    if (!delay) continue;
    const base::Date due = (last + 1).last_day() + *delay;
    if (due >= today) continue;
    table.rows.push_back({holder, source, base::to_string(last + 1), base::to_string(due),
                          fmt::format("Its months usually come {} days after they end", *delay)});
  }
  return table;
}

Result<Section> head_section(Session& session) {
  const ledger::PublicKey key = ledger::public_half(session.ledger().keyring().signing_key());
  const ledger::Checkpoint head = TRY(ledger::read_checkpoint(TRY(session.ledger().log().checkpoint()), key));
  return Section{
      .name = "log",
      .title = "The audit log",
      .facts = {{"entries", "Entries", head.size}, {"root", "Root of the newest signed head", head.root.hex()}},
      .tables = {},
      .notes = session.recovered()};
}

}  // namespace

Answer home(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "home"));
  static_cast<void>(TRY(session->may({.object = "what changed"})));
  const std::map<ledger::AgencyId, std::string> agencies = TRY(session->ledger().agencies());
  const std::vector<RegisteredExtract> visible = TRY(session->visible());
  std::vector<RegisteredExtract> all = TRY(ledger::registry(session->ledger()));
  std::erase_if(all, [&](const RegisteredExtract& extract) {
    return !extract.confirmed_at || (settings.as_of && extract.confirmed_at->date() > *settings.as_of);
  });
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  const base::Date today = settings.as_of.value_or(outside.clock.now().date());
  Report report{.verb = "home", .sections = {}};
  Section news{.name = "news", .title = "What changed", .facts = {}, .tables = {}, .notes = {}};
  news.tables = {arrived_table(visible, agencies), missing_table(all, today)};
  Section coverage{.name = "coverage", .title = "Which months there are", .facts = {}, .tables = {}, .notes = {}};
  for (const evidence::RowSource source : k_sources) {
    coverage.tables.push_back(coverage_table(world, source, all));
  }
  coverage.notes = {"An absent month was not received: it is not a month without offences."};
  report.sections = {std::move(news), std::move(coverage), TRY(head_section(*session))};
  if (!report.sections.front().tables.back().rows.empty()) report.outcome = Outcome::done_with_findings;
  return report;
}

}  // namespace throughline::app

#include "app/profile_partners.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace throughline::app {

namespace {

// Specified authorities, and others who have a part: Police, Crime, Sentencing and Courts Act 2022, part 2, chapter 1.
struct Partner {
  std::string_view name;
  std::string_view part;
  std::array<std::string_view, 6> mappings;  // Of the kinds of extract that could be its own; empty ones are none.
};

constexpr std::array<Partner, 8> k_partners{{
    {"Police",
     "specified",
     {"crime-reports", "custody-records", "intelligence-3x5x2", "missing-episodes", "drug-seizures", "cash-seizures"}},
    {"Local authority",
     "specified",
     {"support-referrals", "nrm-referrals", "antisocial-behaviour", "premises-closures"}},
    {"Health", "specified", {"emergency-attendances", "hospital-admissions", "drug-treatment"}},
    {"Youth offending team", "specified", {}},
    {"Probation", "specified", {}},
    {"Fire and rescue", "specified", {}},
    {"Schools and colleges", "to be consulted", {"school-attendance", "school-exclusions"}},
    {"Prisons", "to be consulted", {"prison-releases"}},
}};

struct Brought {
  std::int64_t extracts = 0;
  std::optional<base::Date> last{};
};

Brought brought_by(const Partner& partner, const std::vector<ledger::RegisteredExtract>& registry) {
  Brought brought;
  for (const ledger::RegisteredExtract& extract : registry) {
    if (extract.state != ledger::BatchState::confirmed || extract.superseded_at) continue;
    const std::string_view mapping(extract.announced.mapping);
    const std::string_view name = mapping.substr(0, mapping.find(' '));
    if (name.empty() || std::ranges::find(partner.mappings, name) == partner.mappings.end()) continue;
    ++brought.extracts;
    const base::Date received = extract.announced.received_at.date();
    if (!brought.last || *brought.last < received) brought.last = received;
  }
  return brought;
}

std::string readable(const Partner& partner) {
  std::vector<std::string_view> names;
  std::ranges::copy_if(partner.mappings, std::back_inserter(names),
                       [](std::string_view name) { return !name.empty(); });
  return names.empty() ? "nothing yet: describe its file in a mapping" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Section partners_section(const std::vector<ledger::RegisteredExtract>& registry) {
  Section section{.name = "partners", .title = "Who has brought what", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "partners",
              .title = "",
              .columns = {{"partner", "Partner"},
                          {"part", "Under the duty"},
                          {"readable", "Kinds of extract that can be read"},
                          {"extracts", "Here", ColumnKind::number},
                          {"last", "Last received"}},
              .rows = {},
              .empty_text = ""};
  for (const Partner& partner : k_partners) {
    const Brought brought = brought_by(partner, registry);
    table.rows.push_back({std::string(partner.name), std::string(partner.part), readable(partner), brought.extracts,
                          brought.last ? Value(base::to_string(*brought.last)) : Value()});
  }
  section.tables.push_back(std::move(table));
  section.notes.emplace_back(
      "By kind of extract, of every area and agency in this workspace: an extract does not say for which area its "
      "agency speaks. A partner without one may hold much that nobody has asked for.");
  return section;
}

}  // namespace throughline::app

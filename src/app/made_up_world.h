// A clock that a test sets, secret bytes that are always the same, no progress, and a folder to work in. Only
// *_test.cpp includes this.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "app/verbs.h"
#include "base/source_folder.h"
#include "ledger/made_up_ledger.h"
#include "store/testing_folder.h"

namespace throughline::app {

// Two people of one agency, for what is kept for a person.
inline const ledger::Account k_ann{.id = ledger::AccountId(7),
                                   .name = "ann",
                                   .person_name = "",
                                   .agency = ledger::AgencyId(1),
                                   .agency_name = "",
                                   .roles = {ledger::Role::analyst}};
inline const ledger::Account k_bob{.id = ledger::AccountId(8),
                                   .name = "bob",
                                   .person_name = "",
                                   .agency = ledger::AgencyId(1),
                                   .agency_name = "",
                                   .roles = {ledger::Role::administrator}};

struct MadeUpWorld {
  store::TestingFolder folder;
  ledger::SetClock clock;
  ledger::SeededEntropy entropy;
  base::Progress progress;
  base::Interrupt interrupt;
  Outside outside{.clock = clock, .entropy = entropy, .progress = progress, .interrupt = interrupt};
  Settings settings;

  MadeUpWorld() {
    settings.workspace = (folder.path() / "w").string();
    settings.login = "founder";
    settings.threads = 1;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
  // The path of a file that holds the text.
  std::string put(const std::string& name, const std::string& text) const {
    store::put_bytes(path(name), text);
    return path(name);
  }
  // The settings of somebody else.
  [[nodiscard]] Settings as(const std::string& account) const {
    Settings other = settings;
    other.account = account;
    return other;
  }
  Report founded() const { return init(outside, settings, {.agency = "Example Council"}).value(); }
  // Reads the bundled offences by borough and the look-up that places them; with them files of the same folder.
  void read_boroughs(const std::vector<std::string>& more = {}) const {
    const std::string examples = std::string(base::k_source_folder) + "/examples/home_counties/";
    IngestRequest request{
        .files = {examples + "reference/lad_csp_pfa_lookup_dec2016.csv.gz",
                  examples + "borough_counts/mps_borough_month_drugs_weapons_robbery_violence.csv.gz"},
        .mapping = {},
        .supersedes = {},
        .received = {}};
    for (const std::string& file : more) request.files.push_back(examples + file);
    static_cast<void>(ingest(outside, settings, request).value());
  }
  Report run_accounts(const AccountsRequest& request) const { return accounts(outside, settings, request).value(); }
  void add_account(const std::string& name, const std::string& role) const {
    static_cast<void>(run_accounts(
        {.act = "add", .name = name, .person_name = "A person", .agency = "Example Police", .role = role}));
  }
};

inline const Section& section_of(const Report& report, const std::string& name) {
  for (const Section& section : report.sections) {
    if (section.name == name) return section;
  }
  static const Section none;
  return none;
}

inline Value fact_of(const Report& report, const std::string& section, const std::string& name) {
  for (const Fact& fact : section_of(report, section).facts) {
    if (fact.name == name) return fact.value;
  }
  return "there is no such fact";
}

// The value of a row by its column's name; the row's number counts from 0.
inline Value cell_of(const Table& table, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return table.rows.at(row).at(i);
  }
  return "there is no such column";
}

}  // namespace throughline::app

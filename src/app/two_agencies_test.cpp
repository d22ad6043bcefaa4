// What one agency sees and can do of another's personal data, through the verbs themselves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/made_up_world.h"
#include "app/session.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

const std::string k_file = std::string(base::k_source_folder) + "/examples/agencies/crime_reports.csv";

// The police brought in an extract about people; the council founded the workspace.
struct TwoAgenciesTest : testing::Test, MadeUpWorld {
  std::string extract;

  TwoAgenciesTest() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("watcher", "auditor");
    add_account("chief", "administrator");
    EXPECT_TRUE(ingest(outside, for_people("acole"), reading(k_file)).ok());
    extract = std::get<std::string>(cell_of(listed("acole"), 0, "extract"));
  }
  [[nodiscard]] Settings for_people(const std::string& account) const {
    Settings how = as(account);
    how.purpose = "PROTECT";
    how.reason = "a referral";
    return how;
  }
  [[nodiscard]] Table listed(const std::string& account) const {
    return section_of(records(outside, as(account), {}).value(), "extracts").tables.at(0);
  }
  [[nodiscard]] base::Error refusal(const Answer& answer) const {
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? base::Error{} : answer.error();
  }
  static IngestRequest reading(const std::string& file, const std::string& supersedes = {}) {
    return {.files = {file}, .mapping = {}, .supersedes = supersedes, .received = {}};
  }
  // The same rows in other bytes: an empty line more.
  [[nodiscard]] std::string altered() const {
    const std::string copy = path("altered.csv");
    std::filesystem::copy_file(k_file, copy);
    std::ofstream(copy, std::ios::app) << "\n";
    return copy;
  }
};

TEST_F(TwoAgenciesTest, of_another_agency_an_extract_is_listed_without_its_files_name_and_its_rows_are_refused) {
  const Table own = listed("acole");
  const Table others = listed("founder");
  EXPECT_EQ(cell_of(own, 0, "file"), Value("crime_reports.csv"));
  EXPECT_EQ(cell_of(others, 0, "file"), Value());
  EXPECT_EQ(cell_of(others, 0, "agency"), Value("Example Police"));
  EXPECT_EQ(cell_of(others, 0, "rows"), cell_of(own, 0, "rows"));
  EXPECT_TRUE(records(outside, for_people("acole"), {.name = extract}).ok());
  const base::Error rows = refusal(records(outside, for_people("founder"), {.name = extract}));
  EXPECT_EQ(rows.code, "refused");
  EXPECT_THAT(rows.what, testing::HasSubstr("rule 311"));
  EXPECT_EQ(refusal(records(outside, as("founder"), {.name = extract, .is_rejections = true})).code, "refused");
  EXPECT_EQ(refusal(trace(outside, for_people("founder"), {.name = extract})).code, "refused");
}

TEST_F(TwoAgenciesTest, a_record_of_another_agency_is_refused_by_every_way_to_it) {
  const Report rows = records(outside, for_people("acole"), {.name = extract}).value();
  const std::string record = std::get<std::string>(cell_of(section_of(rows, "rows").tables.at(0), 0, "record"));
  EXPECT_TRUE(records(outside, for_people("acole"), {.name = record}).ok());
  EXPECT_EQ(refusal(records(outside, for_people("founder"), {.name = record})).code, "refused");
  EXPECT_EQ(refusal(trace(outside, for_people("founder"), {.name = record})).code, "refused");
  Settings governing = for_people("founder");
  governing.purpose = "GOVERN";
  EXPECT_EQ(refusal(erase(outside, governing, {.records = {record}, .basis = "UKGDPR_ART17"})).code, "refused");
}

// An agency begins its own mapping from a built-in one and forgets to rename it.
TEST_F(TwoAgenciesTest, personal_rows_are_not_read_in_under_the_name_of_a_published_mapping) {
  std::ifstream built_in(std::string(base::k_source_folder) + "/mappings/police-uk-street.toml");
  std::string toml((std::istreambuf_iterator<char>(built_in)), std::istreambuf_iterator<char>());
  const std::string published = "data_class = \"published\"";
  ASSERT_NE(toml.find(published), std::string::npos);
  toml.replace(toml.find(published), published.size(), "data_class = \"sensitive\"");
  const std::string mapping = path("own.toml");
  std::ofstream(mapping) << toml;
  const std::string file = path("2025-01-essex-street.csv");
  std::ofstream(file) << "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
                         "Crime type,Last outcome category,Context\n"
                         ",2025-01,Essex Police,Essex Police,0.45,51.57,On or near High Street,E01021216,Basildon 001A,"
                         "Burglary,,\n";
  const IngestRequest request{.files = {file}, .mapping = mapping, .supersedes = {}, .received = {}};
  const base::Error error = refusal(ingest(outside, for_people("acole"), request));
  EXPECT_EQ(error.code, "mapping_faulty");
  EXPECT_THAT(error.what, testing::HasSubstr("\"police-uk-street\" is the name of a built-in mapping; give your own "
                                             "another name, such as \"own-police-uk-street\""));
  EXPECT_EQ(listed("acole").rows.size(), 1U) << "nothing of it";
}

TEST_F(TwoAgenciesTest, a_source_of_another_agency_is_left_out_of_quality) {
  const std::string source = std::get<std::string>(cell_of(listed("acole"), 0, "source"));
  const std::string name = source.substr(0, source.find(' '));
  EXPECT_FALSE(section_of(quality(outside, as("acole"), {}).value(), "quality").tables.at(0).rows.empty());
  EXPECT_EQ(refusal(quality(outside, as("founder"), {.source = name})).code, "source_unknown");
}

TEST_F(TwoAgenciesTest, of_two_agencies_neither_corrects_the_others_personal_extract) {
  const std::string file = altered();
  const auto corrected = ingest(outside, for_people("founder"), reading(file, extract));
  EXPECT_EQ(refusal(corrected).code, "refused");
  EXPECT_TRUE(ingest(outside, for_people("founder"), reading(file)).ok());
  const Table both = listed("acole");
  ASSERT_EQ(both.rows.size(), 2U);
  EXPECT_EQ(cell_of(both, 0, "state"), Value("stands"));
  EXPECT_EQ(cell_of(both, 1, "state"), Value("stands"));
}

TEST_F(TwoAgenciesTest, the_content_that_another_agency_brought_in_is_not_told_to_be_known) {
  EXPECT_EQ(refusal(ingest(outside, for_people("founder"), reading(k_file))).code, "refused");
}

TEST_F(TwoAgenciesTest, an_auditor_reads_what_their_own_agency_did_and_the_founding_one_all) {
  const auto rows_of = [&](const std::string& account) {
    return section_of(audit(outside, as(account), {.act = "show", .rows_max = 100}).value(), "log").tables.at(0);
  };
  const Table own = rows_of("watcher");
  const Table all = rows_of("founder");
  EXPECT_GT(own.rows.size(), 0U);
  EXPECT_LT(own.rows.size(), all.rows.size());
  for (std::size_t i = 0; i < own.rows.size(); ++i) EXPECT_NE(cell_of(own, i, "account"), Value("founder"));
  EXPECT_EQ(refusal(audit(outside, as("watcher"), {.act = "show", .entry = 0})).code, "refused");
  EXPECT_TRUE(audit(outside, as("founder"), {.act = "show", .entry = 0}).ok());
}

TEST_F(TwoAgenciesTest, a_proof_tells_who_acted_only_to_those_who_may_know) {
  const auto leaf_seen_by = [&](const std::string& account, std::int64_t entry) {
    const Report proof = audit(outside, as(account), {.act = "prove", .entry = entry}).value();
    EXPECT_NE(fact_of(proof, "inclusion", "leaf_hash"), Value("there is no such fact")) << "every role can check it";
    return fact_of(proof, "inclusion", "leaf") != Value("there is no such fact");
  };
  EXPECT_TRUE(leaf_seen_by("founder", 0));
  EXPECT_FALSE(leaf_seen_by("watcher", 0)) << "the founder's entry";
  EXPECT_FALSE(leaf_seen_by("acole", 0));
  // The entry that refuses the analyst a look at the log is their own.
  static_cast<void>(refusal(audit(outside, as("acole"), {.act = "show"})));
  const auto entries =
      std::get<std::int64_t>(fact_of(audit(outside, as("founder"), {.act = "show"}).value(), "log", "entries"));
  EXPECT_TRUE(leaf_seen_by("acole", entries - 2)) << "whoever acted may hand the proof on";
  EXPECT_TRUE(leaf_seen_by("watcher", entries - 2)) << "an auditor of their agency";
}

TEST_F(TwoAgenciesTest, an_administrator_sees_and_changes_the_accounts_of_their_own_agency) {
  const Table own = section_of(accounts(outside, as("chief"), {}).value(), "accounts").tables.at(0);
  EXPECT_EQ(own.rows.size(), 3U);
  const AccountsRequest grant{.act = "grant", .name = "founder", .role = "practitioner"};
  EXPECT_EQ(refusal(accounts(outside, as("chief"), grant)).code, "refused");
  EXPECT_TRUE(accounts(outside, as("chief"), {.act = "grant", .name = "acole", .role = "practitioner"}).ok());
  AccountsRequest addition{.act = "add", .name = "new", .person_name = "A person", .agency = "Example Council"};
  EXPECT_EQ(refusal(accounts(outside, as("chief"), addition)).code, "refused");
  addition.agency = "Yet Another";
  EXPECT_EQ(refusal(accounts(outside, as("chief"), addition)).code, "refused") << "an agency of its own making";
  EXPECT_EQ(refusal(compact(outside, as("chief"))).code, "refused") << "the workspace is everybody's";
}

}  // namespace
}  // namespace throughline::app

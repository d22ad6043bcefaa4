// Every made-up extract of examples/agencies through the product: read in, judged, traced, linked; and what one agency
// is told of another's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "app/session.h"
#include "base/source_folder.h"
#include "linkage/tables.h"
#include "records/model.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

const std::filesystem::path k_agencies = std::string(base::k_source_folder) + "/examples/agencies";

const std::vector<std::string> k_files = {
    "custody_records",   "nrm_referrals",        "support_referrals",     "call_records",        "drug_seizures",
    "anpr_reads",        "drug_treatment",       "emergency_attendances", "hospital_admissions", "school_attendance",
    "school_exclusions", "antisocial_behaviour", "premises_closures",     "cash_seizures",       "prison_releases"};

const WhoRequest k_client{.forename = "Examplo", .surname = "Mockford", .birth = "1995-08-04"};
const WhoRequest k_child{.forename = "Testwin", .surname = "Notrealson", .birth = "2012-10-11"};

// The hub read all of them in, and the council, which founded the workspace, nothing.
struct KindsWorld : MadeUpWorld {
  KindsWorld() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("bdean", "analyst");
    std::vector<std::string> files;
    for (const std::string& name : k_files) files.push_back((k_agencies / (name + ".csv")).string());
    const Answer answer =
        ingest(outside, asking("acole"), {.files = files, .mapping = {}, .supersedes = {}, .received = {}});
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    linked = link(outside, asking("acole"), {.act = "run"}).ok();
  }
  [[nodiscard]] Settings asking(const std::string& account) const {
    Settings how = as(account);
    how.purpose = "PROTECT";
    how.reason = "a made-up reason";
    return how;
  }
  [[nodiscard]] Table extracts() const {
    return section_of(records(outside, as("acole"), {}).value(), "extracts").tables.at(0);
  }
  bool linked = false;
};

KindsWorld& world() {
  static KindsWorld k_world;
  return k_world;
}

std::set<std::string> column(const Table& table, const std::string& name) {
  std::set<std::string> values;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const Value value = cell_of(table, i, name);
    if (const auto* text = std::get_if<std::string>(&value)) values.insert(*text);
  }
  return values;
}

// The rows of a file that faults.csv says must be refused.
std::int64_t refused_in(const std::string& file) {
  std::ifstream listed(k_agencies / "faults.csv");
  std::set<std::string> lines;
  for (std::string row; std::getline(listed, row);) {
    const bool is_refused =
        row.find(",cannot be typed,") != std::string::npos || row.find(",too long,") != std::string::npos;
    if (!is_refused || !row.starts_with(file + ",")) continue;
    lines.insert(row.substr(file.size() + 1, row.find(',', file.size() + 1) - file.size() - 1));
  }
  return static_cast<std::int64_t>(lines.size());
}

TEST(AgencyKinds, are_read_in_and_refused_in_the_rows_that_are_listed) {
  const Table table = world().extracts();
  ASSERT_EQ(table.rows.size(), k_files.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto rejected = std::get<std::int64_t>(cell_of(table, i, "rejected"));
    const std::string file = std::get<std::string>(cell_of(table, i, "file"));
    EXPECT_EQ(rejected, refused_in(file)) << file;
    EXPECT_GT(rejected, 0) << file;
    EXPECT_GT(std::get<std::int64_t>(cell_of(table, i, "rows")), 3 * rejected) << file;
  }
}

TEST(AgencyKinds, have_each_record_traced_to_its_line) {
  const Table table = world().extracts();
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::string extract = std::get<std::string>(cell_of(table, i, "extract"));
    const Report report = records(world().outside, world().asking("acole"), {.name = extract, .rows_max = 1}).value();
    const std::string record = std::get<std::string>(cell_of(section_of(report, "rows").tables.at(0), 0, "record"));
    EXPECT_TRUE(trace(world().outside, world().asking("acole"), {.name = record}).ok()) << record;
  }
}

TEST(AgencyKinds, have_their_quality_told_by_source) {
  const Report report = quality(world().outside, world().as("acole"), {}).value();
  EXPECT_EQ(section_of(report, "quality").tables.at(0).rows.size(), k_files.size());
}

std::set<std::string> capacities_seen(const std::string& account, const WhoRequest& asked) {
  const Report found = who(world().outside, world().asking(account), asked).value();
  return column(section_of(found, "who").tables.at(0), "capacity");
}

TEST(AgencyKinds, show_their_people_in_the_capacity_in_which_each_agency_knows_them) {
  ASSERT_TRUE(world().linked);
  const WhoRequest detained{.forename = "Inventa", .surname = "Prototypeworth", .birth = "2000-01-10"};
  EXPECT_THAT(capacities_seen("acole", detained), IsSupersetOf({"detained", "patient"}));
  EXPECT_THAT(capacities_seen("acole", k_child), IsSupersetOf({"referred", "patient", "named"}));
  EXPECT_THAT(capacities_seen("acole", k_client), IsSupersetOf({"in treatment", "patient", "referred"}));
  for (const WhoRequest& each : {detained, k_child, k_client}) {
    EXPECT_THAT(capacities_seen("acole", each), Not(Contains("suspected"))) << "nothing in these files says so";
    EXPECT_THAT(capacities_seen("acole", each), Not(Contains("harmed"))) << "nothing in these files says so";
  }
}

TEST(Capacities, of_one_mention_are_those_of_its_roles_and_none_takes_anothers_place) {
  using linkage::Capacity;
  using records::Role;
  const auto capacities = [](std::initializer_list<Role> roles) {
    linkage::Mention mention;
    for (const Role role : roles) mention.roles |= static_cast<std::uint32_t>(role);
    return linkage::capacities_of(mention);
  };
  EXPECT_THAT(capacities({Role::detained}), ElementsAre(Capacity::detained));
  EXPECT_THAT(capacities({Role::patient}), ElementsAre(Capacity::patient));
  EXPECT_THAT(capacities({Role::in_treatment}), ElementsAre(Capacity::in_treatment));
  EXPECT_THAT(capacities({Role::victim, Role::suspect, Role::referred, Role::detained}),
              ElementsAre(Capacity::harmed, Capacity::suspected, Capacity::referred, Capacity::detained));
  for (const Role role : {Role::pupil, Role::holder, Role::occupant, Role::released, Role::called, Role::seen}) {
    EXPECT_THAT(capacities({role}), ElementsAre(Capacity::named));
  }
}

// Somebody else's patient: the council asks for a person of the treatment file by name and birth.
TEST(AgencyKinds, tell_no_other_agency_who_is_a_patient_or_in_treatment) {
  const std::set<std::string> told = capacities_seen("founder", k_client);
  EXPECT_THAT(told, Contains("referred"));
  EXPECT_THAT(told, Not(Contains("in treatment")));
  EXPECT_THAT(told, Not(Contains("patient")));
}

TEST(AgencyKinds, show_what_came_of_a_referral_in_the_story_of_a_person) {
  const Report found = who(world().outside, world().asking("acole"), k_child).value();
  const auto person = std::get<std::string>(cell_of(section_of(found, "who").tables.at(0), 0, "person"));
  const Report report = link(world().outside, world().asking("acole"), {.act = "entity", .names = {person}}).value();
  for (const Table& table : section_of(report, "entity").tables) {
    if (table.name != "story") continue;
    EXPECT_THAT(column(table, "outcome"), IsSupersetOf({"Accepted", "Refused"}));
  }
}

}  // namespace
}  // namespace throughline::app

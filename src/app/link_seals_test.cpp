// What one agency sees of another's records: nothing of those under seal, no value of the rest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/made_up_linkage.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

struct LinkSeals : LinkageVerbs {};

TEST_F(LinkSeals, what_stands_under_seal_is_found_by_its_own_agency_and_by_nobody_else) {
  const WhoRequest sealda{.forename = "Sealda", .surname = "Hiddenham", .birth = "1990-03-03"};
  const Settings own = asking("acole", "PROTECT");
  const Settings other = asking("founder", "PROTECT");
  ASSERT_FALSE(people(own, sealda).rows.empty());
  EXPECT_TRUE(people(other, sealda).rows.empty());
  const std::string person = first_person(own, sealda);
  EXPECT_EQ(records_of(own, person).rows.size(), 1U);
  const base::Error entity = refusal(link(outside, other, {.act = "entity", .names = {person}}));
  EXPECT_EQ(entity.code, "sealed");
  EXPECT_THAT(entity.message(), Not(HasSubstr("Police")));
  EXPECT_THAT(entity.message(), Not(HasSubstr("Specimen")));
  EXPECT_EQ(refusal(link(outside, other, {.act = "history", .names = {person}})).code, "sealed");
  const std::vector<std::string> sealed = mentions_of("Sealda");
  const std::vector<std::string> open = mentions_of("Quillon");
  ASSERT_EQ(sealed.size(), 1U);
  EXPECT_EQ(refusal(link(outside, other, {.act = "explain", .names = {sealed[0], open[0]}})).code, "sealed");
  EXPECT_EQ(refusal(review(outside, other, {.act = "judge", .names = {sealed[0], open[0]}, .verdict = "same"})).code,
            "sealed");
}

TEST_F(LinkSeals, no_certificate_of_what_stands_under_seal_goes_to_another_agency) {
  const std::vector<std::string> names = {mentions_of("Sealda").at(0), mentions_of("Quillon").at(0)};
  const Settings own = asking("acole", "PROTECT");
  const Settings other = asking("founder", "PROTECT");
  const std::string file = path("sealed.json");
  EXPECT_EQ(refusal(link(outside, other, {.act = "certificate", .names = names})).code, "sealed");
  EXPECT_EQ(refusal(link(outside, other, {.act = "certificate", .names = names, .output = file})).code, "sealed");
  EXPECT_FALSE(std::filesystem::exists(file));
  ASSERT_TRUE(link(outside, own, {.act = "certificate", .names = names, .output = file}).ok());
  EXPECT_EQ(refusal(link(outside, other, {.act = "replay", .names = {file}})).code, "sealed");
}

// What was typed in place of a record's name may be a person's: it is refused before anything is noted of it.
TEST_F(LinkSeals, what_is_no_name_of_a_record_reaches_no_log) {
  const Settings denied = asking("chief", "PROTECT");
  for (const std::string& typed : {std::string("Quillon"), std::string("Quillon:1.0")}) {
    const std::vector<std::string> names = {typed, mentions_of("Quillon").at(0)};
    EXPECT_EQ(refusal(link(outside, denied, {.act = "certificate", .names = names})).code, "mention_unknown");
    EXPECT_EQ(refusal(link(outside, denied, {.act = "explain", .names = names})).code, "mention_unknown");
    EXPECT_EQ(refusal(review(outside, denied, {.act = "judge", .names = names, .verdict = "same"})).code,
              "mention_unknown");
  }
  const Report log = audit(outside, as("founder"), {.act = "show", .rows_max = 50}).value();
  for (const std::string& object : column(log.sections.front().tables.front(), "object")) {
    EXPECT_THAT(object, Not(HasSubstr("Quillon")));
  }
}

// Whoever counts errors by a look-up of their own making could else ask where somebody under seal lives.
TEST_F(LinkSeals, a_deprivation_look_up_tells_nothing_of_an_address_under_seal) {
  const std::string sealda = mentions_of("Sealda").at(0);
  for (const std::string& other : mentions_of("Quillon")) {
    for (const char* account : {"acole", "bdean"}) {
      ASSERT_TRUE(review(outside, asking(account, "PROTECT"),
                         {.act = "judge", .names = {sealda, other}, .verdict = "different"})
                      .ok());
    }
  }
  write("look-up.csv", "postcode,decile\nZZ9 9ZZ,1\n");
  const LinkRequest request{.act = "report", .deprivation = path("look-up.csv")};
  const auto judged = [&](const std::string& account) {
    const Report report = link(outside, asking(account, "COUNT"), request).value();
    const Table& groups = section_of(report, "errors").tables.at(0);
    EXPECT_FALSE(column(groups, "grouping").contains("deprivation")) << "so few are told to nobody";
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < groups.rows.size(); ++row) {
      const bool is_by_source = cell_of(groups, row, "grouping") == Value("source");
      if (is_by_source) sum += std::get<std::int64_t>(cell_of(groups, row, "different"));
    }
    return sum;
  };
  EXPECT_GT(judged("acole"), 0);
  EXPECT_EQ(judged("founder"), 0);
  const Report log = audit(outside, as("founder"), {.act = "show", .rows_max = 2}).value();
  EXPECT_THAT(column(log.sections.front().tables.front(), "object"),
              Contains(HasSubstr("report of linkage, by the deprivation look-up ")));
  EXPECT_EQ(refusal(link(outside, asking("chief", "COUNT"), {.act = "report", .deprivation = path("none.csv")})).code,
            "refused")
      << "before any file is read";
}

TEST_F(LinkSeals, values_of_a_record_are_shown_to_its_own_agency_alone) {
  const std::string person = first_person(asking("acole", "PROTECT"), quillon());
  for (const char* account : {"acole", "founder"}) {
    const Table records = records_of(asking(account, "PROTECT"), person);
    ASSERT_EQ(records.rows.size(), 3U);
    for (std::size_t i = 0; i < records.rows.size(); ++i) {
      const bool is_own = (cell_of(records, i, "agency") == Value("Otherford Police")) == (account[0] == 'a');
      EXPECT_EQ(cell_of(records, i, "name") != Value(), is_own) << account << " " << i;
      EXPECT_EQ(cell_of(records, i, "birth") != Value(), is_own) << account << " " << i;
    }
  }
}

}  // namespace
}  // namespace throughline::app

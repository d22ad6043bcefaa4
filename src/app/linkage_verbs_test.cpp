// Linkage through its verbs, in a workspace of two agencies: the example's made-up people, and beside them twins, a
// namesake, somebody in several capacities and a record under seal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_linkage.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST_F(LinkageVerbs, a_run_makes_people_of_records_and_says_what_it_did) {
  EXPECT_EQ(fact_of(ran, "run", "run"), Value(std::int64_t{1}));
  EXPECT_EQ(fact_of(ran, "run", "withdrawn"), Value(std::int64_t{0}));
  EXPECT_EQ(fact_of(ran, "run", "joined"), fact_of(ran, "run", "mentions"));
  const Report again = link(outside, asking("acole", "PROTECT"), {.act = "run"}).value();
  EXPECT_EQ(fact_of(again, "run", "created"), Value(std::int64_t{0})) << "ids last";
  EXPECT_EQ(fact_of(again, "run", "moved"), Value(std::int64_t{0}));
  EXPECT_EQ(fact_of(again, "run", "inputs"), fact_of(ran, "run", "inputs"));
}

TEST_F(LinkageVerbs, who_answers_a_misspelt_name_with_agencies_and_every_capacity_side_by_side) {
  const Table found = people(asking("founder", "PROTECT"), quillon());
  ASSERT_FALSE(found.rows.empty());
  EXPECT_THAT(column(found, "agency"), Contains("Otherford Police"));
  const std::set<std::string> capacities = column(found, "capacity");
  for (const char* capacity : {"harmed", "suspected", "missing", "in care"})
    EXPECT_THAT(capacities, Contains(capacity));
  EXPECT_EQ(found.columns.size(), 6U) << "and nothing more";
  for (const auto& row : found.rows) {
    for (const Value& value : row) {
      const auto* text = std::get_if<std::string>(&value);
      EXPECT_THAT(text == nullptr ? "" : *text, Not(HasSubstr("Vexworth")));
    }
  }
}

TEST_F(LinkageVerbs, who_shows_twins_and_brothers_as_themselves) {
  const Settings how = asking("acole", "PROTECT");
  const std::string twin = first_person(how, {.forename = "Prothera", .surname = "Vexworthy", .birth = "2009-04-20"});
  EXPECT_NE(twin, first_person(how, quillon()));
  const Table family = people(how, {.surname = "Vexworthy", .birth = "2009-04-20"});
  EXPECT_GE(column(family, "person").size(), 2U) << "by the surname alone both are asked for, each by themselves";
}

TEST_F(LinkageVerbs, two_people_of_one_name_are_two) {
  const Settings how = asking("acole", "PROTECT");
  const WhoRequest young{.forename = "Examplo", .surname = "Mockstead", .birth = "1995-08-04"};
  const WhoRequest old{.forename = "Examplo", .surname = "Mockstead", .birth = "1971-12-11"};
  EXPECT_NE(first_person(how, young), first_person(how, old));
}

TEST_F(LinkageVerbs, who_asks_for_a_purpose_first_and_for_enough) {
  const base::Error unstated = refusal(who(outside, as("acole"), quillon()));
  EXPECT_EQ(unstated.code, "refused");
  EXPECT_THAT(unstated.what, HasSubstr("rule 303"));
  EXPECT_THAT(refusal(who(outside, asking("acole", "COUNT"), quillon())).what, HasSubstr("rule 324"));
  EXPECT_EQ(
      refusal(who(outside, asking("acole", "PROTECT"), {.sex = "F"})).message(),
      "What was asked could be anybody. Give a name or a number of the person, or a date of birth with a postcode.");
  EXPECT_EQ(refusal(who(outside, asking("acole", "PROTECT"), {.surname = "X", .birth = "April"})).code,
            "birth_malformed");
  EXPECT_EQ(refusal(who(outside, asking("chief", "PROTECT"), quillon())).code, "refused");
}

TEST_F(LinkageVerbs, a_pair_is_explained_in_words_without_values) {
  const std::vector<std::string> names = mentions_of("Quillon");
  ASSERT_EQ(names.size(), 3U);
  const Report report =
      link(outside, asking("founder", "PROTECT"), {.act = "explain", .names = {names[0], names[2]}}).value();
  const Table& evidence = section_of(report, "link").tables.at(0);
  EXPECT_THAT(column(evidence, "finding"), Contains("born: on the same day"));
  double bits = 0;
  for (const auto& row : evidence.rows) bits += std::get<Decimal>(row.at(2)).value;
  EXPECT_GT(bits, 0);
  EXPECT_EQ(
      refusal(link(outside, asking("acole", "PROTECT"), {.act = "explain", .names = {names[0], "nonsense"}})).code,
      "mention_unknown");
  EXPECT_EQ(refusal(link(outside, asking("acole", "PROTECT"), {.act = "explain", .names = {names[0], names[0]}})).code,
            "one_record");
}

TEST_F(LinkageVerbs, a_judgement_binds_the_next_run_whatever_the_weights_say) {
  const Settings acole = asking("acole", "PROTECT");
  const std::vector<std::string> names = mentions_of("Quillon");
  const ReviewRequest apart{.act = "judge", .names = {names[0], names[2]}, .verdict = "different"};
  const Report first = review(outside, acole, apart).value();
  EXPECT_EQ(fact_of(first, "judgement", "state"), Value("a second person is wanted"))
      << "it overturns what the model is nearly sure of";
  static_cast<void>(link(outside, acole, {.act = "run"}).value());
  EXPECT_EQ(records_of(acole, first_person(acole, quillon())).rows.size(), 3U) << "one person alone binds nothing";
  EXPECT_EQ(fact_of(review(outside, asking("bdean", "PROTECT"), apart).value(), "judgement", "state"),
            Value("settled"));
  const Report run = link(outside, acole, {.act = "run"}).value();
  EXPECT_EQ(fact_of(run, "run", "judgements"), Value(std::int64_t{1}));
  EXPECT_EQ(fact_of(run, "run", "split"), Value(std::int64_t{1}));
}

TEST_F(LinkageVerbs, judgements_that_cannot_all_hold_stop_the_run_and_are_named) {
  const Settings acole = asking("acole", "PROTECT");
  const std::vector<std::string> names = mentions_of("Quillon");
  const std::string twin = mentions_of("Prothera").at(0);
  for (const char* account : {"acole", "bdean"}) {
    const Settings how = asking(account, "PROTECT");
    ASSERT_TRUE(review(outside, how, {.act = "judge", .names = {names[0], names[1]}, .verdict = "same"}).ok());
    ASSERT_TRUE(review(outside, how, {.act = "judge", .names = {names[1], twin}, .verdict = "same"}).ok());
    ASSERT_TRUE(review(outside, how, {.act = "judge", .names = {names[0], twin}, .verdict = "different"}).ok());
  }
  const base::Error error = refusal(link(outside, acole, {.act = "run"}));
  EXPECT_EQ(error.code, "judgements_disagree");
  for (const std::string& name : {names[0], names[1], twin}) EXPECT_THAT(error.what, HasSubstr(name));
  EXPECT_THAT(error.remedy, HasSubstr("throughline review judge"));
}

TEST_F(LinkageVerbs, the_queue_gives_a_pair_that_was_not_judged_and_a_judgement_takes_it_off) {
  const Settings acole = asking("acole", "PROTECT");
  const Report first = review(outside, acole, {}).value();
  const auto waiting = std::get<std::int64_t>(fact_of(first, "review", "waiting"));
  ASSERT_GT(waiting, 0);
  const std::vector<std::string> pair = {std::get<std::string>(fact_of(first, "review", "one")),
                                         std::get<std::string>(fact_of(first, "review", "other"))};
  ASSERT_TRUE(review(outside, acole, {.act = "judge", .names = pair, .verdict = "cannot-tell"}).ok());
  EXPECT_EQ(fact_of(review(outside, acole, {}).value(), "review", "waiting"), Value(waiting - 1));
}

TEST_F(LinkageVerbs, judging_takes_two_records_a_verdict_and_a_reason) {
  const Settings acole = asking("acole", "PROTECT");
  const std::vector<std::string> names = mentions_of("Quillon");
  EXPECT_EQ(refusal(review(outside, acole, {.act = "judge", .names = {names[0]}, .verdict = "same"})).code,
            "names_wrong");
  EXPECT_THAT(refusal(review(outside, acole, {.act = "judge", .names = {names[0], names[1]}, .verdict = "sme"})).remedy,
              HasSubstr("Did you mean 'same'?"));
  Settings silent = acole;
  silent.reason.clear();
  EXPECT_EQ(refusal(review(outside, silent, {.act = "judge", .names = {names[0], names[1]}, .verdict = "same"})).code,
            "reason_missing");
  EXPECT_THAT(refusal(review(outside, acole, {.act = "judg"})).remedy, HasSubstr("'judge'"));
}

TEST_F(LinkageVerbs, a_link_shown_for_one_purpose_is_not_used_for_another) {
  const Settings protect = asking("acole", "PROTECT");
  const Settings investigate = asking("acole", "INVESTIGATE");
  const std::string person = first_person(protect, quillon());
  const LinkRequest act{.act = "act", .names = {person}};
  const base::Error refused = refusal(link(outside, investigate, act));
  EXPECT_EQ(refused.code, "link_other_purpose");
  EXPECT_THAT(refused.what, HasSubstr("not shown to you for INVESTIGATE, only for PROTECT"));
  EXPECT_TRUE(link(outside, protect, act).ok());
  static_cast<void>(records_of(investigate, person));
  EXPECT_TRUE(link(outside, investigate, act).ok());
}

TEST_F(LinkageVerbs, agencies_that_acted_on_a_link_that_was_withdrawn_are_listed) {
  const Settings acole = asking("acole", "PROTECT");
  const std::string person = first_person(acole, quillon());
  ASSERT_TRUE(link(outside, acole, {.act = "act", .names = {person}}).ok());
  const auto used = [&] {
    const Report report = link(outside, asking("founder", "GOVERN"), {.act = "acted", .names = {person}}).value();
    return section_of(report, "acted").tables.at(0);
  };
  EXPECT_EQ(column(used(), "stands"), (std::set<std::string>{"stand"}));
  const std::vector<std::string> names = mentions_of("Quillon");
  for (const char* account : {"acole", "bdean"}) {
    for (const std::string& other : {names[0], names[1]}) {
      ASSERT_TRUE(review(outside, asking(account, "PROTECT"),
                         {.act = "judge", .names = {other, names[2]}, .verdict = "different"})
                      .ok());
    }
  }
  static_cast<void>(link(outside, acole, {.act = "run"}).value());
  const Table after = used();
  EXPECT_EQ(column(after, "stands"), (std::set<std::string>{"withdrawn"}));
  EXPECT_EQ(column(after, "agency"), (std::set<std::string>{"Example Police"}));
  EXPECT_TRUE(column(after, "account").empty()) << "of another agency no account is named";
  EXPECT_THAT(column(after, "kind"), Contains("acted on them"));
  const Report history = link(outside, acole, {.act = "history", .names = {person}}).value();
  EXPECT_THAT(column(section_of(history, "history").tables.at(0), "event"), Contains("split from"));
}

TEST_F(LinkageVerbs, the_report_sets_expected_errors_beside_each_purpose) {
  const Report report = link(outside, asking("acole", "COUNT"), {.act = "report"}).value();
  const Table& purposes = section_of(report, "pairs").tables.at(1);
  ASSERT_EQ(purposes.rows.size(), 4U);
  EXPECT_THAT(column(purposes, "terms"), Contains(HasSubstr("A lead only")));
  EXPECT_GE(std::get<std::int64_t>(cell_of(purposes, 0, "links")),
            std::get<std::int64_t>(cell_of(purposes, 1, "links")));
  EXPECT_FALSE(section_of(report, "reliability").tables.at(0).empty_text.empty());
}

TEST_F(LinkageVerbs, the_desk_to_ring_is_given_by_the_agencys_own_administrator) {
  EXPECT_EQ(refusal(link(outside, as("acole"), {.act = "desk", .names = {"A desk"}})).code, "refused");
  ASSERT_TRUE(link(outside, as("chief"), {.act = "desk", .names = {"Hub, 01632 960001"}}).ok());
  EXPECT_THAT(column(people(asking("founder", "PROTECT"), quillon()), "desk"), Contains("Hub, 01632 960001"));
}

TEST_F(LinkageVerbs, of_a_cohort_too_small_no_share_is_told_and_of_a_larger_one_with_its_interval) {
  const Settings count = asking("acole", "COUNT");
  const Report report = cohort(outside, count, {}).value();
  EXPECT_GE(std::get<std::int64_t>(fact_of(report, "cohort", "people")), 10);
  const double low = std::get<Decimal>(fact_of(report, "cohort", "low")).value;
  const double share = std::get<Decimal>(fact_of(report, "cohort", "share")).value;
  EXPECT_LE(low, share);
  EXPECT_EQ(refusal(cohort(outside, count, {.capacity = "in care"})).code, "cohort_too_small");
  EXPECT_THAT(refusal(cohort(outside, count, {.capacity = "suspect"})).remedy, HasSubstr("'suspected'"));
  EXPECT_EQ(refusal(cohort(outside, count, {.from = "March"})).code, "month_malformed");
}

TEST_F(LinkageVerbs, each_act_and_name_that_is_wrong_is_told_with_what_is_right) {
  const Settings acole = asking("acole", "PROTECT");
  EXPECT_THAT(refusal(link(outside, acole, {.act = "entitty", .names = {"1"}})).remedy, HasSubstr("'entity'"));
  EXPECT_EQ(refusal(link(outside, acole, {.act = "entity", .names = {"99999"}})).code, "entity_unknown");
  EXPECT_EQ(refusal(link(outside, acole, {.act = "entity"})).code, "names_wrong");
}

TEST(LinkageBefore, a_question_before_the_first_run_says_that_nobody_has_linked) {
  MadeUpWorld world;
  static_cast<void>(world.founded());
  Settings how = world.settings;
  how.purpose = "PROTECT";
  EXPECT_EQ(who(world.outside, how, {.surname = "X"}).error().code, "links_missing");
  EXPECT_EQ(link(world.outside, how, {.act = "run"}).error().code, "nothing_to_link");
}

}  // namespace
}  // namespace throughline::app

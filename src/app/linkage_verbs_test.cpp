// Linkage through its verbs, in a workspace of two agencies: the example's made-up people, and beside them twins, a
// namesake, somebody in several capacities and a record under seal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "app/session.h"
#include "linkage/stage.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string k_agencies = std::string(THROUGHLINE_SOURCE_DIR) + "/examples/agencies/";

// Columns of the crime reports: the victim's forename, surname and birth, then the suspect's with address and postcode.
struct MadeUpCrime {
  std::string reference;
  std::string victim = ",,";
  std::string suspect = ",,";
  std::string home = ",";
};

std::string row_of(const MadeUpCrime& crime) {
  return crime.reference + ",Otherford Police,105A,Assault without injury,01/03/2025 20:57,01/03/2025 06:12,,,,,," +
         crime.victim + ",,,," + crime.suspect + ",,," + crime.home + ",,,,,,A made-up report.\n";
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct LinkageVerbs : testing::Test, MadeUpWorld {
  LinkageVerbs() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("bdean", "analyst");
    add_account("chief", "administrator");
    write("crimes.csv", text_of(k_agencies + "crime_reports.csv") + crimes());
    write("missing.csv", missing());
    write("reports.csv", reports());
    read_in("acole", "crimes.csv");
    read_in("founder", "missing.csv");
    read_in("acole", "reports.csv");
    ran = link(outside, asking("acole", "PROTECT"), {.act = "run"}).value();
  }

  static std::string crimes() {
    return row_of({.reference = "T/1",
                   .victim = "Quillon,Vexworthy,20/04/2009",
                   .suspect = "Examplo,Mockstead,04/08/1995",
                   .home = "\"141 Sample Street, Sampleham\",ZZ1 5ES"}) +
           row_of({.reference = "T/2",
                   .suspect = "Quillon,Vexworthy,20/04/2009",
                   .home = "\"38 Sample Street, Mockbridge\",ZZ8 9FU"}) +
           // The twin, in the same home.
           row_of({.reference = "T/3",
                   .suspect = "Prothera,Vexworthy,20/04/2009",
                   .home = "\"38 Sample Street, Mockbridge\",ZZ8 9FU"}) +
           // A namesake of another age and place.
           row_of({.reference = "T/4",
                   .suspect = "Examplo,Mockstead,11/12/1971",
                   .home = "\"9 Fiction Way, Dummington\",ZZ4 1AA"});
  }
  static std::string missing() {
    return "Episode reference,Force,Local authority,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone,Home "
           "address,Home postcode,Placement type,Category,Risk level,Missing from,Reported at,Reported by,Found "
           "at,Found "
           "where,Found postcode,Return interview offered,Return interview offered at,Return interview held at,Return "
           "interview held by,Return interview summary\n"
           "M-1,Council Hub,Example Council,Quillon,Vexworthi,Quill,2009-04-20,M,W1,,\"38 Sample Street, "
           "Mockbridge\",ZZ8 9FU,Foster care,Missing child,High,2025-04-01 10:00,2025-04-01 12:00,School,,,,,,,,\n"
           "M-2,Council Hub,Example Council,Fabrian,Vexworthy,,2012-09-02,M,W1,,\"38 Sample Street, Mockbridge\",ZZ8 "
           "9FU,Foster care,Missing child,Low,2025-05-01 10:00,2025-05-01 12:00,School,,,,,,,,\n";
  }
  static std::string reports() {
    const std::string header = text_of(k_agencies + "intelligence_reports.csv");
    return header.substr(0, header.find('\n') + 1) +
           "X-1,Specimen Field Intelligence,OFFICIAL-SENSITIVE,02/02/2025,06/02/2025,1,C,C,A2; "
           "S1,Low,3,A title,Sealda,Hiddenham,,03/03/1990,,,,,,\"7 Refuge Row, Nowhere\",ZZ9 9ZZ,,Subject 1 was "
           "seen.\r\n";
  }

  [[nodiscard]] Settings asking(const std::string& account, const std::string& purpose) const {
    Settings how = as(account);
    how.purpose = purpose;
    how.reason = "a made-up reason";
    return how;
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void read_in(const std::string& account, const std::string& name) const {
    const auto answer = ingest(outside, asking(account, "PROTECT"),
                               {.files = {path(name)}, .mapping = {}, .supersedes = {}, .received = {}});
    ASSERT_TRUE(answer.ok()) << answer.error().message();
  }
  [[nodiscard]] Table people(const Settings& how, const WhoRequest& request) const {
    const Answer answer = who(outside, how, request);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    return answer.ok() ? section_of(answer.value(), "who").tables.at(0) : Table{};
  }
  static std::set<std::string> column(const Table& table, const std::string& name) {
    std::set<std::string> values;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const Value value = cell_of(table, i, name);
      if (const auto* text = std::get_if<std::string>(&value)) values.insert(*text);
    }
    return values;
  }
  static const WhoRequest& quillon() {
    static const WhoRequest k_asked{.forename = "Quilon", .surname = "Vexworthy", .birth = "2009-04-20"};
    return k_asked;
  }
  // The number of the person that the first row of an answer is about.
  [[nodiscard]] std::string first_person(const Settings& how, const WhoRequest& request) const {
    return std::get<std::string>(cell_of(people(how, request), 0, "person"));
  }
  [[nodiscard]] Table records_of(const Settings& how, const std::string& person) const {
    const Answer answer = link(outside, how, {.act = "entity", .names = {person}});
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    return answer.ok() ? section_of(answer.value(), "entity").tables.at(0) : Table{};
  }
  // Mentions of the made-up person by forename, out of the store itself.
  [[nodiscard]] std::vector<std::string> mentions_of(const std::string& forename) const {
    const auto session = Session::open(outside, as("acole"), "test").value();
    store::DuckConnection connection = session->connect().value();
    std::vector<std::string> names;
    for (const auto& mention : linkage::read_world(session->ledger(), connection, {}).value().mentions) {
      if (mention.person.forename == forename) names.push_back(mention.name());
    }
    return names;
  }
  static base::Error refusal(const Answer& answer) {
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? base::Error{} : answer.error();
  }

  Report ran;
};

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

TEST_F(LinkageVerbs, what_stands_under_seal_is_found_by_its_own_agency_and_by_nobody_else) {
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

TEST_F(LinkageVerbs, values_of_a_record_are_shown_to_its_own_agency_alone) {
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

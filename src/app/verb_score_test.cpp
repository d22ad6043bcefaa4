#include <filesystem>

#include "app/made_up_linkage.h"
#include "app/score_verb.h"

namespace throughline::app {

namespace {

struct ScoreVerb : LinkageVerbs {
  ScoreVerb() {
    truth(
        "extract,row_key,role,person\n"
        "crimes.csv,T/1,victim,m0.1.0\n"
        "crimes.csv,T/1,suspect,m0.2.0\n"
        "crimes.csv,T/2,suspect,m0.1.0\n"
        "crimes.csv,T/3,suspect,m0.3.0\n"
        "crimes.csv,T/4,suspect,m0.4.0\n"
        "missing.csv,M-1,missing,m0.1.0\n"
        "missing.csv,M-2,missing,m0.5.0\n"
        "reports.csv,X-1,subject,m0.6.0\n");
    people("person,born\nm0.1.0,2009-04-20\nm0.3.0,2009-04-20\nm0.5.0,2012-09-02\nm0.2.0,1995-08-04\n");
  }

  void truth(const std::string& text) const {
    std::filesystem::create_directories(path("truth"));
    write("truth/records.csv", text);
  }
  void people(const std::string& text) const { write("truth/people.csv", text); }
  [[nodiscard]] Answer scored(const std::string& account = "acole") const {
    return score(outside, asking(account, "COUNT"), {.truth = path("truth")});
  }
  [[nodiscard]] std::int64_t number(const Answer& answer, const std::string& section, const std::string& fact) const {
    const Value value = fact_of(answer.value(), section, fact);
    return std::holds_alternative<std::int64_t>(value) ? std::get<std::int64_t>(value) : -1;
  }
  void judge(const std::string& one, const std::string& other, const std::string& verdict) const {
    for (const char* account : {"acole", "bdean"}) {
      const Answer answer =
          review(outside, asking(account, "PROTECT"), {.act = "judge", .names = {one, other}, .verdict = verdict});
      ASSERT_TRUE(answer.ok()) << answer.error().message();
    }
  }
  void link_again() const { ASSERT_TRUE(link(outside, asking("acole", "PROTECT"), {.act = "run"}).ok()); }
  [[nodiscard]] static double measure(const Answer& answer, std::size_t row, const std::string& column) {
    return std::get<Decimal>(cell_of(section_of(answer.value(), "links").tables.at(0), row, column)).value;
  }
};

}  // namespace

TEST_F(ScoreVerb, finds_the_truths_records_in_the_workspace) {
  const Answer answer = scored();
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(number(answer, "links", "extracts"), 3);
  EXPECT_EQ(number(answer, "links", "extracts_here"), 3);
  EXPECT_EQ(number(answer, "links", "records_matched"), 8);
  EXPECT_EQ(number(answer, "links", "true_pairs"), 3);
  EXPECT_GT(number(answer, "links", "records_unknown"), 100) << "the example's own records";
  EXPECT_EQ(number(answer, "people", "people"), 6);
}

TEST_F(ScoreVerb, of_links_that_people_settled_is_all_right_and_of_wrong_ones_is_not) {
  const std::vector<std::string> quillons = mentions_of("Quillon");
  ASSERT_EQ(quillons.size(), 3U);
  judge(quillons[0], quillons[1], "same");
  judge(quillons[0], quillons[2], "same");
  link_again();
  const Answer right = scored();
  EXPECT_EQ(number(right, "links", "right_pairs"), 3);
  EXPECT_EQ(measure(right, 1, "value"), 1) << "recall";
  EXPECT_EQ(number(right, "missed", "missed"), 0);
  // Were the one of the second report somebody else, two pairs would be wrong.
  truth("extract,row_key,role,person\ncrimes.csv,T/1,victim,a\ncrimes.csv,T/2,suspect,b\nmissing.csv,M-1,missing,a\n");
  const Answer wrong = scored();
  EXPECT_EQ(number(wrong, "links", "linked_pairs"), 3);
  EXPECT_EQ(number(wrong, "links", "right_pairs"), 1);
  EXPECT_NEAR(measure(wrong, 0, "value"), 1.0 / 3, 1e-9) << "precision";
  EXPECT_LE(measure(wrong, 2, "low"), measure(wrong, 2, "value"));
  EXPECT_EQ(number(wrong, "people", "joined"), 2);
}

TEST_F(ScoreVerb, says_why_pairs_were_missed) {
  const std::vector<std::string> quillons = mentions_of("Quillon");
  judge(quillons[0], quillons[1], "different");
  judge(quillons[0], quillons[2], "different");
  judge(quillons[1], quillons[2], "same");
  link_again();
  const Answer answer = scored();
  EXPECT_EQ(number(answer, "missed", "missed"), 2);
  EXPECT_EQ(cell_of(section_of(answer.value(), "missed").tables.at(0), 1, "pairs"), Value(std::int64_t{2}));
  EXPECT_EQ(number(answer, "people", "split"), 1);
}

TEST_F(ScoreVerb, leaves_out_what_stands_under_seal_elsewhere) {
  EXPECT_EQ(number(scored("acole"), "links", "records_matched"), 8);
  EXPECT_EQ(number(scored("founder"), "links", "records_matched"), 7);
}

TEST_F(ScoreVerb, tells_pupils_by_their_number) {
  write("school.csv", file_text(k_example_agencies + "school_attendance.csv"));
  read_in("acole", "school.csv");
  link_again();
  std::string text = "extract,row_key,role,person\n";
  for (const char* day : {"2025-02-24", "2025-04-22", "2025-06-02"}) {
    text.append("school.csv,X999000064399 ").append(day).append(",pupil,m0.9.0\n");
  }
  truth(text);
  const Answer answer = scored();
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_GE(number(answer, "links", "true_pairs"), 1);
}

TEST_F(ScoreVerb, says_what_is_partial_and_what_cannot_be_told_apart) {
  truth("extract,row_key,role,person\ncrimes.csv,T/1,victim,a\ncrimes.csv,T/1,victim,b\nlost.csv,9,victim,a\n");
  const Answer answer = scored();
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(number(answer, "links", "records_matched"), 0);
  const auto& notes = section_of(answer.value(), "links").notes;
  EXPECT_NE(notes.at(0).find("Only 1 of the truth's 2 extracts"), std::string::npos);
  EXPECT_NE(notes.at(1).find("2 records share their reference"), std::string::npos);
}

TEST_F(ScoreVerb, refuses_a_truth_that_is_none_or_of_another_workspace) {
  truth("extract,row_key,role,person\nlost.csv,T/1,victim,m0.1.0\n");
  EXPECT_EQ(refusal(scored()).code, "truth_of_another");
  truth("extract,row_key,role,person\ncrimes.csv,T/1,victm,m0.1.0\n");
  const base::Error role = refusal(scored());
  EXPECT_EQ(role.code, "role_unknown");
  EXPECT_NE(role.where.find("records.csv line 2"), std::string::npos) << role.where;
  EXPECT_NE(role.remedy.find("victim"), std::string::npos);
  truth("extract,row_key,rol,person\ncrimes.csv,T/1,victim,m0.1.0\n");
  EXPECT_EQ(refusal(scored()).code, "column_missing");
  truth("extract,row_key,role,person\ncrimes.csv,T/1,victim,m0.1.0\n");
  people("person,born\nm0.1.0,20/04/2009\n");
  const base::Error birth = refusal(scored());
  EXPECT_EQ(birth.code, "birth_malformed");
  EXPECT_EQ(birth.message().find("20/04/2009"), std::string::npos) << "no personal value in a message";
  EXPECT_EQ(refusal(score(outside, asking("acole", "COUNT"), {.truth = path("nowhere")})).code, "truth_missing");
  EXPECT_EQ(refusal(score(outside, asking("acole", "COUNT"), {})).code, "truth_needed");
}

TEST_F(ScoreVerb, wants_a_purpose_and_leaves_an_entry) {
  EXPECT_FALSE(score(outside, as("acole"), {.truth = path("truth")}).ok());
  EXPECT_EQ(refusal(scored("chief")).code, "refused");
  const auto entries = [&] {
    const Answer shown = audit(outside, as("founder"), {.act = "verify"});
    return std::get<std::int64_t>(fact_of(shown.value(), "log", "entries"));
  };
  const std::int64_t before = entries();
  ASSERT_TRUE(scored().ok());
  // The verifying itself is one.
  EXPECT_EQ(entries(), before + 2);
}

}  // namespace throughline::app

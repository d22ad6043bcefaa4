#include "app/hidden_lists.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "base/parallel.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct Hidden : testing::Test, MadeUpWorld {
  Hidden() {
    request.resamples = 0;
    request.simulations = 0;
  }
  void lists(const std::string& text) {
    request.file = path("lists.csv");
    store::put_bytes(request.file, text);
  }
  [[nodiscard]] Report done() const { return hidden(outside, settings, request).value(); }
  // The message, with the file's path left out.
  [[nodiscard]] std::string refused() const {
    std::string said = hidden(outside, settings, request).error().message();
    for (std::size_t at = said.find(request.file); at != std::string::npos; at = said.find(request.file)) {
      said.replace(at, request.file.size(), "FILE");
    }
    return said;
  }
  [[nodiscard]] static std::string bundled(const std::string& name) {
    return std::string(base::k_source_folder) + "/examples/hidden/" + name;
  }

  HiddenRequest request;
};

TEST_F(Hidden, gives_the_published_estimates_of_the_bundled_tables) {
  struct Published {
    const char* file;
    double main[3];
    double stepwise[3];
    const char* pairs;
  };
  for (const Published& published : {Published{"uk_2013_six_lists.csv",
                                               {12214.0, 10988.8, 13621.3},
                                               {11418.0, 9977.3, 13145.7},
                                               "PF:NCA LA:NG NG:GP LA:PF PF:GP GO:GP NG:GO"},
                                     Published{"uk_2013_five_lists.csv",
                                               {13444.1, 11985.2, 15133.4},
                                               {11313.0, 9884.4, 13027.4},
                                               "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"}}) {
    request.file = bundled(published.file);
    const Report report = done();
    const Table& estimates = section_of(report, "estimate").tables.front();
    const char* const columns[] = {"estimate", "low", "high"};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(std::get<Decimal>(cell_of(estimates, 0, columns[i])).value, published.main[i], 0.05);
      EXPECT_NEAR(std::get<Decimal>(cell_of(estimates, 1, columns[i])).value, published.stepwise[i], 0.05);
    }
    EXPECT_EQ(cell_of(estimates, 1, "pairs"), Value(std::string(published.pairs)));
    EXPECT_EQ(report.outcome, Outcome::done);
  }
}

TEST_F(Hidden, tells_lists_overlaps_dependence_and_the_critique) {
  request.file = bundled("uk_2013_five_lists.csv");
  request.resamples = 100;
  request.simulations = 8;
  const Report report = done();
  EXPECT_EQ(fact_of(report, "lists", "cases"), Value(std::int64_t{2744}));
  EXPECT_EQ(fact_of(report, "lists", "on_several"), Value(std::int64_t{221}));
  EXPECT_EQ(section_of(report, "lists").notes.front(), "Pairs of lists that share no case: LA:GP.");
  EXPECT_EQ(section_of(report, "dependence").tables.front().rows.size(), 10U);
  EXPECT_THAT(section_of(report, "trust").notes.front(), HasSubstr("its limits are too narrow"));
  EXPECT_EQ(cell_of(section_of(report, "trust").tables.front(), 1, "model"),
            Value(std::string("chosen from each set")));
  EXPECT_EQ(section_of(report, "estimate").tables.front().rows.size(), 4U);
}

TEST_F(Hidden, writes_the_estimates_and_leaves_blank_what_is_not_known) {
  request.file = bundled("uk_2013_six_lists.csv");
  request.output = path("estimates.csv");
  static_cast<void>(done());
  const std::string written = store::bytes_of(request.output);
  EXPECT_THAT(written, testing::StartsWith("method,estimate,low,high,profile_low,profile_high,pairs\n"
                                           "main effects,12214.0,10988.8,13621.3,11002.8,13640.9,none\n"));
  EXPECT_THAT(written, HasSubstr("averaged by BIC,12248.0,10271.6,14861.5,,,9 models\n"));
}

TEST_F(Hidden, without_enough_overlap_gives_the_reason_in_place_of_an_estimate) {
  lists("A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n");
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  EXPECT_EQ(fact_of(report, "refused", "rule"), Value(std::string("overlap_too_small")));
  EXPECT_EQ(section_of(report, "estimate").tables.size(), 0U);
  EXPECT_EQ(fact_of(report, "lists", "cases"), Value(std::int64_t{96}));
}

TEST_F(Hidden, refuses_counts_that_are_negative_or_not_whole_with_their_line) {
  for (const char* count : {"-3", "2.5", "", "many", "+4", "99999999999"}) {
    lists(fmt::format("A,B,C,count\n1,0,0,4\n0,1,0,{}\n0,0,1,5\n", count));
    EXPECT_EQ(refused(),
              "The count is not a whole number from 0 up (FILE line 3). Write the number of cases with this history, "
              "without signs or separators.");
  }
}

TEST_F(Hidden, refuses_more_cases_than_there_are_people) {
  lists("A,B,C,count\n1,0,0,60000000\n0,1,0,60000000\n0,0,1,5\n");
  EXPECT_EQ(refused(), "The counts add up to more than 100000000 cases (FILE). It is meant for counts of people.");
}

TEST_F(Hidden, says_that_coverage_was_not_measured_where_too_many_would_have_to_be_drawn) {
  lists("A,B,C,count\n1,0,0,4000000\n0,1,0,3000000\n0,0,1,5000000\n1,1,0,4\n1,0,1,5\n0,1,1,3\n");
  request.simulations = 100;
  const Report report = done();
  EXPECT_TRUE(section_of(report, "trust").tables.empty());
  EXPECT_THAT(section_of(report, "trust").notes.back(), HasSubstr("was not measured"));
}

TEST_F(Hidden, gives_the_same_answer_at_one_thread_and_three) {
  request.file = bundled("uk_2013_five_lists.csv");
  request.resamples = 100;
  request.simulations = 20;
  const auto rows = [this](int threads) {
    settings.threads = threads;
    const Report report = done();
    base::set_thread_limit(0);
    return std::pair{section_of(report, "estimate").tables.front().rows,
                     section_of(report, "trust").tables.front().rows};
  };
  EXPECT_EQ(rows(1), rows(3));
}

TEST_F(Hidden, refuses_a_history_that_comes_twice_and_names_both_lines) {
  lists("A,B,C,count\n1,0,0,4\n0,1,0,3\n1,0,0,5\n");
  EXPECT_EQ(refused(),
            "This row has the same 0s and 1s as line 2 (FILE line 4). Add the two up, or mend the one that is wrong.");
}

TEST_F(Hidden, refuses_fewer_than_three_lists_and_more_than_ten) {
  lists("A,B,count\n1,0,4\n0,1,3\n1,1,2\n");
  EXPECT_EQ(refused(),
            "The table has 2 lists; it takes 3 at least (FILE line 1). With two lists their dependence cannot be told "
            "from the size of what both miss.");
  lists("A,B,C,D,E,F,G,H,I,J,K,count\n1,0,0,0,0,0,0,0,0,0,0,4\n");
  EXPECT_EQ(refused(), "The table has 11 lists, 10 at most (FILE line 1). Join lists that are alike.");
}

TEST_F(Hidden, refuses_a_list_that_catches_nobody) {
  lists("A,B,C,count\n1,0,0,4\n0,1,0,3\n1,1,0,5\n0,0,1,0\n");
  EXPECT_EQ(refused(), "The list C holds no case (FILE line 1). Leave its column out: it says nothing.");
}

TEST_F(Hidden, refuses_columns_that_are_not_0_or_1_without_showing_what_they_hold) {
  lists("A,B,C,count\n1,0,0,4\n0,Inventa,0,3\n");
  EXPECT_EQ(refused(),
            "The column B holds something other than 0 or 1 (FILE line 3). Write 1 where the list holds these cases, 0 "
            "where it does not.");
}

TEST_F(Hidden, refuses_cases_on_no_list) {
  lists("A,B,C,count\n1,0,0,4\n0,0,0,3\n");
  EXPECT_EQ(refused(),
            "A row has 0 in every list, and cases on no list cannot be counted (FILE line 3). Leave the row out.");
}

TEST_F(Hidden, offers_the_nearest_to_a_column_that_is_missing_or_unknown) {
  lists("A,B,C,cuont\n1,0,0,4\n");
  EXPECT_EQ(refused(), "There is no column count (FILE line 1). Is cuont meant for it? Rename it.");
  lists("A,B,C,count,counts\n1,0,0,4,9\n");
  EXPECT_EQ(refused(), "The column counts is not known (FILE line 1). Did you mean count?");
  lists("A,B,C,count,region\n1,0,0,4,9\n");
  EXPECT_EQ(refused(), "The column region is not known (FILE line 1). Leave it out; known are: count.");
  lists("A,B,A,count\n1,0,0,4\n");
  EXPECT_THAT(refused(), HasSubstr("columns 1 and 3 of the header have the same name (FILE)"));
}

TEST_F(Hidden, refuses_a_broken_line_and_an_empty_table) {
  lists("A,B,C,count\n1,0,0,4\n0,1,3\n");
  EXPECT_EQ(refused(),
            "A line of the table has 3 fields where the header has 4 (FILE line 3). Mend that line; nothing was "
            "reckoned.");
  lists("A,B,C,count\n");
  EXPECT_EQ(refused(), "The table has a header and no rows (FILE). Give it its rows.");
}

}  // namespace
}  // namespace throughline::app

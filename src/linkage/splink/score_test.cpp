#include "linkage/splink/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linkage/splink/output.h"

namespace throughline::linkage::splink {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct MadeModel {
  std::string link_type = "dedupe_only";
  std::string rules = R"("l.name = r.name", "l.town = r.town")";
  std::string null_level = "name_l IS NULL OR name_r IS NULL";
  std::string close = "levenshtein(name_l, name_r) <= 1";
  std::string exact_more = "";
  std::string more = "";
};

Model made(const MadeModel& parts) {
  const std::string json =
      R"({"link_type": ")" + parts.link_type + R"(", "probability_two_random_records_match": 0.2,
      "blocking_rules_to_generate_predictions": [)" +
      parts.rules + "]," + parts.more + R"("comparisons": [{"output_column_name": "the name", "comparison_levels": [
      {"sql_condition": ")" +
      parts.null_level + R"(", "is_null_level": true},
      {"sql_condition": "name_l = name_r", "m_probability": 0.8, "u_probability": 0.1)" +
      parts.exact_more + R"(},
      {"sql_condition": ")" +
      parts.close + R"(", "label_for_charts": "Close", "m_probability": 0.15, "u_probability": 0.3},
      {"sql_condition": "ELSE", "m_probability": 0.05, "u_probability": 0.6}]}]})";
  auto model = read_model(json, "model.json");
  EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message());
  return std::move(model).value();
}

// Ids, names and towns.
Dataset people(const std::string& name = "people.csv") {
  return {.name = name,
          .columns = {{.name = "unique_id", .cells = {"1", "2", "3", "4", "5"}},
                      {.name = "name", .cells = {"Ann", "Ann", "Anne", "", "Bob"}},
                      {.name = "town", .cells = {"York", "Hull", "York", "York", "Hull"}}}};
}

std::vector<std::string> told(const ScoredPairs& scored) {
  std::vector<std::string> made;
  for (const PairScore& pair : scored.pairs) {
    made.push_back(scored.ids[static_cast<std::size_t>(pair.left)] + "-" +
                   scored.ids[static_cast<std::size_t>(pair.right)] + " by " + std::to_string(pair.match_key));
  }
  return made;
}

std::string error_of(const Model& model, const Dataset& data, const ScoreOptions& options = {}) {
  const auto scored = score_files(model, std::span(&data, 1), options);
  return scored.ok() ? "no error" : scored.error().message();
}

TEST(SplinkScore, a_pair_is_made_once_with_the_first_rule_that_holds) {
  const Dataset data = people();
  const auto scored = score_files(made({}), std::span(&data, 1), {}).value();
  EXPECT_THAT(told(scored), ElementsAre("1-2 by 0", "1-3 by 1", "1-4 by 1", "2-5 by 1", "3-4 by 1"));
  EXPECT_THAT(scored.gammas, ElementsAre(2, 1, -1, 0, -1));
}

TEST(SplinkScore, the_weight_is_the_logarithm_of_the_odds_times_all_factors) {
  const Dataset data = people();
  const auto scored = score_files(made({}), std::span(&data, 1), {}).value();
  EXPECT_NEAR(scored.pairs[0].match_weight, std::log2(0.25 * 8), 1e-12);
  EXPECT_NEAR(scored.pairs[0].match_probability, 2.0 / 3, 1e-12);
  EXPECT_NEAR(scored.pairs[2].match_weight, std::log2(0.25), 1e-12);
  const auto of_five =
      score_files(made({.more = R"("match_weight_column_prefix": "mw_",)"}), std::span(&data, 1), {}).value();
  EXPECT_NEAR(of_five.pairs[0].match_weight, scored.pairs[0].match_weight, 1e-12);
  EXPECT_NEAR(of_five.pairs[3].match_probability, scored.pairs[3].match_probability, 1e-12);
}

TEST(SplinkScore, frequent_values_count_for_less) {
  const Model model = made({.exact_more = R"(, "tf_adjustment_column": "name", "tf_adjustment_weight": 0.5)"});
  const Dataset data = people();
  const auto counted = score_files(model, std::span(&data, 1), {}).value();
  EXPECT_NEAR(counted.tf_adjustments[0], std::sqrt(0.1 / 0.5), 1e-12);
  EXPECT_EQ(counted.tf_adjustments[1], 1.0);
  const auto given = score_files(model, std::span(&data, 1),
                                 {.frequency_tables = {{.column = "name", .frequencies = {{"Ann", 0.025}}}}})
                         .value();
  EXPECT_NEAR(given.tf_adjustments[0], 2.0, 1e-12);
  EXPECT_THAT(error_of(model, data, {.frequency_tables = {{.column = "nam", .frequencies = {}}}}),
              HasSubstr("Did you mean 'name'?"));
}

TEST(SplinkScore, only_records_of_different_data_sets_are_linked) {
  const std::vector<Dataset> data{people("b.csv"), people("a.csv")};
  const auto scored = score_files(made({.link_type = "link_only", .rules = R"("l.name = r.name")"}), data, {}).value();
  ASSERT_EQ(scored.pairs.size(), 6U);
  for (const PairScore& pair : scored.pairs) {
    EXPECT_EQ(scored.source_datasets[static_cast<std::size_t>(pair.left)], "a.csv");
    EXPECT_EQ(scored.source_datasets[static_cast<std::size_t>(pair.right)], "b.csv");
  }
  EXPECT_THAT(error_of(made({.link_type = "link_only"}), data[0]), HasSubstr("all records are of one"));
}

TEST(SplinkScore, a_rule_may_be_about_some_member_of_a_list) {
  const Dataset data{.name = "lists",
                     .columns = {{.name = "unique_id", .cells = {"1", "2", "3"}},
                                 {.name = "name", .cells = {"Ann", "Bob", "Eve"}},
                                 {.name = "phones", .cells = {"[a, b]", "['b', 'a']", "[\"c\"]"}}}};
  const Model model = made({.rules = R"({"blocking_rule": "l.phones = r.phones", "arrays_to_explode": ["phones"]})"});
  EXPECT_THAT(told(score_files(model, std::span(&data, 1), {}).value()), ElementsAre("1-2 by 0"));
}

TEST(SplinkScore, a_rule_that_would_explode_is_refused_with_its_largest_group_counted) {
  const std::string error = error_of(made({}), people(), {.blocking = {.pairs_max = 3}});
  EXPECT_THAT(error,
              HasSubstr("would give up to 5 pairs, more than 3; this one alone gives 4, its largest group of equal "
                        "records has 3 (blocking_rules_to_generate_predictions[1])"));
  EXPECT_THAT(error, Not(HasSubstr("York")));
}

TEST(SplinkScore, a_level_that_fails_on_a_pair_names_rows_and_no_value) {
  const std::string error = error_of(made({.close = "CAST(name_l AS DATE) = CAST(name_r AS DATE)"}), people());
  EXPECT_THAT(error, HasSubstr("a level cannot be worked out for people.csv, row 1 and people.csv, row 3"));
  EXPECT_THAT(error, HasSubstr("comparisons[0].comparison_levels[2]"));
  EXPECT_THAT(error, Not(HasSubstr("Ann")));
}

TEST(SplinkScore, unknown_functions_and_columns_name_the_level_and_the_nearest) {
  EXPECT_THAT(error_of(made({.close = "levenstein(name_l, name_r) < 2"}), people()),
              HasSubstr("the function 'levenstein' is not known (comparisons[0].comparison_levels[2].sql_condition, "
                        "comparison 'the name', level 'Close'). Did you mean 'levenshtein'?"));
  EXPECT_THAT(error_of(made({.close = "nam_l = name_r"}), people()),
              HasSubstr("the model uses the column 'nam', which the data do not have"));
  EXPECT_THAT(error_of(made({.close = "name_l = name"}), people()), HasSubstr("Write the column's name with _l or _r"));
  EXPECT_THAT(error_of(made({.rules = R"("name = r.name")"}), people()), HasSubstr("Write l.name or r.name"));
  EXPECT_THAT(error_of(made({.close = "levenshtein(name_l) < 2"}), people()),
              HasSubstr("'levenshtein' takes 2 arguments and is given 1"));
  EXPECT_THAT(error_of(made({.close = "abs(name_l - name_r) < 2"}), people()),
              HasSubstr("the value of 'name' is not a number"));
  EXPECT_THAT(error_of(made({.close = "levenshtein(name_l, name_r) < 2 AND abs(name_l - 1) < 2"}), people()),
              HasSubstr("the column 'name' is used as a number here and as text at"));
  EXPECT_THAT(error_of(made({.close = "regexp_extract(name_l, '(?=a)') = 'a'"}), people()),
              HasSubstr("a kind of group that is not read"));
  EXPECT_THAT(error_of(made({.close = "EPOCH(strptime(name_l, '%Q')) = 1"}), people()), HasSubstr("'%Q'"));
}

TEST(SplinkScore, a_pair_at_no_level_is_refused) {
  const Model whole = made({});
  Model model = whole;
  model.comparisons[0].levels.pop_back();
  EXPECT_THAT(error_of(model, people()), HasSubstr("are at no level of the comparison 'the name'"));
}

TEST(SplinkScore, an_id_that_is_missing_or_there_twice_is_refused) {
  Dataset data = people();
  data.columns[0].cells[3] = "";
  EXPECT_THAT(error_of(made({}), data), HasSubstr("the record has no 'unique_id' (people.csv, row 4)"));
  data.columns[0].cells[3] = "1";
  EXPECT_THAT(error_of(made({}), data), HasSubstr("the same id as that of people.csv, row 1 (people.csv, row 4)"));
}

TEST(SplinkScore, the_number_of_threads_changes_nothing) {
  Dataset data = people();
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.push_back(std::to_string(i));
  for (InputColumn& column : data.columns) column.cells.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    data.columns[0].cells.emplace_back(ids[i]);
    data.columns[1].cells.emplace_back(ids[i % 37]);
    data.columns[2].cells.emplace_back(ids[i % 11]);
  }
  const auto score = [&](int threads) {
    base::set_thread_limit(threads);
    auto scored = score_files(made({}), std::span(&data, 1), {}).value();
    base::set_thread_limit(0);
    return scored;
  };
  const auto one = score(1);
  const auto four = score(4);
  EXPECT_EQ(told(one), told(four));
  EXPECT_EQ(one.bayes_factors, four.bayes_factors);
}

std::vector<std::string> names_of(const std::vector<OutputColumn>& columns) {
  std::vector<std::string> names;
  for (const OutputColumn& column : columns) names.push_back(column.name);
  return names;
}

TEST(SplinkOutput, columns_have_the_names_that_splink_gives_them) {
  const Model model = made({.exact_more = R"(, "tf_adjustment_column": "name")"});
  const Dataset data = people();
  const auto columns = pair_columns(model, score_files(model, std::span(&data, 1), {}).value());
  EXPECT_THAT(names_of(columns), ElementsAre("match_weight", "match_probability", "unique_id_l", "unique_id_r",
                                             "gamma_the_name", "bf_the_name", "bf_tf_adj_the_name", "match_key"));
  EXPECT_THAT(std::get<std::vector<std::string>>(columns.back().cells), ElementsAre("0", "1", "1", "1", "1"));
  const Model two = made({.link_type = "link_and_dedupe", .more = R"("match_weight_column_prefix": "mw_",)"});
  const std::vector<Dataset> both{people("a"), people("b")};
  EXPECT_THAT(names_of(pair_columns(two, score_files(two, both, {}).value())),
              ElementsAre("match_weight", "match_probability", "source_dataset_l", "source_dataset_r", "unique_id_l",
                          "unique_id_r", "gamma_the_name", "mw_the_name", "match_key"));
}

TEST(SplinkOutput, clusters_are_chains_of_pairs_named_by_their_first_id) {
  const Dataset data = people();
  const Model model = made({});
  const auto scored = score_files(model, std::span(&data, 1), {}).value();
  const auto strict = cluster_columns(model, scored, 0.5);
  EXPECT_THAT(names_of(strict), ElementsAre("cluster_id", "unique_id"));
  EXPECT_THAT(std::get<std::vector<std::string>>(strict[0].cells), ElementsAre("1", "1", "3", "4", "5"));
  const auto all = cluster_columns(model, scored, 0.0);
  EXPECT_THAT(std::get<std::vector<std::string>>(all[0].cells), ElementsAre("1", "1", "1", "1", "1"));
}

TEST(SplinkScore, pairs_below_the_least_weight_are_left_out) {
  const Dataset data = people();
  const auto scored = score_files(made({}), std::span(&data, 1), {.match_weight_min = -2}).value();
  EXPECT_THAT(told(scored), ElementsAre("1-2 by 0", "1-4 by 1", "3-4 by 1"));
  EXPECT_THAT(scored.gammas, ElementsAre(2, -1, -1));
}

}  // namespace
}  // namespace throughline::linkage::splink

#include "linkage/splink/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throughline::linkage::splink {
namespace {

using testing::HasSubstr;

// A model of one comparison, with what a test adds to it and to its levels.
std::string model_json(const std::string& more = "", const std::string& exact = "") {
  return R"({"link_type": "dedupe_only", "probability_two_random_records_match": 0.01,
    "blocking_rules_to_generate_predictions": ["l.name = r.name"],)" +
         more + R"("comparisons": [{"output_column_name": "name", "comparison_levels": [
      {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
      {"sql_condition": "name_l = name_r", "label_for_charts": "Exact")" +
         exact + R"(, "m_probability": 0.9, "u_probability": 0.1},
      {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]})";
}

std::string error_of(const std::string& json) {
  const auto model = read_model(json, "model.json");
  return model.ok() ? "no error" : model.error().message();
}

bool has_note(const Model& model, const std::string& place, const std::string& part) {
  return std::ranges::any_of(model.notes, [&](const ModelNote& note) {
    return note.place == place && note.text.find(part) != std::string::npos;
  });
}

TEST(SplinkModel, levels_are_numbered_from_the_best_down_to_0_and_missing_is_below) {
  const Model model = read_model(model_json(), "model.json").value();
  ASSERT_EQ(model.comparisons.size(), 1U);
  const auto& levels = model.comparisons[0].levels;
  EXPECT_EQ(levels[0].gamma, -1);
  EXPECT_EQ(levels[1].gamma, 1);
  EXPECT_EQ(levels[2].gamma, 0);
  EXPECT_DOUBLE_EQ(levels[0].bayes_factor(), 1.0);
  EXPECT_DOUBLE_EQ(levels[1].bayes_factor(), 9.0);
  EXPECT_TRUE(levels[2].is_else);
  EXPECT_TRUE(model.notes.empty());
}

TEST(SplinkModel, what_training_left_out_is_splinks_default_and_noted) {
  std::string json = model_json();
  json.replace(json.find(R"("m_probability": 0.9, )"), 22, "");
  const Model model = read_model(json, "model.json").value();
  EXPECT_DOUBLE_EQ(model.comparisons[0].levels[1].m, 0.95);
  EXPECT_TRUE(has_note(model, "comparisons[0].comparison_levels[1].m_probability", "default 0.95"));
}

TEST(SplinkModel, a_level_that_training_never_saw_has_one_in_a_million) {
  std::string json = model_json();
  json.replace(json.find(R"("u_probability": 0.1)"), 20,
               R"("u_probability": "level not observed in training dataset")");
  EXPECT_DOUBLE_EQ(read_model(json, "model.json").value().comparisons[0].levels[1].u, 1e-6);
}

TEST(SplinkModel, unknown_keys_are_noted_with_their_path_and_the_nearest_known) {
  const Model model =
      read_model(model_json(R"("link_typ": 1, "em_convergence": 0.1,)", R"(, "tf_adjustment_colum": "x")"), "m")
          .value();
  EXPECT_TRUE(has_note(model, "link_typ", "did you mean 'link_type'"));
  EXPECT_TRUE(has_note(model, "comparisons[0].comparison_levels[1].tf_adjustment_colum",
                       "did you mean 'tf_adjustment_column'"));
  EXPECT_EQ(model.notes.size(), 2U);
}

TEST(SplinkModel, a_model_of_splink_2_says_which_versions_are_read) {
  EXPECT_EQ(
      error_of(R"({"link_type": "dedupe_only", "comparison_columns": []})"),
      "this is a model of Splink 2 or older; models of Splink 3, 4 and 5 are read (model.json). Train it again with "
      "Splink 3 or later, and save it from there.");
  EXPECT_THAT(error_of(R"({"rows": []})"), HasSubstr("it has no comparisons; models of Splink 3, 4 and 5 are read"));
}

TEST(SplinkModel, the_weights_of_splink_5_are_told_by_their_prefix) {
  const Model model = read_model(model_json(R"("match_weight_column_prefix": "mw_",)"), "m").value();
  EXPECT_EQ(model.arithmetic, Arithmetic::weights);
  EXPECT_EQ(model.names.factor_prefix, "mw_");
}

TEST(SplinkModel, what_is_wrong_is_named_by_its_path) {
  EXPECT_THAT(error_of(R"({"comparisons": [)"), HasSubstr("the model file is no JSON (model.json, line 1, column 18)"));
  EXPECT_THAT(error_of(model_json(R"("link_type": "x",)")),
              HasSubstr("the key is there twice (model.json: link_type)"));
  EXPECT_THAT(error_of(model_json(R"("unique_id_column_name": 7,)")),
              HasSubstr("this must be text and is a number (model.json: unique_id_column_name)"));
  std::string json = model_json();
  json.replace(json.find("dedupe_only"), 11, "dedup_only");
  EXPECT_THAT(error_of(json), HasSubstr("the link type 'dedup_only' is not known (model.json: link_type). Did you mean "
                                        "'dedupe_only'?"));
  json = model_json();
  json.replace(json.find("0.01"), 4, "1.50");
  EXPECT_THAT(error_of(json), HasSubstr("this is 1.5 and must be above 0 and at most 1"));
  json = model_json();
  json.replace(json.find("\"m_probability\": 0.9"), 20, "\"m_probability\": -1");
  EXPECT_THAT(error_of(json), HasSubstr("must be between 0 and 1 (model.json: "
                                        "comparisons[0].comparison_levels[1].m_probability)"));
}

TEST(SplinkModel, sql_that_is_not_read_names_the_level_and_the_character) {
  std::string json = model_json();
  json.replace(json.find("name_l = name_r"), 15, "name_l = (name_r");
  EXPECT_THAT(error_of(json), HasSubstr("the condition has no ) where one is needed at character 17 (model.json: "
                                        "comparisons[0].comparison_levels[1].sql_condition, level 'Exact')"));
}

TEST(SplinkModel, a_level_after_else_can_never_be_reached_and_is_refused) {
  std::string json = model_json();
  json.replace(json.find("name_l = name_r"), 15, "else");
  EXPECT_THAT(error_of(json), HasSubstr("a level stands after ELSE"));
}

TEST(SplinkModel, nesting_without_end_is_refused) {
  EXPECT_THAT(error_of(std::string(100, '[')), HasSubstr("nested more than 40 deep"));
  EXPECT_THAT(parse_condition(std::string(500, '('), Dialect::duckdb).error().what, HasSubstr("more than 60 deep"));
}

TEST(SplinkModel, spark_escapes_by_a_backslash_and_quotes_names_otherwise) {
  const auto read = parse_condition(R"(try_to_timestamp(`d_l`, 'yyyy-MM-dd\'T\'HH') IS NULL)", Dialect::spark);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read.value().parts[0].parts[1].text, "yyyy-MM-dd'T'HH");
}

}  // namespace
}  // namespace throughline::linkage::splink

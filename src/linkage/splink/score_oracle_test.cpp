// Splink's own output, pair by pair. One set is bundled; the others are read where the shared data lie beside the
// repository, and skipped where they do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/number.h"
#include "base/source_folder.h"
#include "linkage/splink/score.h"
#include "records/readers/raw_rows.h"

namespace throughline::linkage::splink {
namespace {

namespace fs = std::filesystem;

struct TextTable {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> columns;

  [[nodiscard]] const std::vector<std::string>& column(const std::string& name) const {
    const auto found = std::ranges::find(names, name);
    CHECK(found != names.end());
    return columns[static_cast<std::size_t>(found - names.begin())];
  }
  [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};

std::string trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

base::Result<TextTable> read_table(const fs::path& path) {
  auto source = TRY(records::open_rows(path.string()));
  TextTable table{.names = source->header(), .columns = {}};
  table.columns.resize(table.names.size());
  for (auto window = TRY(source->next()); window; window = TRY(source->next())) {
    const records::RawRows rows = source->parse(*window);
    for (std::size_t i = 0; i < rows.fields.size(); ++i) {
      table.columns[i % table.names.size()].push_back(trimmed(rows.fields[i]));
    }
  }
  return table;
}

TextTable table_at(const fs::path& path) {
  auto table = read_table(path);
  EXPECT_TRUE(table.ok()) << (table.ok() ? "" : table.error().message());
  return table.ok() ? std::move(table).value() : TextTable();
}

Dataset dataset_of(const TextTable& table, const std::string& name) {
  Dataset dataset{.name = name};
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    InputColumn column{.name = table.names[i]};
    column.cells.assign(table.columns[i].begin(), table.columns[i].end());
    dataset.columns.push_back(std::move(column));
  }
  return dataset;
}

Model model_at(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  auto model = read_model(text.str(), path.filename().string());
  EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message());
  return model.ok() ? std::move(model).value() : Model();
}

std::optional<fs::path> shared_data() {
  const fs::path source = base::k_source_folder;
  for (const char* way : {"../shared/data/linkage", "../../shared/data/linkage"}) {
    if (fs::exists(source / way / "splink_oracle")) return source / way;
  }
  return std::nullopt;
}

// How far two numbers are apart, beside their size.
double apart(double one, double other) {
  return std::fabs(one - other) / std::max(1.0, std::fabs(other));
}

class Oracle {
 public:
  Oracle(const Model& model, TextTable expected) : model_(model), expected_(std::move(expected)) {}

  // Every pair that Splink scored is there with the same numbers, and no other.
  void expect_equal(const ScoredPairs& scored) const {
    std::map<std::string, std::size_t> places;
    for (std::size_t pair = 0; pair < scored.pairs.size(); ++pair) {
      places.emplace(key(scored.ids[static_cast<std::size_t>(scored.pairs[pair].left)],
                         scored.ids[static_cast<std::size_t>(scored.pairs[pair].right)]),
                     pair);
    }
    EXPECT_EQ(scored.pairs.size(), expected_.rows());
    EXPECT_EQ(places.size(), scored.pairs.size());
    const std::string& id = model_.names.unique_id;
    std::size_t found = 0;
    std::set<std::string> differing;
    for (std::size_t row = 0; row < expected_.rows(); ++row) {
      const auto place = places.find(key(expected_.column(id + "_l")[row], expected_.column(id + "_r")[row]));
      if (place == places.end()) continue;
      ++found;
      gather_differing(scored, place->second, row, differing);
    }
    EXPECT_EQ(found, expected_.rows());
    for (const std::string& column : differing) ADD_FAILURE() << column << " differs";
  }

 private:
  static std::string key(const std::string& left, const std::string& right) { return left + "\n" + right; }

  [[nodiscard]] double number(const std::string& column, std::size_t row) const {
    return base::parse_double(expected_.column(column)[row]).value_or(std::nan(""));
  }

  void gather_differing(const ScoredPairs& scored, std::size_t pair, std::size_t row,
                        std::set<std::string>& differing) const {
    const PairScore& score = scored.pairs[pair];
    const auto expect = [&](const std::string& column, double value, double tolerance) {
      if (!(apart(value, number(column, row)) <= tolerance)) differing.insert(column);
    };
    expect("match_weight", score.match_weight, 1e-12);
    expect("match_probability", score.match_probability, 1e-12);
    expect("match_key", score.match_key, 0);
    for (std::size_t i = 0; i < model_.comparisons.size(); ++i) {
      const std::string& name = model_.comparisons[i].name;
      expect("bf_" + name, scored.bayes_factors[scored.at(pair, i)], 1e-12);
      if (model_.comparisons[i].has_tf()) expect("bf_tf_adj_" + name, scored.tf_adjustments[scored.at(pair, i)], 1e-12);
    }
  }

  const Model& model_;
  TextTable expected_;
};

void expect_like_splink(const fs::path& folder, const std::string& name, const std::vector<Dataset>& datasets,
                        const ScoreOptions& options = {}) {
  const Model model = model_at(folder / (name + "_model.json"));
  const auto scored = score_files(model, datasets, options);
  ASSERT_TRUE(scored.ok()) << scored.error().message();
  Oracle(model, table_at(folder / (name + "_pairs.csv.gz"))).expect_equal(scored.value());
}

// The extract as it was prepared for Splink: names as they are, the parts of the date of birth put together.
TextTable prepared_extract(const TextTable& raw, const std::string& id_stem) {
  TextTable made{.names = {"unique_id", "first_name", "surname", "sex", "postcode", "address", "y", "dob"},
                 .columns = {}};
  made.columns.resize(made.names.size());
  for (std::size_t row = 0; row < raw.rows(); ++row) {
    const auto cell = [&](const char* name) { return raw.column(name)[row]; };
    const auto two = [](const std::string& text) { return text.size() == 1 ? "0" + text : text; };
    const bool is_whole = !cell("dob_year").empty() && !cell("dob_mon").empty() && !cell("dob_day").empty();
    const std::vector<std::string> cells{
        id_stem + std::to_string(row + 1),
        cell("pername1"),
        cell("pername2"),
        cell("sex"),
        cell("enumpc"),
        cell("enumcap"),
        cell("dob_year"),
        is_whole ? cell("dob_year") + "-" + two(cell("dob_mon")) + "-" + two(cell("dob_day")) : ""};
    for (std::size_t i = 0; i < cells.size(); ++i) made.columns[i].push_back(cells[i]);
  }
  return made;
}

TEST(SplinkOracle, fake_1000_is_scored_as_by_splink) {
  const fs::path folder = fs::path(base::k_source_folder) / "tests/worlds/splink";
  const TextTable table = table_at(folder / "fake_1000.csv");
  expect_like_splink(folder, "fake_1000", {dataset_of(table, "fake_1000")});
}

TEST(SplinkOracle, febrl3_is_scored_as_by_splink) {
  const auto data = shared_data();
  if (!data.has_value()) GTEST_SKIP() << "the shared data are not beside the repository";
  const TextTable table = table_at(*data / "febrl/dataset3.csv");
  expect_like_splink(*data / "splink_oracle", "febrl3", {dataset_of(table, "febrl3")});
}

TEST(SplinkOracle, census_and_survey_are_linked_as_by_splink) {
  const auto data = shared_data();
  if (!data.has_value()) GTEST_SKIP() << "the shared data are not beside the repository";
  const TextTable census = prepared_extract(table_at(*data / "ons_euro_census/census_full.csv"), "census");
  const TextTable survey = prepared_extract(table_at(*data / "ons_euro_census/cis_full.csv"), "cis");
  // The file leaves out the pairs that differ in sex, to which the model gives a factor of 1e-34; their weights lie
  // below -80, those of all others above -33.
  expect_like_splink(*data / "splink_oracle", "ons_census_cis",
                     {dataset_of(census, "__splink__input_table_0"), dataset_of(survey, "__splink__input_table_1")},
                     {.match_weight_min = -50});
}

}  // namespace
}  // namespace throughline::linkage::splink

// Splink's own output, through the command: files in, model in, pairs and clusters out. One set is bundled; the other
// is read where the shared data lie beside the repository, and skipped where they do not.
#include "app/link_splink.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/link_files.h"
#include "app/made_up_world.h"
#include "base/number.h"
#include "base/source_folder.h"
#include "store/duck.h"

namespace throughline::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Lines of an ASCII file by the names of its columns; without quotes, which these files do not have.
struct Lines {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] const std::string& cell(std::size_t row, const std::string& name) const {
    const auto found = std::ranges::find(header, name);
    EXPECT_NE(found, header.end()) << name;
    return rows[row][static_cast<std::size_t>(found - header.begin())];
  }
};

Lines lines_of(const fs::path& path) {
  const auto source = records::open_rows(path.string()).value();
  Lines lines{.header = source->header(), .rows = {}};
  while (const auto window = source->next().value()) {
    const records::RawRows raw = source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows(); ++row) {
      auto& cells = lines.rows.emplace_back();
      for (std::int32_t column = 0; column < raw.columns; ++column) cells.emplace_back(raw.field(row, column));
    }
  }
  return lines;
}

const fs::path k_bundled = fs::path(base::k_source_folder) / "tests/worlds/splink";

struct LinkSplink : testing::Test, MadeUpWorld {
  LinkSplink() {
    request.inputs = {(k_bundled / "fake_1000.csv").string()};
    request.splink_model = (k_bundled / "fake_1000_model.json").string();
    request.pairs = path("pairs.csv");
  }
  [[nodiscard]] Report done() const { return link_files(outside, settings, request).value(); }
  [[nodiscard]] base::Error refused() const { return link_files(outside, settings, request).error(); }
  // The model with a text of it replaced.
  void model_with(const std::string& text, const std::string& instead) {
    std::string model = store::bytes_of(k_bundled / "fake_1000_model.json");
    const std::size_t at = model.find(text);
    ASSERT_NE(at, std::string::npos) << text;
    model.replace(at, text.size(), instead);
    store::put_bytes(path("model.json"), model);
    request.splink_model = path("model.json");
  }

  LinkFilesRequest request;
};

using Key = std::pair<std::string, std::string>;

// Every pair of Splink's, with Splink's numbers to 1e-12, and no other.
void expect_pairs(const Lines& ours, const Lines& theirs, const std::string& id) {
  ASSERT_EQ(ours.rows.size(), theirs.rows.size());
  std::map<Key, std::size_t> places;
  for (std::size_t row = 0; row < ours.rows.size(); ++row) {
    places[{ours.cell(row, id + "_l"), ours.cell(row, id + "_r")}] = row;
  }
  std::set<std::string> differing;
  for (std::size_t row = 0; row < theirs.rows.size(); ++row) {
    const auto place = places.find({theirs.cell(row, id + "_l"), theirs.cell(row, id + "_r")});
    ASSERT_NE(place, places.end()) << "row " << row;
    for (const std::string& name : theirs.header) {
      if (name.starts_with(id)) continue;
      const double wanted = base::parse_double(theirs.cell(row, name)).value();
      const double found = base::parse_double(ours.cell(place->second, name)).value();
      if (!(std::fabs(found - wanted) <= 1e-12 * std::max(1.0, std::fabs(wanted)))) differing.insert(name);
    }
  }
  EXPECT_THAT(differing, testing::IsEmpty());
}

TEST_F(LinkSplink, scores_fake_1000_as_Splink_does) {
  const Report report = done();
  EXPECT_EQ(fact_of(report, "model", "pairs"), Value(std::int64_t{3989}));
  expect_pairs(lines_of(path("pairs.csv")), lines_of(k_bundled / "fake_1000_pairs.csv.gz"), "unique_id");
}

TEST_F(LinkSplink, scores_febrl3_as_Splink_does) {
  const fs::path shared = fs::path(base::k_source_folder) / "../shared/data/linkage";
  const fs::path beside = fs::exists(shared) ? shared : fs::path(base::k_source_folder) / "../../shared/data/linkage";
  if (!fs::exists(beside)) GTEST_SKIP() << "the shared data are not beside the repository";
  // Its cells begin with a blank, which Splink was not shown.
  std::string text = store::bytes_of(beside / "febrl/dataset3.csv");
  for (std::size_t at = text.find(", "); at != std::string::npos; at = text.find(", ", at)) text.erase(at + 1, 1);
  store::put_bytes(path("febrl3.csv"), text);
  request.inputs = {path("febrl3.csv")};
  request.splink_model = (beside / "splink_oracle/febrl3_model.json").string();
  const Report report = done();
  EXPECT_EQ(fact_of(report, "model", "pairs"), Value(std::int64_t{87583}));
  expect_pairs(lines_of(path("pairs.csv")), lines_of(beside / "splink_oracle/febrl3_pairs.csv.gz"), "rec_id");
}

// The clusters are reckoned again from Splink's pairs: two records share one exactly where a chain of them joins them.
TEST_F(LinkSplink, clusters_are_the_components_of_Splinks_pairs_at_the_threshold) {
  request.output = path("clusters.csv");
  request.threshold = 0.95;
  const Report report = done();
  const Lines pairs = lines_of(k_bundled / "fake_1000_pairs.csv.gz");
  const Lines clusters = lines_of(path("clusters.csv"));
  std::map<std::string, std::string> of;  // The least id that a chain reaches.
  for (std::size_t row = 0; row < clusters.rows.size(); ++row) {
    of[clusters.cell(row, "unique_id")] = clusters.cell(row, "unique_id");
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (std::size_t row = 0; row < pairs.rows.size(); ++row) {
      if (base::parse_double(pairs.cell(row, "match_probability")).value() < 0.95) continue;
      std::string& left = of[pairs.cell(row, "unique_id_l")];
      std::string& right = of[pairs.cell(row, "unique_id_r")];
      if (left == right) continue;
      left = right = std::min(left, right);
      has_changed = true;
    }
  }
  std::set<std::string> different;
  for (std::size_t row = 0; row < clusters.rows.size(); ++row) {
    const std::string& id = clusters.cell(row, "unique_id");
    EXPECT_EQ(clusters.cell(row, "cluster_id"), of[id]) << "record " << row;
    different.insert(of[id]);
  }
  EXPECT_EQ(clusters.rows.size(), 1000U);
  EXPECT_EQ(fact_of(report, "result", "clusters"), Value(static_cast<std::int64_t>(different.size())));
  EXPECT_EQ(fact_of(report, "result", "threshold"), Value("0.95"));
}

TEST_F(LinkSplink, writes_Parquet_with_the_columns_of_the_CSV) {
  static_cast<void>(done());
  request.pairs = path("pairs.parquet");
  static_cast<void>(done());
  const auto duck =
      store::Duck::open(path("reading.db"), {.temp_directory = {}, .inbox_directory = folder.path()}).value();
  store::DuckConnection connection = duck.connect().value();
  const Lines lines = lines_of(path("pairs.csv"));
  std::string same = "1=1";
  for (const std::string& name : lines.header) same += fmt::format(" AND c.\"{0}\" = p.\"{0}\"", name);
  EXPECT_EQ(
      connection
          .number(fmt::format("SELECT count(*) FROM read_csv('{}', types = {{'unique_id_l': 'VARCHAR', "
                              "'unique_id_r': 'VARCHAR', 'match_key': 'VARCHAR'}}) c JOIN read_parquet('{}') p ON {}",
                              path("pairs.csv"), path("pairs.parquet"), same))
          .value(),
      3989);
}

TEST_F(LinkSplink, a_rule_that_is_not_understood_is_named_and_nothing_is_written) {
  model_with(R"("blocking_rule": "l.\"surname\" = r.\"surname\"")",
             R"("blocking_rule": "frobnicate(l.\"surname\") = r.\"surname\"")");
  const base::Error error = refused();
  EXPECT_THAT(error.message(), HasSubstr("frobnicate"));
  EXPECT_THAT(error.where, HasSubstr("blocking_rules_to_generate_predictions[1]"));
  EXPECT_FALSE(fs::exists(path("pairs.csv")));
}

TEST_F(LinkSplink, a_model_of_another_version_and_one_that_is_none_are_refused) {
  store::put_bytes(path("model.json"), R"({"link_type": "dedupe_only", "comparison_columns": []})");
  request.splink_model = path("model.json");
  EXPECT_EQ(refused().code, "splink_model_version");
  EXPECT_THAT(refused().message(), HasSubstr("models of Splink 3, 4 and 5 are read"));
  store::put_bytes(path("model.json"), "not at all");
  EXPECT_EQ(refused().code, "splink_model_json");
  request.splink_model = path("missing.json");
  EXPECT_THAT(refused().message(), HasSubstr("missing.json"));
}

TEST_F(LinkSplink, a_column_that_the_model_names_and_the_file_lacks_is_told) {
  store::put_bytes(path("people.csv"),
                   "unique_id,first_name,surnames,dob,city,email\n1,Inventa,Fictonbee,1990-04-23,,\n");
  request.inputs = {path("people.csv")};
  EXPECT_EQ(refused().code, "splink_column");
  EXPECT_THAT(refused().message(),
              testing::StartsWith("the model uses the column 'surname', which the data do not have"));
  EXPECT_THAT(refused().message(), testing::EndsWith("Did you mean 'surnames'?"));
}

TEST_F(LinkSplink, options_that_a_model_leaves_no_room_for_are_refused) {
  request.is_one_to_one = true;
  EXPECT_EQ(refused().message(),
            "A model of Splink decides itself what is compared and how (--one-to-one). Leave out --one-to-one, or "
            "--splink-model.");
  request.is_one_to_one = false;
  request.ids = {"email"};
  EXPECT_EQ(refused().message(),
            "The model's id column is unique_id, and --id says email (--id). Leave out --id, or set "
            "unique_id_column_name in the model.");
  request.ids.clear();
  request.threshold = 1.5;
  EXPECT_EQ(refused().message(), "1.5 is no probability (--threshold). Give a number from 0 to 1, such as 0.95.");
  request.threshold.reset();
  request.pairs.clear();
  EXPECT_EQ(refused().code, "nothing_to_write");
  request.splink_model.clear();
  request.threshold = 0.5;
  EXPECT_EQ(refused().message(),
            "Without a model of Splink the threshold is not set by hand (--threshold). Leave it out, or name a model "
            "with --splink-model.");
}

}  // namespace
}  // namespace throughline::app

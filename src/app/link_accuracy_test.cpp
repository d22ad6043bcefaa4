// The engine against sets whose truth is known, as files of rows go through the command: read, recognised, encoded,
// linked, with the configuration that is shipped. Rows are shuffled first, for the order of a file can give the truth
// away. Sets that may not be passed on lie beside the repository; where they do not, their tests are skipped.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/link_input.h"
#include "app/made_up_world.h"
#include "base/random.h"
#include "base/source_folder.h"
#include "linkage/link.h"
#include "linkage/pair_truth.h"

namespace throughline::app {
namespace {

namespace fs = std::filesystem;

using Row = std::vector<std::string>;

struct TextTable {
  Row header;
  std::vector<Row> rows;

  [[nodiscard]] std::size_t column(std::string_view name) const {
    const auto found = std::ranges::find(header, name);
    EXPECT_NE(found, header.end()) << name;
    return static_cast<std::size_t>(found - header.begin());
  }
};

TextTable read_table(const fs::path& path) {
  const auto source = records::open_rows(path.string()).value();
  TextTable table{.header = source->header(), .rows = {}};
  while (true) {
    const std::optional<records::Window> window = source->next().value();
    if (!window.has_value()) return table;
    const records::RawRows raw = source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows(); ++row) {
      Row& fields = table.rows.emplace_back();
      for (std::int32_t column = 0; column < raw.columns; ++column) fields.emplace_back(raw.field(row, column));
    }
  }
}

std::string line_of(const Row& fields) {
  std::string line;
  for (const std::string& field : fields) {
    line += line.empty() ? "\"" : ",\"";
    for (const char byte : field) line += byte == '"' ? "\"\"" : std::string(1, byte);
    line += '"';
  }
  return line + '\n';
}

// One file of a set: where it lies, which of its rows count, and who a row is of.
struct SetFile {
  std::string path;
  std::function<std::string(const TextTable&, const Row&)> who;
  std::function<bool(const TextTable&, const Row&)> counts = [](const TextTable& /*table*/, const Row& /*row*/) {
    return true;
  };
};

std::function<std::string(const TextTable&, const Row&)> in_column(const std::string& name) {
  return [name](const TextTable& table, const Row& row) { return row[table.column(name)]; };
}

// "rec-122-dup-0" is of 122.
std::string febrl_person(const TextTable& table, const Row& row) {
  const std::string& id = row[table.column("rec_id")];
  return id.substr(0, id.find('-', 4));
}

// The same rows in another order, each with a number and, in the last column, the person.
void put_shuffled(const fs::path& from, const SetFile& file, const fs::path& to) {
  TextTable table = read_table(from);
  base::Random chance({.seed = 5, .stream = base::stream_of("accuracy test")});
  chance.shuffle(std::span(table.rows));
  Row header = table.header;
  header.insert(header.begin(), "row_number");
  header.emplace_back("who_it_is");
  std::string text = line_of(header);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (!file.counts(table, table.rows[i])) continue;
    Row row = table.rows[i];
    row.insert(row.begin(), std::to_string(i + 1));
    row.push_back(file.who(table, table.rows[i]));
    text += line_of(row);
  }
  store::put_bytes(to, text);
}

std::optional<fs::path> shared_data() {
  const fs::path source = base::k_source_folder;
  for (const char* way : {"../shared/data/linkage", "../../shared/data/linkage"}) {
    if (fs::exists(source / way / "ons_euro_census")) return source / way;
  }
  return std::nullopt;
}

struct Measured {
  LinkRows rows;
  linkage::LinkAnswer answer;
  linkage::PairTruth truth;
  double calibration_error = 0;
};

enum class Constraint { none, one_to_one };

struct LinkAccuracy : testing::Test, MadeUpWorld {
  [[nodiscard]] Measured measured(const std::vector<SetFile>& files, Constraint constraint = Constraint::none) const {
    LinkFilesRequest request;
    request.ids = {"row_number"};
    request.truth = "who_it_is";
    for (const SetFile& file : files) {
      request.inputs.push_back(path(fmt::format("input_{}.csv", request.inputs.size())));
      put_shuffled(file.path, file, request.inputs.back());
    }
    linkage::LinkOptions options;
    options.is_one_to_one = constraint == Constraint::one_to_one;
    Measured all{.rows = read_inputs(outside, open_inputs(request).value()).value(), .answer = {}, .truth = {}};
    all.answer = linkage::link(all.rows.people, options, interrupt, outside.progress).value();
    const auto counted = files.size() > 1 ? linkage::CountedPairs::across_sources : linkage::CountedPairs::all;
    all.truth = linkage::count_truth(all.rows.people.records, all.answer.first_of_cluster, all.rows.truth_of, counted);
    all.calibration_error =
        linkage::calibration_error(linkage::reliability_of(all.answer.pairs, all.rows.truth_of, 0.01));
    RecordProperty("f1", fmt::format("{:.5f}", all.truth.f1()));
    RecordProperty("false_pairs", std::to_string(all.truth.linked_pairs - all.truth.right_pairs));
    RecordProperty("missed_pairs", std::to_string(all.truth.true_pairs - all.truth.right_pairs));
    RecordProperty("calibration_error", fmt::format("{:.4f}", all.calibration_error));
    return all;
  }

  // A set beside the repository.
  [[nodiscard]] static SetFile shared(const std::string& name,
                                      std::function<std::string(const TextTable&, const Row&)> who) {
    return {.path = (*shared_data() / name).string(), .who = std::move(who)};
  }
};

struct SharedLinkAccuracy : LinkAccuracy {
  void SetUp() override {
    if (!shared_data().has_value()) GTEST_SKIP() << "the sets with truth are not beside the repository";
  }
};

void expect_at_least(const Measured& measured, double f1, double calibration_error) {
  EXPECT_GE(measured.truth.f1(), f1) << measured.truth.linked_pairs - measured.truth.right_pairs << " false, "
                                     << measured.truth.true_pairs - measured.truth.right_pairs << " missed";
  EXPECT_LE(measured.calibration_error, calibration_error);
}

constexpr double k_calibrated = 0.03;

TEST_F(LinkAccuracy, of_fake_1000_is_at_least_965_in_a_thousand) {
  const std::string bundled = std::string(base::k_source_folder) + "/tests/worlds/splink/fake_1000.csv";
  expect_at_least(measured({{.path = bundled, .who = in_column("cluster")}}), 0.965, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_fake_20000_is_at_least_94_in_a_hundred) {
  expect_at_least(measured({shared("splink/fake_20000.csv", in_column("group"))}), 0.94, k_calibrated);
}

// German names with a slip each.
TEST_F(SharedLinkAccuracy, of_RLdata10000_is_at_least_965_in_a_thousand) {
  expect_at_least(measured({shared("rldata/RLdata10000.csv", in_column("identity"))}), 0.965, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_febrl_1_is_without_error) {
  expect_at_least(measured({shared("febrl/dataset1.csv", febrl_person)}), 1, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_febrl_2_is_at_least_998_in_a_thousand) {
  expect_at_least(measured({shared("febrl/dataset2.csv", febrl_person)}), 0.998, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_febrl_3_is_at_least_999_in_a_thousand) {
  expect_at_least(measured({shared("febrl/dataset3.csv", febrl_person)}), 0.999, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_febrl_4_is_at_least_9995_in_ten_thousand) {
  const Measured all =
      measured({shared("febrl/dataset4a.csv", febrl_person), shared("febrl/dataset4b.csv", febrl_person)});
  expect_at_least(all, 0.9995, k_calibrated);
}

TEST_F(SharedLinkAccuracy, of_a_census_and_social_security_is_without_error) {
  SetFile census = shared("pseudopeople/decennial_census.csv", in_column("simulant_id"));
  census.counts = [](const TextTable& table, const Row& row) { return row[table.column("year")] == "2030"; };
  SetFile security = shared("pseudopeople/social_security.csv", in_column("simulant_id"));
  security.counts = [](const TextTable& table, const Row& row) {
    return row[table.column("event_type")] == "creation";
  };
  const Measured all = measured({census, security});
  EXPECT_EQ(all.truth.true_pairs, 10'850);
  expect_at_least(all, 1, k_calibrated);
}

// "DE146FT023001" is person 001 of house 023: pairs of two people of one house that were put together.
std::int64_t false_within_households(const Measured& all) {
  constexpr std::size_t k_person_digits = 3;
  const auto home_of = [&](std::size_t record) {
    const std::string_view who = all.rows.truths.text(all.rows.truth_of[record]);
    return who.substr(0, who.size() - std::min(who.size(), k_person_digits));
  };
  std::vector<std::vector<std::size_t>> members(all.answer.first_of_cluster.size());
  for (std::size_t i = 0; i < members.size(); ++i) members[all.answer.first_of_cluster[i]].push_back(i);
  std::int64_t merged = 0;
  for (const std::vector<std::size_t>& cluster : members) {
    for (std::size_t i = 0; i < cluster.size(); ++i) {
      for (std::size_t j = i + 1; j < cluster.size(); ++j) {
        const bool is_one_person = all.rows.truth_of[cluster[i]] == all.rows.truth_of[cluster[j]];
        merged += !is_one_person && home_of(cluster[i]) == home_of(cluster[j]) ? 1 : 0;
      }
    }
  }
  return merged;
}

std::vector<SetFile> census_and_survey() {
  const fs::path folder = *shared_data() / "ons_euro_census";
  return {{.path = (folder / "census_full.csv").string(), .who = in_column("person_id")},
          {.path = (folder / "cis_full.csv").string(), .who = in_column("person_id")}};
}

TEST_F(SharedLinkAccuracy, of_a_census_and_a_register_merges_at_most_ten_pairs_of_one_household) {
  const Measured all = measured(census_and_survey(), Constraint::one_to_one);
  EXPECT_EQ(all.truth.true_pairs, 24'043);
  expect_at_least(all, 0.995, k_calibrated);
  EXPECT_LE(false_within_households(all), 10);
}

TEST_F(SharedLinkAccuracy, of_a_census_and_a_register_that_may_name_somebody_twice_merges_at_most_fifty) {
  const Measured all = measured(census_and_survey());
  expect_at_least(all, 0.995, k_calibrated);
  EXPECT_LE(false_within_households(all), 50);
}

}  // namespace
}  // namespace throughline::app

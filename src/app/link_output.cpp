#include "app/link_output.h"

#include <algorithm>
#include <memory>

#include "app/table_file.h"

namespace throughline::app {

namespace {

using base::Result;
using store::AppendColumn;
using store::ParquetType;

constexpr auto k_chunk = static_cast<std::size_t>(store::k_chunk_rows);

std::string_view id_of(const LinkRows& rows, std::uint32_t record) {
  return rows.ids.text(record);
}

std::string_view dataset_of(const LinkRows& rows, std::uint32_t record) {
  return rows.inputs[rows.people.records[record].source].dataset;
}

// Rows of one part, made chunk by chunk.
template <class Made>
class Rows final : public store::RowSupplier {
 public:
  Rows(const LinkRows& rows, const linkage::LinkAnswer& answer) : rows_(rows), answer_(answer) {}
  std::unique_ptr<Part> part() override { return std::make_unique<Made>(rows_, answer_); }
  [[nodiscard]] int max_threads() const override { return 1; }

 private:
  const LinkRows& rows_;
  const linkage::LinkAnswer& answer_;
};

class ClusterRows final : public store::RowSupplier::Part {
 public:
  ClusterRows(const LinkRows& rows, const linkage::LinkAnswer& answer)
      : rows_(rows), answer_(answer), numbers_(answer.first_of_cluster.size(), 0) {}

  Result<std::int64_t> next(std::span<AppendColumn> columns) override {
    const std::size_t end = std::min(next_ + k_chunk, answer_.first_of_cluster.size());
    datasets_.clear();
    ids_.clear();
    clusters_.clear();
    for (; next_ < end; ++next_) {
      const auto record = static_cast<std::uint32_t>(next_);
      std::int64_t& number = numbers_[answer_.first_of_cluster[record]];
      if (number == 0) number = ++last_;
      datasets_.push_back(dataset_of(rows_, record));
      ids_.push_back(id_of(rows_, record));
      clusters_.push_back(number);
    }
    std::size_t column = 0;
    if (rows_.inputs.size() > 1) columns[column++].values = std::span<const std::string_view>(datasets_);
    columns[column++].values = std::span<const std::string_view>(ids_);
    columns[column].values = std::span<const std::int64_t>(clusters_);
    return static_cast<std::int64_t>(ids_.size());
  }

 private:
  const LinkRows& rows_;
  const linkage::LinkAnswer& answer_;
  std::vector<std::int64_t> numbers_;  // By the first record of a cluster; 0: has none yet.
  std::int64_t last_ = 0;
  std::size_t next_ = 0;
  std::vector<std::string_view> datasets_, ids_;
  std::vector<std::int64_t> clusters_;
};

class PairRows final : public store::RowSupplier::Part {
 public:
  PairRows(const LinkRows& rows, const linkage::LinkAnswer& answer) : rows_(rows), answer_(answer) {}

  Result<std::int64_t> next(std::span<AppendColumn> columns) override {
    const std::size_t end = std::min(next_ + k_chunk, answer_.pairs.size());
    for (auto* numbers : {&weights_, &probabilities_}) numbers->clear();
    for (auto& texts : texts_) texts.clear();
    for (auto& gammas : gammas_) gammas.clear();
    for (; next_ < end; ++next_) add(answer_.pairs[next_]);
    columns[0].values = std::span<const double>(weights_);
    columns[1].values = std::span<const double>(probabilities_);
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      columns[2 + i].values = std::span<const std::string_view>(texts_[i]);
    }
    for (std::size_t c = 0; c < gammas_.size(); ++c) {
      columns[2 + texts_.size() + c].values = std::span<const std::int64_t>(gammas_[c]);
    }
    return static_cast<std::int64_t>(weights_.size());
  }

 private:
  void add(const linkage::WeighedPair& pair) {
    weights_.push_back(pair.weight_bits);
    probabilities_.push_back(pair.probability);
    texts_[0].push_back(dataset_of(rows_, pair.one));
    texts_[1].push_back(id_of(rows_, pair.one));
    texts_[2].push_back(dataset_of(rows_, pair.other));
    texts_[3].push_back(id_of(rows_, pair.other));
    const linkage::Pattern pattern =
        linkage::compare(rows_.people.records[pair.one], rows_.people.records[pair.other], rows_.people.texts);
    for (std::size_t c = 0; c < gammas_.size(); ++c) {
      const linkage::ComparisonShape& shape = linkage::shape_of(static_cast<linkage::Comparison>(c));
      const int level = pattern.levels[c];
      gammas_[c].push_back(linkage::is_whole(shape, level) ? level : -1);
    }
  }

  const LinkRows& rows_;
  const linkage::LinkAnswer& answer_;
  std::size_t next_ = 0;
  std::vector<double> weights_, probabilities_;
  std::array<std::vector<std::string_view>, 4> texts_;  // Data set and id of the left record, then of the right one.
  std::array<std::vector<std::int64_t>, linkage::k_comparisons> gammas_;
};

}  // namespace

Result<void> write_clusters(const std::string& path, const LinkRows& rows, const linkage::LinkAnswer& answer) {
  std::vector<FileColumn> columns;
  if (rows.inputs.size() > 1) columns.push_back({.name = "source_dataset"});
  columns.push_back({.name = rows.inputs.front().id_column});
  columns.push_back({.name = "cluster_id", .type = ParquetType::whole});
  Rows<ClusterRows> made(rows, answer);
  return write_table_file(path, columns, made);
}

Result<void> write_pairs(const std::string& path, const LinkRows& rows, const linkage::LinkAnswer& answer) {
  const std::string& id = rows.inputs.front().id_column;
  std::vector<FileColumn> columns = {{.name = "match_weight", .type = ParquetType::number, .decimals = 6},
                                     {.name = "match_probability", .type = ParquetType::number, .decimals = 9},
                                     {.name = "source_dataset_l"},
                                     {.name = id + "_l"},
                                     {.name = "source_dataset_r"},
                                     {.name = id + "_r"}};
  for (std::size_t c = 0; c < linkage::k_comparisons; ++c) {
    const std::string name(linkage::shape_of(static_cast<linkage::Comparison>(c)).name);
    columns.push_back({.name = "gamma_" + name, .type = ParquetType::whole});
  }
  Rows<PairRows> made(rows, answer);
  return write_table_file(path, columns, made);
}

}  // namespace throughline::app

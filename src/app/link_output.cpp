#include "app/link_output.h"

#include <fmt/format.h>

#include "base/number.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;

constexpr std::size_t k_write_bytes = std::size_t{1} << 20;

// A file that takes its name when all of it is there.
class CsvFile {
 public:
  static Result<CsvFile> create(const std::string& path) {
    CsvFile file;
    file.path_ = path;
    file.partial_ = path + ".partial";
    std::error_code ignored;
    std::filesystem::remove(file.partial_, ignored);
    file.handle_ = TRY(store::create_private_file(file.partial_));
    return file;
  }
  std::string& text() { return text_; }
  Result<void> write_when_full() {
    if (text_.size() < k_write_bytes) return {};
    TRY(store::write_all(handle_, text_, partial_));
    text_.clear();
    return {};
  }
  Result<void> finish() {
    TRY(store::write_all(handle_, text_, partial_));
    TRY(store::sync_file(handle_, partial_));
    return store::rename_durably(partial_, path_);
  }

 private:
  std::filesystem::path path_, partial_;
  store::FileHandle handle_;
  std::string text_;
};

void add_field(std::string& line, std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += value;
    return;
  }
  line += '"';
  for (const char byte : value) {
    if (byte == '"') line += '"';
    line += byte;
  }
  line += '"';
}

std::string_view id_of(const LinkRows& rows, std::uint32_t record) {
  return rows.ids.text(rows.id_of[record]);
}

const std::string& dataset_of(const LinkRows& rows, std::uint32_t record) {
  return rows.inputs[rows.people.records[record].source].dataset;
}

void add_pair(std::string& text, const LinkRows& rows, const linkage::WeighedPair& pair,
              const linkage::Pattern& pattern) {
  fmt::format_to(std::back_inserter(text), "{},{}", base::format_fixed(pair.weight_bits, 6),
                 base::format_fixed(pair.probability, 9));
  for (const std::uint32_t record : {pair.one, pair.other}) {
    text += ',';
    add_field(text, dataset_of(rows, record));
    text += ',';
    add_field(text, id_of(rows, record));
  }
  for (std::size_t c = 0; c < linkage::k_comparisons; ++c) {
    const linkage::ComparisonShape& shape = linkage::shape_of(static_cast<linkage::Comparison>(c));
    const int level = pattern.levels[c];
    fmt::format_to(std::back_inserter(text), ",{}", linkage::is_whole(shape, level) ? level : -1);
  }
  text += '\n';
}

}  // namespace

Result<void> write_clusters(const std::string& path, const LinkRows& rows, const linkage::LinkAnswer& answer) {
  CsvFile file = TRY(CsvFile::create(path));
  const bool has_several = rows.inputs.size() > 1;
  if (has_several) file.text() += "source_dataset,";
  add_field(file.text(), rows.inputs.front().id_column);
  file.text() += ",cluster_id\n";
  std::vector<std::uint32_t> numbers(answer.first_of_cluster.size(), 0);
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < answer.first_of_cluster.size(); ++i) {
    std::uint32_t& number = numbers[answer.first_of_cluster[i]];
    if (number == 0) number = ++last;
    if (has_several) {
      add_field(file.text(), dataset_of(rows, i));
      file.text() += ',';
    }
    add_field(file.text(), id_of(rows, i));
    fmt::format_to(std::back_inserter(file.text()), ",{}\n", number);
    TRY(file.write_when_full());
  }
  return file.finish();
}

Result<void> write_pairs(const std::string& path, const LinkRows& rows, const linkage::LinkAnswer& answer) {
  CsvFile file = TRY(CsvFile::create(path));
  const std::string& id = rows.inputs.front().id_column;
  file.text() += "match_weight,match_probability,source_dataset_l,";
  add_field(file.text(), id + "_l");
  file.text() += ",source_dataset_r,";
  add_field(file.text(), id + "_r");
  for (std::size_t c = 0; c < linkage::k_comparisons; ++c) {
    file.text() += ",gamma_";
    file.text() += linkage::shape_of(static_cast<linkage::Comparison>(c)).name;
  }
  file.text() += '\n';
  for (const linkage::WeighedPair& pair : answer.pairs) {
    const linkage::Pattern pattern =
        linkage::compare(rows.people.records[pair.one], rows.people.records[pair.other], rows.people.texts);
    add_pair(file.text(), rows, pair, pattern);
    TRY(file.write_when_full());
  }
  return file.finish();
}

}  // namespace throughline::app

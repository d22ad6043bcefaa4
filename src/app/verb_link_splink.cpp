#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/link_splink.h"
#include "app/table_file.h"
#include "base/number.h"
#include "base/parallel.h"
#include "linkage/splink/output.h"
#include "linkage/splink/score.h"
#include "store/files.h"

namespace throughline::app {

namespace {

namespace splink = linkage::splink;
using base::Error;
using base::ErrorKind;
using base::Result;
using store::AppendColumn;
using store::ParquetType;

constexpr std::size_t k_faults_told = 5;
constexpr double k_threshold = 0.5;  // Likelier than not, as where no model is given.

Result<void> check_options(const LinkFilesRequest& request) {
  const std::vector<std::pair<bool, const char*>> unused = {{!request.truth.empty(), "--truth"},
                                                            {!request.fields.empty(), "--field"},
                                                            {request.is_one_to_one, "--one-to-one"},
                                                            {request.is_across_only, "--across-only"}};
  for (const auto& [is_given, option] : unused) {
    if (!is_given) continue;
    return bad_command("option_unused", "A model of Splink decides itself what is compared and how", option,
                       fmt::format("Leave out {}, or --splink-model", option));
  }
  if (request.inputs.empty())
    return bad_command("no_input", "No file was given", "--input", "Name one file or several");
  if (request.output.empty() && request.pairs.empty()) {
    return bad_command("nothing_to_write", "No file was named for what the model gives", "--splink-model",
                       "Name one for the pairs with --pairs, for clusters with --output, or both");
  }
  const double threshold = request.threshold.value_or(k_threshold);
  if (!(threshold >= 0 && threshold <= 1)) {
    return bad_command("threshold_range", fmt::format("{} is no probability", base::format_double(threshold)),
                       "--threshold", "Give a number from 0 to 1, such as 0.95");
  }
  TRY(check_ending(request.pairs, "--pairs"));
  return check_ending(request.output, "--output");
}

// The model names the id itself; --id may say the same, and nothing else.
Result<void> check_ids(const LinkFilesRequest& request, const splink::Model& model) {
  for (const std::string& id : request.ids) {
    if (id == model.names.unique_id) continue;
    return bad_command("option_unused",
                       fmt::format("The model's id column is {}, and --id says {}", model.names.unique_id, id), "--id",
                       "Leave out --id, or set unique_id_column_name in the model");
  }
  return {};
}

// The rows of a file, kept whole while the model looks at them.
struct SplinkInput {
  splink::Dataset dataset;
  std::string content_name;
  std::vector<records::RawRows> held;  // What the cells point into.
  std::vector<records::Fault> faults;
  std::int64_t faults_count = 0;
};

void take_rows(records::RawRows raw, SplinkInput& input) {
  for (std::int64_t row = 0; row < raw.rows(); ++row) {
    for (std::size_t i = 0; i < input.dataset.columns.size(); ++i) {
      input.dataset.columns[i].cells.push_back(raw.field(row, static_cast<std::int32_t>(i)));
    }
  }
  for (const records::Fault& fault : raw.faults) {
    if (input.faults.size() < k_faults_told) input.faults.push_back(fault);
    ++input.faults_count;
  }
  input.held.push_back(std::move(raw));
}

Result<SplinkInput> read_input(const Outside& outside, const std::string& path) {
  const std::unique_ptr<records::RowSource> source = TRY(records::open_rows(path));
  SplinkInput input;
  input.content_name = source->content_name();
  for (const std::string& name : source->header()) input.dataset.columns.push_back({.name = name, .cells = {}});
  outside.progress.begin("reading " + input.content_name, source->received_size(), "bytes");
  std::int64_t received = 0;
  while (true) {
    const std::optional<records::Window> window = TRY(source->next());
    if (!window.has_value()) break;
    records::RawRows raw = source->parse(*window);
    outside.progress.count_rows(raw.rows());
    take_rows(std::move(raw), input);
    outside.progress.advance(source->received_so_far() - received);
    received = source->received_so_far();
    TRY(outside.interrupt.poll());
  }
  static_cast<void>(TRY(source->finish()));
  outside.progress.end();
  return input;
}

Result<std::vector<SplinkInput>> read_all(const Outside& outside, const std::vector<std::string>& paths) {
  std::vector<SplinkInput> inputs;
  std::vector<std::string> contents;
  for (const std::string& path : paths) {
    SplinkInput input = TRY(read_input(outside, path));
    contents.push_back(input.content_name);
    inputs.push_back(std::move(input));
  }
  const std::vector<std::string> names = dataset_names(contents);
  for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i].dataset.name = names[i];
  return inputs;
}

bool has_faults(const SplinkInput& input) {
  return input.faults_count > 0;
}

// Columns that are there whole, given out chunk by chunk.
class ColumnRows final : public store::RowSupplier {
 public:
  explicit ColumnRows(const std::vector<splink::OutputColumn>& columns) : columns_(columns) {}

  class Chunks final : public Part {
   public:
    explicit Chunks(const std::vector<splink::OutputColumn>& columns) : columns_(columns), texts_(columns.size()) {}
    Result<std::int64_t> next(std::span<AppendColumn> given) override {
      const std::size_t rows = std::visit([](const auto& cells) { return cells.size(); }, columns_.front().cells);
      const std::size_t count = std::min(static_cast<std::size_t>(store::k_chunk_rows), rows - next_);
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto& cells = columns_[i].cells;
        if (const auto* texts = std::get_if<std::vector<std::string>>(&cells)) {
          const auto part = std::span(*texts).subspan(next_, count);
          texts_[i].assign(part.begin(), part.end());
          given[i].values = std::span<const std::string_view>(texts_[i]);
        } else if (const auto* numbers = std::get_if<std::vector<double>>(&cells)) {
          given[i].values = std::span<const double>(*numbers).subspan(next_, count);
        } else {
          given[i].values =
              std::span<const std::int64_t>(std::get<std::vector<std::int64_t>>(cells)).subspan(next_, count);
        }
      }
      next_ += count;
      return static_cast<std::int64_t>(count);
    }

   private:
    const std::vector<splink::OutputColumn>& columns_;
    std::vector<std::vector<std::string_view>> texts_;
    std::size_t next_ = 0;
  };
  std::unique_ptr<Part> part() override { return std::make_unique<Chunks>(columns_); }
  [[nodiscard]] int max_threads() const override { return 1; }

 private:
  const std::vector<splink::OutputColumn>& columns_;
};

Result<void> write_columns(const std::string& path, const std::vector<splink::OutputColumn>& columns) {
  std::vector<FileColumn> typed;
  for (const splink::OutputColumn& column : columns) {
    const std::array types = {ParquetType::text, ParquetType::number, ParquetType::whole};
    typed.push_back({.name = column.name, .type = types[column.cells.index()]});
  }
  ColumnRows rows(columns);
  return write_table_file(path, typed, rows);
}

Section inputs_section(const std::vector<SplinkInput>& inputs) {
  Section section{.name = "inputs", .title = "What was read", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "inputs",
              .title = "",
              .columns = {{"source_dataset", "Input", ColumnKind::id},
                          {"rows", "Rows", ColumnKind::number},
                          {"not_read", "Not readable", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const SplinkInput& input : inputs) {
    table.rows.push_back({input.dataset.name, input.dataset.rows(), input.faults_count});
    for (const records::Fault& fault : input.faults) {
      section.notes.push_back(fmt::format("{} line {} {}.", input.dataset.name, fault.place.line, fault.message()));
    }
  }
  section.tables.push_back(std::move(table));
  return section;
}

Section model_section(const splink::Model& model, const splink::ScoredPairs& scored) {
  Section section{.name = "model", .title = "What the model asked", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"comparisons", "Comparisons", static_cast<std::int64_t>(model.comparisons.size())},
                   {"pairs", "Pairs scored", static_cast<std::int64_t>(scored.pairs.size())}};
  Table table{.name = "rules",
              .title = "",
              .columns = {{"match_key", "Number", ColumnKind::number},
                          {"rule", "Blocking rule"},
                          {"pairs", "Pairs that no rule before gave", ColumnKind::number}},
              .rows = {},
              .empty_text = "The model has no blocking rule: every pair was scored."};
  for (std::size_t i = 0; i < model.blocking_rules.size(); ++i) {
    const auto pairs = std::ranges::count(scored.pairs, static_cast<std::int32_t>(i), &splink::PairScore::match_key);
    table.rows.push_back({static_cast<std::int64_t>(i), model.blocking_rules[i].sql, static_cast<std::int64_t>(pairs)});
  }
  section.tables.push_back(std::move(table));
  for (const splink::ModelNote& note : model.notes)
    section.notes.push_back(fmt::format("{}: {}.", note.place, note.text));
  return section;
}

Result<Section> written(const LinkFilesRequest& request, const splink::Model& model,
                        const splink::ScoredPairs& scored) {
  Section section{.name = "result", .title = "What came of it", .facts = {}, .tables = {}, .notes = {}};
  section.facts.push_back({"records", "Records", static_cast<std::int64_t>(scored.ids.size())});
  if (!request.output.empty()) {
    const double threshold = request.threshold.value_or(k_threshold);
    const std::vector<splink::OutputColumn> clusters = cluster_columns(model, scored, threshold);
    TRY(write_columns(request.output, clusters));
    const auto& names = std::get<std::vector<std::string>>(clusters.front().cells);
    const std::set<std::string_view> different(names.begin(), names.end());
    const auto linked = std::ranges::count_if(
        scored.pairs, [&](const splink::PairScore& pair) { return pair.match_probability >= threshold; });
    section.facts.push_back({"threshold", "Match probability that links", base::format_double(threshold)});
    section.facts.push_back({"links", "Pairs with at least that", static_cast<std::int64_t>(linked)});
    section.facts.push_back({"clusters", "Clusters", static_cast<std::int64_t>(different.size())});
    section.notes.push_back(fmt::format("Clusters are in {}.", request.output));
    section.notes.emplace_back(
        "A cluster is every record that a chain of such pairs reaches, as in Splink: one wrong pair joins two people.");
  }
  if (!request.pairs.empty()) {
    TRY(write_columns(request.pairs, pair_columns(model, scored)));
    section.notes.push_back(fmt::format("Scored pairs are in {}.", request.pairs));
  }
  section.notes.emplace_back(
      "Weights and probabilities are the model's own; whether they hold for these files is not known.");
  return section;
}

}  // namespace

Answer link_splink(const Outside& outside, const Settings& settings, const LinkFilesRequest& request) {
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  TRY(check_options(request));
  const std::string text = TRY(store::read_whole(request.splink_model));
  const splink::Model model =
      TRY(splink::read_model(text, std::filesystem::path(request.splink_model).filename().string()));
  TRY(check_ids(request, model));
  std::vector<SplinkInput> inputs = TRY(read_all(outside, request.inputs));
  Report report{.verb = "link", .sections = {inputs_section(inputs)}};
  if (std::ranges::any_of(inputs, has_faults)) report.outcome = Outcome::done_with_findings;
  std::vector<splink::Dataset> datasets;
  for (SplinkInput& input : inputs) datasets.push_back(std::move(input.dataset));
  splink::ScoreOptions options;
  options.blocking.interrupt = &outside.interrupt;
  const splink::ScoredPairs scored = TRY(splink::score_files(model, datasets, options));
  report.sections.push_back(model_section(model, scored));
  Section result = TRY(written(request, model, scored));
  report.sections.push_back(std::move(result));
  return report;
}

}  // namespace throughline::app

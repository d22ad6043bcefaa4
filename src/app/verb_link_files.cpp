#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/link_files.h"
#include "app/link_input.h"
#include "app/link_output.h"
#include "app/link_splink.h"
#include "app/table_file.h"
#include "base/parallel.h"
#include "linkage/pair_truth.h"

namespace throughline::app {

namespace {

using base::Result;

// "given_name = pername1, family_name = pername2".
std::string columns_text(const LinkInput& input) {
  std::vector<std::string> used;
  for (const linkage::Column& column : input.columns) {
    if (column.role != linkage::FieldRole::none)
      used.push_back(fmt::format("{} = {}", role_code(column.role), column.name));
  }
  return fmt::format("{}", fmt::join(used, ", "));
}

void tell_plan(const Outside& outside, const std::vector<OpenedInput>& opened) {
  for (const OpenedInput& one : opened) {
    outside.progress.note(fmt::format("{}: {}", one.input.dataset, columns_text(one.input)));
    for (const linkage::Column& column : one.input.columns) {
      if (!column.note.empty()) outside.progress.note(fmt::format("  not used: {} ({})", column.name, column.note));
    }
    for (const std::string& remark : one.input.remarks) outside.progress.note("  " + remark);
  }
}

bool has_birth(const std::vector<LinkInput>& inputs) {
  return std::ranges::any_of(inputs, [](const LinkInput& input) {
    return std::ranges::any_of(input.columns, [](const linkage::Column& column) {
      return column.role == linkage::FieldRole::birth_date || column.role == linkage::FieldRole::birth_year;
    });
  });
}

Section inputs_section(const std::vector<LinkInput>& inputs) {
  Section section{.name = "inputs", .title = "What was read", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "inputs",
              .title = "",
              .columns = {{"source_dataset", "Input", ColumnKind::id},
                          {"rows", "Rows", ColumnKind::number},
                          {"not_read", "Not readable", ColumnKind::number},
                          {"fields", "Fields"}},
              .rows = {},
              .empty_text = ""};
  for (const LinkInput& input : inputs) {
    table.rows.push_back({input.dataset, input.rows, input.faults_count, columns_text(input)});
    for (const linkage::Column& column : input.columns) {
      if (column.note.empty()) continue;
      section.notes.push_back(fmt::format("{}: column {} is not used: {}.", input.dataset, column.name, column.note));
    }
    for (const std::string& remark : input.remarks)
      section.notes.push_back(fmt::format("{}: {}.", input.dataset, remark));
    for (const records::Fault& fault : input.faults) {
      if (&fault - input.faults.data() == 5) break;
      section.notes.push_back(fmt::format("{} line {} {}.", input.dataset, fault.place.line, fault.message()));
    }
  }
  section.tables.push_back(std::move(table));
  if (!has_birth(inputs)) {
    section.notes.emplace_back(
        "No date of birth was found: namesakes, and brothers and sisters, can hardly be told apart. If there is one, "
        "name its column with --field birth_date=COLUMN.");
  }
  return section;
}

std::string sizes_text(const std::vector<std::int64_t>& sizes) {
  return fmt::format("{}", fmt::join(sizes, ", "));
}

Section blocking_section(const linkage::Blocking& blocking) {
  Section section{.name = "blocking", .title = "Which pairs are compared", .facts = {}, .tables = {}, .notes = {}};
  section.facts.push_back({"pairs_possible", "Pairs there could be", blocking.pairs_possible});
  if (blocking.is_every_pair) {
    section.notes.emplace_back("So few that every pair is compared.");
    return section;
  }
  section.facts.push_back({"rule_pairs_max", "Pairs one rule may make", blocking.rule_pairs_max});
  Table table{.name = "rules",
              .title = "",
              .columns = {{"rule", "Records that agree on"},
                          {"pairs", "Pairs", ColumnKind::number},
                          {"largest_blocks", "Largest blocks"},
                          {"used", "Used"}},
              .rows = {},
              .empty_text = "No rule fits the fields."};
  for (const linkage::RulePlan& rule : blocking.rules) {
    std::string used = rule.is_used ? "yes" : "no: too many pairs";
    if (rule.is_used && rule.blocks_left_out > 0) {
      used +=
          fmt::format(", but for {} values shared by too many, {} pairs", rule.blocks_left_out, rule.pairs_left_out);
    }
    table.rows.push_back(
        {rule.rule, rule.pairs, (rule.is_estimate ? "about " : "") + sizes_text(rule.largest_blocks), used});
  }
  section.tables.push_back(std::move(table));
  return section;
}

Section result_section(const LinkRows& rows, const linkage::LinkAnswer& answer) {
  Section section{.name = "result", .title = "What was put together", .facts = {}, .tables = {}, .notes = {}};
  std::vector<std::int64_t> sizes(answer.first_of_cluster.size(), 0);
  for (const std::uint32_t first : answer.first_of_cluster) ++sizes[first];
  const auto several = std::ranges::count_if(sizes, [](std::int64_t size) { return size > 1; });
  const auto clusters = std::ranges::count_if(sizes, [](std::int64_t size) { return size > 0; });
  double expected_wrong = 0;
  std::int64_t links = 0;
  for (const linkage::WeighedPair& pair : answer.pairs) {
    if (answer.first_of_cluster[pair.one] != answer.first_of_cluster[pair.other]) continue;
    ++links;
    expected_wrong += 1 - static_cast<double>(pair.probability);
  }
  section.facts.push_back({"records", "Records", static_cast<std::int64_t>(rows.people.records.size())});
  section.facts.push_back({"pairs_compared", "Pairs compared", answer.pairs_compared});
  section.facts.push_back({"clusters", "People", static_cast<std::int64_t>(clusters)});
  section.facts.push_back({"clusters_of_several", "People with several records", static_cast<std::int64_t>(several)});
  section.facts.push_back(
      {"largest_cluster", "Records of the one with most", sizes.empty() ? 0 : std::ranges::max(sizes)});
  section.facts.push_back({"links", "Pairs within people that were weighed", links});
  section.facts.push_back(
      {"links_wrong_expected", "Of them wrong, by their own probabilities", Decimal{expected_wrong, 1}});
  const linkage::Mixture& mixture = answer.model->mixture;
  section.facts.push_back({"rounds", "Rounds of learning", std::int64_t{mixture.rounds}});
  if (!mixture.has_households) {
    section.notes.emplace_back(
        "Homes were not compared: brothers, sisters and others of one household cannot be told from one person "
        "misspelt.");
  }
  if (!mixture.converged)
    section.notes.emplace_back("Learning had not settled when it was stopped: take probabilities with care.");
  return section;
}

Section truth_section(const LinkRows& rows, const linkage::LinkAnswer& answer) {
  const auto counted = rows.inputs.size() > 1 ? linkage::CountedPairs::across_sources : linkage::CountedPairs::all;
  const linkage::PairTruth truth =
      linkage::count_truth(rows.people.records, answer.first_of_cluster, rows.truth_of, counted);
  const std::vector<linkage::ReliabilityBin> bins = linkage::reliability_of(answer.pairs, rows.truth_of, 0.01);
  Section section{.name = "accuracy", .title = "Against the truth given", .facts = {}, .tables = {}, .notes = {}};
  section.facts.push_back({"true_pairs", "Pairs that belong together", truth.true_pairs});
  section.facts.push_back({"false_links", "Put together wrongly", truth.linked_pairs - truth.right_pairs});
  section.facts.push_back({"missed_links", "Missed", truth.true_pairs - truth.right_pairs});
  section.facts.push_back({"precision", "Precision", Decimal{truth.precision(), 5}});
  section.facts.push_back({"recall", "Recall", Decimal{truth.recall(), 5}});
  section.facts.push_back({"f1", "F1", Decimal{truth.f1(), 5}});
  section.facts.push_back(
      {"calibration_error", "Expected calibration error", Decimal{linkage::calibration_error(bins), 4}});
  Table table{.name = "reliability",
              .title = "Pairs more likely than 0.01, in ten bins",
              .columns = {{"pairs", "Pairs", ColumnKind::number},
                          {"said", "Mean probability", ColumnKind::number},
                          {"was", "Share of one person", ColumnKind::number}},
              .rows = {},
              .empty_text = "No pair was that likely."};
  for (const linkage::ReliabilityBin& bin : bins)
    table.rows.push_back({bin.pairs, Decimal{bin.said, 4}, Decimal{bin.was, 4}});
  section.tables.push_back(std::move(table));
  if (rows.inputs.size() > 1) section.notes.emplace_back("Counted: pairs of different inputs.");
  return section;
}

linkage::LinkOptions options_of(const LinkFilesRequest& request) {
  linkage::LinkOptions options;
  options.scope = request.is_across_only ? linkage::PairScope::across_sources : linkage::PairScope::all;
  options.is_one_to_one = request.is_one_to_one;
  options.seed = request.seed;
  return options;
}

bool has_faults(const std::vector<LinkInput>& inputs) {
  return std::ranges::any_of(inputs, [](const LinkInput& input) { return input.faults_count > 0; });
}

}  // namespace

Answer link_files(const Outside& outside, const Settings& settings, const LinkFilesRequest& request) {
  if (!request.splink_model.empty()) return link_splink(outside, settings, request);
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  if (request.threshold.has_value()) {
    return base::Error{base::ErrorKind::bad_command, "option_unused",
                       "Without a model of Splink the threshold is not set by hand", "--threshold",
                       "Leave it out, or name a model with --splink-model"};
  }
  TRY(check_ending(request.output, "--output"));
  TRY(check_ending(request.pairs, "--pairs"));
  std::vector<OpenedInput> opened = TRY(open_inputs(request));
  tell_plan(outside, opened);
  const LinkRows rows = TRY(read_inputs(outside, std::move(opened)));
  Report report{.verb = "link", .sections = {inputs_section(rows.inputs)}};
  if (has_faults(rows.inputs)) report.outcome = Outcome::done_with_findings;
  const linkage::LinkOptions options = options_of(request);
  if (request.output.empty()) {
    const linkage::Blocking blocking =
        TRY(linkage::block(rows.people, options.scope, options.blocking, outside.interrupt));
    report.sections.push_back(blocking_section(blocking));
    report.sections.back().notes.emplace_back("Nothing was linked: name a file for the clusters with --output.");
    return report;
  }
  const linkage::LinkAnswer answer = TRY(linkage::link(rows.people, options, outside.interrupt, outside.progress));
  TRY(write_clusters(request.output, rows, answer));
  if (!request.pairs.empty()) TRY(write_pairs(request.pairs, rows, answer));
  report.sections.push_back(blocking_section(answer.blocking));
  report.sections.push_back(result_section(rows, answer));
  if (!request.truth.empty()) report.sections.push_back(truth_section(rows, answer));
  report.sections.back().notes.push_back(fmt::format("Clusters are in {}.", request.output));
  if (!request.pairs.empty())
    report.sections.back().notes.push_back(fmt::format("Weighed pairs are in {}.", request.pairs));
  return report;
}

}  // namespace throughline::app

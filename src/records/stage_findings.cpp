#include "records/stage_findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace throughline::records {

namespace {

void add_column_findings(std::vector<Finding>& findings, const Mapping& mapping, BoundFile file) {
  std::vector<std::size_t> unread;
  for (std::size_t column = 0; column < file.header.size(); ++column) {
    const auto& unmapped = file.bound.unmapped;
    if (std::ranges::find(unmapped, file.header[column]) != unmapped.end()) unread.push_back(column + 1);
  }
  if (!unread.empty()) {
    // By number: in a file that lost its header, what stands there is somebody's.
    findings.push_back({"unmapped_columns", fmt::format("{} of its columns {} not read: number {}", unread.size(),
                                                        unread.size() == 1 ? "is" : "are", fmt::join(unread, ", "))});
  }
  std::vector<std::string> missing;
  for (std::size_t rule = 0; rule < mapping.columns.size(); ++rule) {
    const ColumnRule& column = mapping.columns[rule];
    if (file.bound.file_columns[rule] < 0 && !column.names.empty()) missing.push_back(column.names.front());
  }
  if (!missing.empty()) {
    findings.push_back({"missing_columns", fmt::format("the mapping reads columns that the file does not have: {}",
                                                       fmt::join(missing, ", "))});
  }
}

}  // namespace

void add_findings(std::vector<Finding>& findings, const Fed& fed, const Mapping& mapping, BoundFile file) {
  add_column_findings(findings, mapping, file);
  if (fed.rows_read == 0) findings.push_back({"no_rows", "it holds a header and no rows"});
  if (fed.blank_lines > 0) findings.push_back({"blank_lines", fmt::format("{} lines are blank", fed.blank_lines)});
  for (std::size_t rule = 0; rule < fed.new_words.size(); ++rule) {
    if (fed.new_words[rule].empty() || mapping.columns[rule].names.empty()) continue;
    findings.push_back({"new_words", fmt::format("column {} holds {} word{} that its list does not have",
                                                 mapping.columns[rule].names.front(), fed.new_words[rule].size(),
                                                 fed.new_words[rule].size() == 1 ? "" : "s")});
  }
  if (!mapping.coverage.empty() && fed.coverage.text().empty() && fed.rows_read > fed.rows_rejected) {
    findings.push_back({"mixed_coverage", fmt::format("its rows differ in {}, so that no later file can be known to "
                                                      "correct it",
                                                      fmt::join(mapping.coverage, " and "))});
  }
}

}  // namespace throughline::records

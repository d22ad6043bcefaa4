#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/claim_report.h"
#include "app/claim_verb.h"
#include "app/small_table.h"
#include "evidence/claims/statement.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::ReportRow;

constexpr std::int64_t k_table_bytes_max = std::int64_t{8} << 20;
constexpr std::string_view k_reports = "report_values.csv";

Result<std::vector<ReportRow>> rows_of_file(const std::string& path) {
  const std::int64_t bytes = TRY(store::file_bytes(path));
  if (bytes > k_table_bytes_max) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "table_too_large",
                       .what = fmt::format("The table has {} bytes; {} are the most", bytes, k_table_bytes_max),
                       .where = path,
                       .remedy = "A table of claims has a row for each printed figure; split it"};
  }
  const std::string text = TRY(store::read_whole(path));
  const evidence::TextTable table =
      TRY(evidence::read_text_table(text, std::filesystem::path(path).filename().string()));
  return evidence::report_rows(table);
}

// The figures of published reports that are carried in the program.
std::vector<ReportRow> rows_of_reports() {
  const std::vector<evidence::SeriesText> texts = evidence::series_texts();
  const auto found = std::ranges::find(texts, k_reports, &evidence::SeriesText::file);
  CHECK(found != texts.end());
  base::Result<evidence::TextTable> table = evidence::read_text_table(found->text, std::string(k_reports));
  CHECK(table.ok());
  base::Result<std::vector<ReportRow>> rows = evidence::report_rows(table.value());
  CHECK(rows.ok());
  return std::move(rows).value();
}

// Rows and what was found of them.
struct CheckedRows {
  std::vector<ReportRow> rows;
  evidence::CheckedTable checked;
};

CheckedRows checked_rows(std::vector<ReportRow> rows) {
  evidence::CheckedTable checked = evidence::check_table(rows, evidence::built_in_catalogue());
  return {.rows = std::move(rows), .checked = std::move(checked)};
}

// Neither the reports nor the series change while the program runs.
const CheckedRows& checked_reports() {
  static const CheckedRows checked = checked_rows(rows_of_reports());
  return checked;
}

Result<std::vector<ReportRow>> rows_of_files(const std::vector<std::string>& paths) {
  std::vector<ReportRow> rows;
  for (const std::string& path : paths) {
    std::vector<ReportRow> more = TRY(rows_of_file(path));
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

Answer statement_answer(const std::string& statement) {
  const evidence::Catalogue& catalogue = evidence::built_in_catalogue();
  const evidence::Claim claim = TRY(evidence::parse_statement(statement, catalogue));
  return Report{.verb = "claim", .sections = {claim_section(claim, evidence::check_claim(claim, catalogue))}};
}

Answer rows_answer(const ClaimRequest& request, const CheckedRows& of) {
  if (request.is_conflicts) return Report{.verb = "claim", .sections = {conflicts_section(of.rows, of.checked)}};
  Section section = table_section(of.rows, of.checked);
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, status_table(of.rows, of.checked)));
    section.tables.erase(section.tables.begin());
    section.facts.push_back({"output", "Written to", request.output});
  }
  return Report{.verb = "claim", .sections = {std::move(section)}};
}

Answer table_answer(const ClaimRequest& request) {
  if (request.tables.empty()) return rows_answer(request, checked_reports());
  return rows_answer(request, checked_rows(TRY(rows_of_files(request.tables))));
}

// One thing is asked at a time, and only a table's statuses are written.
Result<void> check_request(const ClaimRequest& request) {
  const bool is_statement = !request.statement.empty();
  const bool is_table = request.is_reports || request.is_conflicts || !request.tables.empty();
  if (is_statement && (is_table || request.is_list)) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "claim_ambiguous",
                       .what = "A statement and a table or list are asked at once",
                       .where = {},
                       .remedy = "Ask one after the other; a statement of several words stands in quotes"};
  }
  if (!request.output.empty() && (request.is_conflicts || !is_table)) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "output_without_table",
                       .what = "Only the statuses of a table are written to a file",
                       .where = {},
                       .remedy = "Give --table FILE or --reports with --output, or take --json"};
  }
  return {};
}

}  // namespace

Answer claim(const Outside&, const Settings&, const ClaimRequest& request) {
  TRY(check_request(request));
  if (request.is_list) return Report{.verb = "claim", .sections = {series_section(evidence::built_in_catalogue())}};
  if (request.is_reports || request.is_conflicts || !request.tables.empty()) return table_answer(request);
  if (!request.statement.empty()) return statement_answer(request.statement);
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "claim_missing",
                     .what = "There is no statement to check",
                     .where = {},
                     .remedy = "Give one in quotes, or --table FILE, --reports, --conflicts or --list"};
}

}  // namespace throughline::app

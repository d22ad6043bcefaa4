#include "app/hidden_lists.h"

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/small_table.h"
#include "base/number.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::ListTable;

constexpr std::int64_t k_cases_max = 100'000'000;  // Of all histories together.

Result<ListTable> lists_of_header(const SmallTable& rows) {
  const std::optional<std::size_t> count = rows.column("count");
  if (!count.has_value()) return column_missing(rows, "count");
  if (*count + 1 < rows.header.size()) return column_unknown(rows, rows.header[*count + 1], {"count"});
  ListTable table{.lists = {rows.header.begin(), rows.header.end() - 1}, .counts = {}};
  const std::string line = rows.path + " line 1";
  if (*count < evidence::k_lists_min) {
    return bad_command("lists_too_few",
                       fmt::format("The table has {} lists; it takes {} at least", *count, evidence::k_lists_min), line,
                       "With two lists their dependence cannot be told from the size of what both miss");
  }
  if (*count > evidence::k_lists_max) {
    return bad_command("lists_too_many",
                       fmt::format("The table has {} lists, {} at most", *count, evidence::k_lists_max), line,
                       "Join lists that are alike");
  }
  table.counts.assign(std::size_t{1} << table.lists.size(), 0);
  return table;
}

Result<std::size_t> history_in(const SmallTable& rows, std::size_t row) {
  std::size_t history = 0;
  for (std::size_t list = 0; list + 1 < rows.header.size(); ++list) {
    const std::string& value = rows.rows[row][list];
    if (value != "0" && value != "1") {
      return bad_command("list_not_0_or_1",
                         fmt::format("The column {} holds something other than 0 or 1", rows.header[list]),
                         rows.place(row), "Write 1 where the list holds these cases, 0 where it does not");
    }
    if (value == "1") history |= std::size_t{1} << list;
  }
  if (history != 0) return history;
  return bad_command("history_empty", "A row has 0 in every list, and cases on no list cannot be counted",
                     rows.place(row), "Leave the row out");
}

Result<std::int64_t> count_in(const SmallTable& rows, std::size_t row) {
  const std::optional<std::int64_t> count = base::parse_integer(rows.rows[row].back());
  if (count.has_value() && *count >= 0 && *count <= k_cases_max) return *count;
  return bad_command("count_not_whole", "The count is not a whole number from 0 up", rows.place(row),
                     "Write the number of cases with this history, without signs or separators");
}

Result<void> check_lists(const SmallTable& rows, const ListTable& table) {
  if (evidence::cases_seen(table) > k_cases_max) {
    return bad_command("cases_too_many", fmt::format("The counts add up to more than {} cases", k_cases_max), rows.path,
                       "It is meant for counts of people");
  }
  for (std::size_t list = 0; list < table.lists.size(); ++list) {
    if (evidence::cases_on(table, evidence::History{1} << list) > 0) continue;
    return bad_command("list_catches_nobody", fmt::format("The list {} holds no case", table.lists[list]),
                       rows.path + " line 1", "Leave its column out: it says nothing");
  }
  return {};
}

}  // namespace

Result<ListTable> read_lists(const std::string& path) {
  const SmallTable rows = TRY(read_small_table(path));
  ListTable table = TRY(lists_of_header(rows));
  std::vector<std::int64_t> line_of(table.counts.size(), 0);
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::size_t history = TRY(history_in(rows, row));
    if (line_of[history] != 0) {
      return bad_command("history_twice", fmt::format("This row has the same 0s and 1s as line {}", line_of[history]),
                         rows.place(row), "Add the two up, or mend the one that is wrong");
    }
    line_of[history] = rows.lines[row];
    table.counts[history] = TRY(count_in(rows, row));
  }
  TRY(check_lists(rows, table));
  return table;
}

}  // namespace throughline::app

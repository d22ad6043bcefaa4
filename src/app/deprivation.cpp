#include "app/deprivation.h"

#include <fmt/format.h>

#include "app/small_table.h"
#include "base/number.h"
#include "base/sha256.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr int k_deciles = 10;

std::string bare(std::string_view postcode) {
  std::string text;
  for (const char byte : postcode) {
    if (byte == ' ') continue;
    text += byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
  }
  return text;
}

Result<std::size_t> column_of(const SmallTable& table, const std::string& name) {
  const auto found = table.column(name);
  if (!found) return column_missing(table, name);
  return *found;
}

}  // namespace

Result<Deprivation> Deprivation::read(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const std::size_t postcodes = TRY(column_of(table, "postcode"));
  const std::size_t deciles = TRY(column_of(table, "decile"));
  Deprivation deprivation;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::string postcode = bare(table.rows[row][postcodes]);
    const auto decile = base::parse_integer(table.rows[row][deciles]);
    if (postcode.empty()) {
      return Error{ErrorKind::bad_command, "postcode_missing", "This row has no postcode", table.place(row),
                   "Give it one, or take the row out"};
    }
    if (!decile || *decile < 1 || *decile > k_deciles) {
      return Error{ErrorKind::bad_command, "decile_range", "The decile of this row is no whole number from 1 to 10",
                   table.place(row), "Write 1 for the most deprived tenth of areas, 10 for the least"};
    }
    const bool is_new = deprivation.decile_of_.emplace(std::move(postcode), static_cast<int>(*decile)).second;
    if (is_new) continue;
    return Error{ErrorKind::bad_command, "postcode_twice", "The postcode of this row came before", table.place(row),
                 "Keep one row for each postcode"};
  }
  std::string rows;
  for (const auto& [postcode, decile] : deprivation.decile_of_) rows += fmt::format("{},{}\n", postcode, decile);
  deprivation.hash_ = base::hash_text(rows);
  return deprivation;
}

std::string Deprivation::fifth_of(std::string_view postcode) const {
  const auto found = decile_of_.find(bare(postcode));
  if (found == decile_of_.end()) return "";
  const int fifth = (found->second + 1) / 2;
  if (fifth == 1) return "1, most deprived";
  return std::to_string(fifth) + (fifth == k_deciles / 2 ? ", least deprived" : "");
}

}  // namespace throughline::app

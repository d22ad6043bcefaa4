#include "app/score_truth.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/small_table.h"
#include "base/text.h"
#include "records/model.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
namespace fs = std::filesystem;

constexpr std::int64_t k_records_max = 20'000'000;

// Texts that repeat, by number in the order of their first coming.
class Numbered {
 public:
  std::uint32_t number(const std::string& text) {
    const auto [at, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return at->second;
  }
  [[nodiscard]] std::optional<std::uint32_t> known(const std::string& text) const {
    const auto at = numbers_.find(text);
    return at == numbers_.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

Result<std::size_t> column_of(const SmallTable& table, const std::string& name) {
  const auto column = table.column(name);
  if (column) return *column;
  return column_missing(table, name);
}

Result<std::uint32_t> role_of(const SmallTable& table, std::size_t row, const std::string& name) {
  if (const auto role = records::role_named(name)) return static_cast<std::uint32_t>(*role);
  const auto nearest = base::nearest_name(name, records::role_names());
  return Error{ErrorKind::bad_command, "role_unknown", "There is no capacity of that name", table.place(row),
               nearest ? fmt::format("Is {} meant?", *nearest) : "Use a truth that throughline simulate observe wrote"};
}

Result<void> read_records(const fs::path& file, Truth& truth, Numbered& people) {
  const SmallTable table = TRY(read_small_table(file.string(), k_records_max));
  const std::size_t extract = TRY(column_of(table, "extract"));
  const std::size_t key = TRY(column_of(table, "row_key"));
  const std::size_t role = TRY(column_of(table, "role"));
  const std::size_t person = TRY(column_of(table, "person"));
  Numbered extracts;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::vector<std::string>& values = table.rows[row];
    truth.records.push_back({.extract = extracts.number(values[extract]),
                             .person = people.number(values[person]),
                             .role = TRY(role_of(table, row, values[role])),
                             .row_key = values[key]});
  }
  for (const std::string& name : extracts.texts()) truth.extracts.push_back({.name = name});
  return {};
}

Result<void> read_births(const fs::path& file, Truth& truth, const Numbered& people) {
  truth.born.resize(people.texts().size());
  std::error_code unknown;
  if (!fs::exists(file, unknown)) return {};
  const SmallTable table = TRY(read_small_table(file.string(), k_records_max));
  const std::size_t person = TRY(column_of(table, "person"));
  const std::size_t born = TRY(column_of(table, "born"));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto number = people.known(table.rows[row][person]);
    if (!number || table.rows[row][born].empty()) continue;
    const auto date = base::parse_iso_date(table.rows[row][born]);
    if (!date) {
      return Error{ErrorKind::bad_command, "birth_malformed", "A day of birth is none", table.place(row),
                   "Write it as 2009-04-20"};
    }
    truth.born[*number] = date;
  }
  return {};
}

}  // namespace

Result<Truth> read_truth(const std::string& folder) {
  // With a slash at its end, as a terminal completes it, it is the same folder.
  std::error_code unknown;
  const fs::path named = fs::absolute(folder, unknown).lexically_normal();
  const fs::path sealed = named.has_filename() ? named : named.parent_path();
  if (!fs::exists(sealed / "records.csv", unknown)) {
    return Error{ErrorKind::bad_command, "truth_missing",
                 unknown ? "That folder cannot be looked into: " + unknown.message()
                         : std::string("There is no records.csv in that folder"),
                 folder, "Name the folder truth that throughline simulate observe wrote beside its extracts"};
  }
  Truth truth;
  Numbered people;
  TRY(read_records(sealed / "records.csv", truth, people));
  TRY(read_births(sealed / "people.csv", truth, people));
  truth.people = people.texts();
  for (TruthExtract& extract : truth.extracts) {
    const fs::path file = sealed.parent_path() / extract.name;
    if (fs::is_regular_file(file, unknown)) extract.bytes = TRY(store::hash_file(file));
  }
  return truth;
}

}  // namespace throughline::app

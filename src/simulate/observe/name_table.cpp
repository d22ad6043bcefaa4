#include "simulate/observe/name_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "simulate/built_in.h"

namespace throughline::simulate {

namespace {

// Neither table has a quoted cell.
std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(text.substr(0, end));
    const bool is_last_empty = end + 1 == text.size();
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_last_empty) parts.emplace_back();
  }
  return parts;
}

// The rows below the header.
std::vector<std::vector<std::string_view>> rows_of(std::string_view file, std::size_t columns) {
  std::vector<std::vector<std::string_view>> rows;
  for (const std::string_view line : split(built_in_file(file), '\n')) {
    if (line.empty()) continue;
    std::vector<std::string_view>& row = rows.emplace_back(split(line, ','));
    row.resize(columns);
  }
  rows.erase(rows.begin());
  return rows;
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  CHECK(read.ec == std::errc());
  return number;
}

NamePart part_of(std::string_view letter) {
  if (letter == "F") return NamePart::female_forename;
  return letter == "M" ? NamePart::male_forename : NamePart::surname;
}

std::int32_t place_of(const std::vector<std::string_view>& names, std::string_view name) {
  const auto found = std::ranges::lower_bound(names, name);
  CHECK(found != names.end() && *found == name);
  return static_cast<std::int32_t>(found - names.begin());
}

void read_names(NameTable& table) {
  const auto rows = rows_of("names.csv", 7);
  for (const auto& row : rows) table.traditions.push_back(row[0]);
  std::ranges::sort(table.traditions);
  const auto repeated = std::ranges::unique(table.traditions);
  table.traditions.erase(repeated.begin(), repeated.end());
  table.lists.resize(table.traditions.size(), std::vector<NameList>(k_name_parts));
  for (const auto& row : rows) {
    const auto tradition = static_cast<std::size_t>(place_of(table.traditions, row[0]));
    NameList& list = table.lists[tradition][static_cast<std::size_t>(part_of(row[1]))];
    const std::int64_t before = list.weights_so_far.empty() ? 0 : list.weights_so_far.back();
    list.weights_so_far.push_back(before + number_of(row[3]));
    list.names.push_back({.name = row[2],
                          .plain = row[4].empty() ? row[2] : row[4],
                          .variants = split(row[5], '|'),
                          .nicknames = split(row[6], '|')});
  }
}

void read_groups(NameTable& table) {
  std::int64_t people = 0;
  for (const auto& row : rows_of("groups.csv", 3)) {
    people += number_of(row[1]);
    EthnicGroup& group = table.groups.emplace_back();
    group.code = row[0];
    group.people_so_far = people;
    std::int64_t share = 0;
    for (const std::string_view each : split(row[2], '|')) {
      const std::size_t colon = each.find(':');
      share += number_of(each.substr(colon + 1));
      group.traditions.push_back(place_of(table.traditions, each.substr(0, colon)));
      group.shares_so_far.push_back(share);
    }
  }
}

std::size_t place_in(const std::vector<std::int64_t>& so_far, double uniform) {
  const auto at = static_cast<std::int64_t>(uniform * static_cast<double>(so_far.back()));
  const auto found = std::ranges::upper_bound(so_far, at);
  return std::min(static_cast<std::size_t>(found - so_far.begin()), so_far.size() - 1);
}

}  // namespace

const NameEntry& NameList::pick(double uniform) const {
  CHECK(!names.empty());
  return names[place_in(weights_so_far, uniform)];
}

const EthnicGroup& NameTable::group(double uniform) const {
  const auto at = static_cast<std::int64_t>(uniform * static_cast<double>(groups.back().people_so_far));
  const auto found = std::ranges::upper_bound(groups, at, {}, &EthnicGroup::people_so_far);
  return found == groups.end() ? groups.back() : *found;
}

std::int32_t tradition_of(const EthnicGroup& group, double uniform) {
  return group.traditions[place_in(group.shares_so_far, uniform)];
}

const NameTable& name_table() {
  static const NameTable k_table = [] {
    NameTable table;
    read_names(table);
    read_groups(table);
    return table;
  }();
  return k_table;
}

}  // namespace throughline::simulate

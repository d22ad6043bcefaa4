#include "evidence/disparity/residents.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "evidence/series/catalogue.h"
#include "evidence/series/text_table.h"

namespace throughline::evidence {
namespace {

constexpr std::size_t k_forces = 43;
constexpr std::string_view k_whole_code = "K04000001";

bool is_force(std::string_view code) {
  return code.starts_with("E23") || code.starts_with("W15");
}

// REQUIRES: the file is one that the program carries.
TextTable carried(const std::string& file) {
  for (const SeriesText& each : series_texts()) {
    if (each.file != file) continue;
    auto table = read_text_table(each.text, file);
    CHECK(table.ok());
    return std::move(table).value();
  }
  CHECK(false && "a population is not carried");
}

GroupPeople people_in(const TextTable& table, const TextRow& row) {
  GroupPeople people;
  for (std::size_t column = 2; column < table.columns.size(); ++column) {
    const auto count = base::parse_integer(row.cells[column]);
    CHECK(count.has_value());
    people[table.columns[column]] = *count;
  }
  return people;
}

GroupPopulation read_population(GroupPopulation population, const std::string& file) {
  const TextTable table = carried(file);
  GroupPeople whole;
  std::size_t forces = 0;
  for (const TextRow& row : table.rows) {
    const GroupPeople people = people_in(table, row);
    population.people[row.cells[0]] = people;
    population.codes[base::fold(row.cells[1])].push_back(row.cells[0]);
    if (!is_force(row.cells[0])) continue;
    ++forces;
    for (const auto& [group, count] : people) whole[group] += count;
  }
  if (forces == k_forces) {
    population.people[std::string(k_whole_code)] = whole;
    population.codes[base::fold("England and Wales")] = {std::string(k_whole_code)};
  }
  return population;
}

struct GroupWords {
  std::string_view beginning;
  std::string_view group;
};

// By how the words begin, the longer first. The Home Office of before 2021 counted Chinese people with the others,
// which the Census of 2011 and 2021 does not: a group of its own, that no population of theirs has.
constexpr auto k_group_words = std::to_array<GroupWords>({
    {"chinese or other", "Chinese or other"},
    {"other ethnic group - not stated", ""},
    {"not stated", ""},
    {"not known", ""},
    {"unknown", ""},
    {"asian", "Asian"},
    {"black", "Black"},
    {"mixed", "Mixed"},
    {"other", "Other"},
    {"white", "White"},
});

}  // namespace

std::vector<std::string> GroupPopulation::codes_of(std::string_view area) const {
  if (people.contains(std::string(area))) return {std::string(area)};
  const auto found = codes.find(base::fold(area));
  return found == codes.end() ? std::vector<std::string>() : found->second;
}

const GroupPeople* GroupPopulation::find(std::string_view area) const {
  const std::vector<std::string> found = codes_of(area);
  return found.size() == 1 ? &people.at(found.front()) : nullptr;
}

const std::vector<GroupPopulation>& carried_populations() {
  static const std::vector<GroupPopulation> k_all{
      read_population({.name = "census-2021",
                       .title = "Usual residents of all ages, Census 2021",
                       .limits = "It counts where people live, at all ages, not who was there to be met; visitors are "
                                 "not in it. Staffordshire, Greater Manchester and Gwent are not carried.",
                       .people = {},
                       .codes = {}},
                      "residents_by_ethnic_group_2021.csv"),
      read_population({.name = "census-2011",
                       .title = "Usual residents of all ages, Census 2011",
                       .limits = "It counts where people lived in 2011, at all ages, not who was there to be met; "
                                 "visitors are not in it.",
                       .people = {},
                       .codes = {}},
                      "residents_by_ethnic_group_2011.csv")};
  return k_all;
}

std::optional<std::string> broad_group(std::string_view words) {
  if (words.empty()) return std::string();
  const std::string folded = base::fold(words);
  for (const GroupWords& each : k_group_words) {
    if (folded.starts_with(each.beginning)) return std::string(each.group);
  }
  return std::nullopt;
}

}  // namespace throughline::evidence

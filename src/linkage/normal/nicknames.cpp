#include "linkage/normal/nicknames.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "linkage/normal/name_tables.h"
#include "linkage/normal/presence.h"

namespace throughline::linkage {

namespace {

using ClassId = std::uint16_t;

struct Membership {
  std::string name;
  ClassId class_id = 0;
  friend auto operator<=>(const Membership&, const Membership&) = default;
};

// Where one name's classes lie among all memberships.
struct Known {
  std::string_view name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Tables {
  std::vector<Known> names;             // In alphabetical order; a GivenNameId is a place in it.
  std::vector<Membership> memberships;  // By name, then class.
};

// A name as it would come from any script; empty where too few letters are left to tell anything: in Arabic OMAR is MR.
std::string in_plain_letters(std::string_view name) {
  std::string letters;
  for (const char c : plain_upper(name)) {
    if (c >= 'A' && c <= 'Z') letters += c;
  }
  constexpr std::size_t k_letters_min = 2;
  const bool is_transliterated = letters != name;
  return letters.size() < (is_transliterated ? k_letters_min + 1 : k_letters_min) ? std::string() : letters;
}

// Every line is a class, numbered from `next`.
std::vector<Membership> memberships_of(std::string_view table, ClassId next) {
  std::vector<Membership> memberships;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < table.size(); ++at) {
    if (table[at] != ',' && table[at] != '\n') continue;
    std::string name = in_plain_letters(table.substr(begin, at - begin));
    if (!name.empty()) memberships.push_back({.name = std::move(name), .class_id = next});
    if (table[at] == '\n') ++next;
    begin = at + 1;
  }
  return memberships;
}

Tables made_tables() {
  Tables tables;
  const std::string_view nicknames = k_nicknames_table;
  tables.memberships = memberships_of(nicknames, 0);
  const auto lines = static_cast<ClassId>(std::ranges::count(nicknames, '\n'));
  const std::vector<Membership> spellings = memberships_of(k_spellings_table, lines);
  tables.memberships.insert(tables.memberships.end(), spellings.begin(), spellings.end());
  std::ranges::sort(tables.memberships);
  for (std::size_t i = 0; i < tables.memberships.size(); ++i) {
    const std::string& name = tables.memberships[i].name;
    if (tables.names.empty() || tables.names.back().name != name) tables.names.push_back({.name = name, .begin = i});
    tables.names.back().end = i + 1;
  }
  CHECK(tables.names.size() < 65536);
  return tables;
}

const Tables& tables() {
  static const Tables k_tables = made_tables();
  return k_tables;
}

std::span<const Membership> classes_of(GivenNameId id) {
  const auto place = static_cast<std::size_t>(id);
  CHECK(place < tables().names.size());
  const Known& known = tables().names[place];
  return std::span(tables().memberships).subspan(known.begin, known.end - known.begin);
}

}  // namespace

std::size_t given_names_known() {
  return tables().names.size();
}

std::vector<std::vector<GivenNameId>> given_name_classes() {
  std::vector<std::vector<GivenNameId>> classes;
  for (std::size_t name = 0; name < tables().names.size(); ++name) {
    const auto id = static_cast<GivenNameId>(name);
    for (const Membership& membership : classes_of(id)) {
      if (membership.class_id >= classes.size()) classes.resize(membership.class_id + std::size_t{1});
      classes[membership.class_id].push_back(id);
    }
  }
  return classes;
}

std::optional<GivenNameId> given_name_id(std::string_view name) {
  const std::vector<Known>& names = tables().names;
  const auto found = std::ranges::lower_bound(names, name, {}, &Known::name);
  if (found == names.end() || found->name != name) return std::nullopt;
  return static_cast<GivenNameId>(found - names.begin());
}

bool same_given_name_class(GivenNameId one, GivenNameId other) {
  if (one == other) return true;
  const std::span<const Membership> theirs = classes_of(other);
  auto at = theirs.begin();
  for (const Membership& mine : classes_of(one)) {
    while (at != theirs.end() && at->class_id < mine.class_id) ++at;
    if (at != theirs.end() && at->class_id == mine.class_id) return true;
  }
  return false;
}

bool same_given_name_class(std::string_view one, std::string_view other) {
  if (one == other) return true;
  const std::optional<GivenNameId> mine = given_name_id(one);
  const std::optional<GivenNameId> theirs = given_name_id(other);
  return mine.has_value() && theirs.has_value() && same_given_name_class(*mine, *theirs);
}

}  // namespace throughline::linkage

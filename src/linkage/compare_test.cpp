#include "linkage/compare.h"

#include <bit>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

NameLevel names(std::string_view one, std::string_view other) {
  return compare_names(ShortName(one), ShortName(other));
}

TEST(CompareNames, tells_how_two_names_agree) {
  EXPECT_EQ(names("", "ANN"), NameLevel::missing);
  EXPECT_EQ(names("ANN", "ANN"), NameLevel::exact);
  EXPECT_EQ(names("BRIAN", "BRAIN"), NameLevel::one_edit);
  EXPECT_EQ(names("A", "ANN"), NameLevel::initial);
  EXPECT_EQ(names("B", "ANN"), NameLevel::different);
  EXPECT_EQ(names("CHRIS", "CHRISTOPHER"), NameLevel::prefix);
  EXPECT_EQ(names("GEORGINA", "GEORGIANNA"), NameLevel::near);
  EXPECT_EQ(names("ANN", "BOB"), NameLevel::different);
}

// The levels as compare.h means them, every measure worked out in full.
NameLevel in_full(const ShortName& one, const ShortName& other) {
  if (one.empty() || other.empty()) return NameLevel::missing;
  if (one == other) return NameLevel::exact;
  const int shorter = std::min(one.length(), other.length());
  const bool same_first = one.bytes[0] == other.bytes[0];
  if (shorter == 1) return same_first ? NameLevel::initial : NameLevel::different;
  if (shorter >= 3 && edit_distance(one, other) <= 1) return NameLevel::one_edit;
  const bool is_prefix = one.text().starts_with(other.text()) || other.text().starts_with(one.text());
  if (shorter >= 3 && is_prefix) return NameLevel::prefix;
  const int unshared = std::popcount(letters_of(one) ^ letters_of(other));
  const bool is_shuffled = unshared <= 1 && shorter >= 4 && std::abs(one.length() - other.length()) <= 1;
  return is_shuffled || jaro_winkler(one, other) >= 0.86 ? NameLevel::near : NameLevel::different;
}

rc::Gen<std::string> made_up_name() {
  const auto letters = rc::gen::container<std::string>(rc::gen::element('A', 'B', 'C', 'D', 'E', 'N', 'R'));
  return rc::gen::map(letters, [](const std::string& name) { return name.substr(0, ShortName::k_bytes); });
}

// Some bytes of it replaced: pairs that a screen could hide lie close together.
std::string misspelt(std::string name) {
  const int slips = *rc::gen::inRange(0, 4);
  for (int slip = 0; slip < slips && !name.empty(); ++slip) {
    name[*rc::gen::inRange<std::size_t>(0, name.size())] = *rc::gen::inRange('A', static_cast<char>('Z' + 1));
  }
  return name;
}

RC_GTEST_PROP(CompareNames, hides_no_similar_pair_behind_a_screen, ()) {
  const std::string name = *made_up_name();
  const ShortName written(name);
  const ShortName again(*rc::gen::arbitrary<bool>() ? misspelt(name) : *made_up_name());
  RC_ASSERT(compare_names(written, again) == in_full(written, again));
  RC_ASSERT(compare_names(again, written) == in_full(written, again));
}

MadeUpPerson anybody() {
  const auto one_of = [](std::vector<std::string> values) { return *rc::gen::elementOf(std::move(values)); };
  return {.given = one_of({"", "ANN", "ANNE", "BILL", "WILLIAM", "A", "GREEN", "ANN MARY"}),
          .family = one_of({"", "GREEN", "GREENE", "SMITH-GREEN", "SMITH", "ANN"}),
          .birth = one_of({"", "1990-04-03", "1990-03-04", "1991-04-03", "1990-04-13", "1960-12-30"}),
          .sex = one_of({"", "F", "M"}),
          .address =
              one_of({"", "1 HIGH STREET", "2 HIGH STREET", "FLAT 2, 1 HIGH STREET", "1 HIGHE STREET", "ORCHARD ROAD"}),
          .postcode = one_of({"", "AB1 2CD", "AB1 2CE", "AB1 3XY", "AB12 2CD", "ZE1 9XX"}),
          .locality = one_of({"", "LEEDS", "LEDES", "YORK"}),
          .email = one_of({"", "ann@fictonbee.uk", "ann@inventa.uk", "ane@fictonbee.uk"}),
          .phone = one_of({"", "01632 960001", "01632 960010", "01632 960777"}),
          .identifier = one_of({"", "9434765919", "9434765991", "AB123456C"})};
}

RC_GTEST_PROP(Compare, does_not_mind_which_record_comes_first, ()) {
  const std::vector<MadeUpPerson> two = {anybody(), anybody()};
  const People people = people_of(two);
  RC_ASSERT(compare(people.records[0], people.records[1], people.texts) ==
            compare(people.records[1], people.records[0], people.texts));
}

RC_GTEST_PROP(PatternKey, gives_its_pattern_back, ()) {
  const std::vector<MadeUpPerson> two = {anybody(), anybody()};
  const People people = people_of(two);
  const Pattern pattern = compare(people.records[0], people.records[1], people.texts);
  RC_ASSERT(pattern_of(key_of(pattern)) == pattern);
}

Pattern pattern_of_two(const MadeUpPerson& one, const MadeUpPerson& other) {
  const std::vector<MadeUpPerson> two = {one, other};
  const People people = people_of(two);
  return compare(people.records[0], people.records[1], people.texts);
}

int grid(NameLevel given, NameLevel family) {
  return static_cast<int>(given) * 8 + static_cast<int>(family);
}

TEST(Compare, knows_forms_of_a_given_name_and_parts_of_a_family_name) {
  const auto level = [](const MadeUpPerson& one, const MadeUpPerson& other) {
    return static_cast<int>(pattern_of_two(one, other).level(Comparison::names));
  };
  EXPECT_EQ(level({.given = "William", .family = "Green"}, {.given = "Bill", .family = "Smith-Green"}),
            grid(NameLevel::variant, NameLevel::variant));
  EXPECT_EQ(level({.given = "Ann", .family = "Green"}, {.given = "Green", .family = "Ann"}), k_names_swapped);
  EXPECT_EQ(level({.given = "Ann", .family = "Greene"}, {.given = "Green", .family = "Ann"}), k_names_swapped_near);
  EXPECT_EQ(level({.given = "Ann", .family = ""}, {.given = "Ann", .family = "Green"}),
            grid(NameLevel::exact, NameLevel::missing));
}

int birth_level(const std::string& one, const std::string& other) {
  return pattern_of_two({.birth = one}, {.birth = other}).level(Comparison::birth);
}

constexpr int parts(BirthPartLevel day, BirthPartLevel month, BirthPartLevel year) {
  return (static_cast<int>(day) * 4 + static_cast<int>(month)) * 4 + static_cast<int>(year);
}

TEST(CompareBirth, compares_day_month_and_year_each_for_itself) {
  using enum BirthPartLevel;
  EXPECT_EQ(birth_level("1990-04-03", "1990-04-03"), parts(exact, exact, exact));
  EXPECT_EQ(birth_level("1990-04-13", "1990-04-12"), parts(near, exact, exact)) << "the day after";
  EXPECT_EQ(birth_level("1990-05-13", "1990-05-31"), parts(near, exact, exact)) << "digits swapped";
  EXPECT_EQ(birth_level("1990-04-12", "1990-04-29"), parts(different, exact, exact));
  EXPECT_EQ(birth_level("1990-04-13", "1990-11-13"), parts(exact, different, exact));
  EXPECT_EQ(birth_level("1990-04-13", "1991-04-13"), parts(exact, exact, near));
  EXPECT_EQ(birth_level("1990-04-13", "1909-04-13"), parts(exact, exact, near)) << "digits swapped";
  EXPECT_EQ(birth_level("1990-04-13", "1956-04-13"), parts(exact, exact, different));
  EXPECT_EQ(birth_level("1908-04-13", "2008-04-13"), parts(exact, exact, near)) << "the century";
  EXPECT_EQ(birth_level("", "1990-04-13"), 0);
}

TEST(CompareBirth, sees_that_day_and_month_were_swapped) {
  EXPECT_EQ(birth_level("1990-04-03", "1990-03-04"), k_birth_swapped);
  EXPECT_EQ(birth_level("1990-04-03", "1991-03-04"), k_birth_swapped + 1);
  EXPECT_EQ(birth_level("1990-04-03", "1957-03-04"), k_birth_swapped + 2);
}

Packed packed(std::string_view code) {
  Packed bytes = 0;
  for (const char byte : code) bytes = (bytes << 8) | static_cast<unsigned char>(byte);
  return bytes << (8 * (8 - code.size()));
}

// An arbitrary code, or the one given with a slip, so that many are one edit apart.
std::string made_up_code(const std::string& like) {
  const auto codes = rc::gen::container<std::string>(rc::gen::element('A', 'B', '1', '2'));
  std::string code = *rc::gen::arbitrary<bool>() ? *codes : misspelt(like);
  if (*rc::gen::arbitrary<bool>() && !code.empty()) code.erase(*rc::gen::inRange<std::size_t>(0, code.size()), 1);
  if (*rc::gen::arbitrary<bool>() && code.size() > 1) std::swap(code[0], code[1]);
  return code.substr(0, 8);
}

RC_GTEST_PROP(ComparePostcodes, finds_one_edit_just_where_the_edit_distance_is_1, ()) {
  const std::string one = made_up_code("AB12CD");
  const std::string other = made_up_code(one);
  RC_PRE(!one.empty() && !other.empty());
  PersonRecord first;
  PersonRecord second;
  first.postcode = packed(one);
  second.postcode = packed(other);
  ComparedTexts texts;
  texts.variants = &variant_names();
  const int level = compare(first, second, texts).level(Comparison::place) % 6;
  RC_ASSERT((level == static_cast<int>(PostcodeLevel::one_edit)) == (base::edit_distance(one, other) == 1));
  RC_ASSERT((level == static_cast<int>(PostcodeLevel::exact)) == (one == other));
}

TEST(ComparePlaces, tells_house_street_and_parts_of_a_postcode_apart) {
  const auto level = [](const MadeUpPerson& one, const MadeUpPerson& other) {
    return static_cast<int>(pattern_of_two(one, other).level(Comparison::place));
  };
  const auto address = [&](const std::string& one, const std::string& other) {
    return static_cast<AddressLevel>(level({.address = one}, {.address = other}) / 6);
  };
  const auto postcode = [&](const std::string& one, const std::string& other) {
    return static_cast<PostcodeLevel>(level({.postcode = one}, {.postcode = other}) % 6);
  };
  EXPECT_EQ(address("1 High Street", "1 HIGH ST"), AddressLevel::exact);
  EXPECT_EQ(address("Flat 2, 1 High Street", "1 High Street"), AddressLevel::exact) << "one names no flat";
  EXPECT_EQ(address("Flat 2, 1 High Street", "Flat 3, 1 High Street"), AddressLevel::street_only);
  EXPECT_EQ(address("1 Orchard Road", "1 Orchrad Road"), AddressLevel::street_near);
  EXPECT_EQ(address("1 Orchard Road", "1 Mill Lane"), AddressLevel::house_only);
  EXPECT_EQ(address("1 Orchard Road", "2 Mill Lane"), AddressLevel::different);
  EXPECT_EQ(address("", "2 Mill Lane"), AddressLevel::missing);
  EXPECT_EQ(postcode("AB1 2CD", "ab12cd"), PostcodeLevel::exact);
  EXPECT_EQ(postcode("AB1 2CD", "AB1 2DC"), PostcodeLevel::one_edit);
  EXPECT_EQ(postcode("AB1 2CD", "AB1 2XY"), PostcodeLevel::sector);
  EXPECT_EQ(postcode("AB1 2CD", "AB1 9XY"), PostcodeLevel::district);
  EXPECT_EQ(postcode("AB1 2CD", "ZE1 9XY"), PostcodeLevel::different);
}

TEST(OneSlip, is_one_digit_replaced_or_two_neighbours_swapped) {
  EXPECT_TRUE(one_slip(pack_digits("12345"), pack_digits("12945")));
  EXPECT_TRUE(one_slip(pack_digits("12345"), pack_digits("13245")));
  EXPECT_FALSE(one_slip(pack_digits("12345"), pack_digits("14325")));
  EXPECT_FALSE(one_slip(pack_digits("12345"), pack_digits("13445")));
}

TEST(Compare, asks_again_where_the_column_it_depends_on_agrees) {
  const Pattern apart = pattern_of_two({.given = "Ann", .sex = "F"}, {.given = "Bob", .sex = "F"});
  const Pattern alike = pattern_of_two({.given = "Ann", .sex = "F"}, {.given = "Ann", .sex = "F"});
  EXPECT_EQ(apart.level(Comparison::sex), 1);
  EXPECT_EQ(alike.level(Comparison::sex), 4);
  EXPECT_EQ(pattern_of_two({.given = "Ann Mary"}, {.given = "Ann May"}).level(Comparison::middle), 4 + 2);
  EXPECT_EQ(pattern_of_two({.given = "Ann Mary"}, {.given = "Bob Mary"}).level(Comparison::middle), 1);
}

}  // namespace
}  // namespace throughline::linkage

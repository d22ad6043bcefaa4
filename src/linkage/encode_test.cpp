#include "linkage/encode.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

PersonRecord read(const MadeUpPerson& person) {
  return people_of(std::vector<MadeUpPerson>{person}).records.front();
}

TEST(Encode, folds_names_and_keeps_what_follows_the_first_as_a_middle_name) {
  const PersonRecord record = read({.given = "Zoë Mary", .family = "O'Green-Smith"});
  EXPECT_EQ(record.given.text(), "ZOE");
  EXPECT_EQ(record.middle_initial, 'M');
  EXPECT_NE(record.family_part, 0U);
  EXPECT_EQ(record.given_length, 3);
}

TEST(Encode, gives_equal_values_equal_ids) {
  const People people = people_of(
      std::vector<MadeUpPerson>{{.given = "ann", .family = "green", .address = "1 Mill Ln", .locality = "leeds"},
                                {.given = "Ann", .family = "Green", .address = "1 Mill Lane", .locality = "Leeds "}});
  const PersonRecord& one = people.records[0];
  const PersonRecord& other = people.records[1];
  EXPECT_EQ(one.given_id, other.given_id);
  EXPECT_EQ(one.family_id, other.family_id);
  EXPECT_EQ(one.street_id, other.street_id);
  EXPECT_EQ(one.house, other.house);
  EXPECT_EQ(one.locality_id, other.locality_id);
}

TEST(Encode, takes_fillers_for_missing) {
  EXPECT_EQ(read({.phone = "00000000000"}).phone, 0U);
  EXPECT_EQ(read({.identifier = "9999999999"}).identifier, 0U);
  EXPECT_EQ(read({.postcode = "ZZ99 3VZ"}).postcode, 0U);
  EXPECT_EQ(read({.sex = "unknown"}).sex, Sex::missing);
  EXPECT_EQ(read({}).given_id, 0U);
}

TEST(Encode, takes_a_whole_date_or_its_parts) {
  Encoder encoder;
  PersonFields fields;
  fields[FieldRole::birth_year] = "1990";
  fields[FieldRole::birth_month] = "4";
  encoder.add(fields, 0);
  const People people = std::move(encoder).finish();
  EXPECT_EQ(people.records[0].birth, (BirthParts{.year = 1990, .month = 4, .day = 0}));
  EXPECT_EQ(read({.birth = "1990-04-03"}).birth, (BirthParts{.year = 1990, .month = 4, .day = 3}));
}

// Two years of people born on every day, then as many on 1 January as a form's default makes.
TEST(Encode, forgets_the_day_where_far_too_many_are_born_on_1_January) {
  std::vector<MadeUpPerson> people;
  for (int i = 1; i <= 300; ++i) people.push_back({.birth = fmt::format("1990-{:02}-{:02}", 1 + i % 12, 1 + i % 28)});
  const auto on_first = [](const People& of) {
    return std::ranges::count_if(of.records,
                                 [](const PersonRecord& each) { return each.birth.day == 1 && each.birth.month == 1; });
  };
  EXPECT_GT(on_first(people_of(people)), 0) << "no more than one in a year";
  people.insert(people.end(), 30, {.birth = "1985-01-01"});
  const People forgotten = people_of(people);
  EXPECT_EQ(on_first(forgotten), 0);
  EXPECT_EQ(forgotten.records.back().birth, (BirthParts{.year = 1985, .month = 0, .day = 0}));
}

}  // namespace
}  // namespace throughline::linkage

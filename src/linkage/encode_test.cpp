#include "linkage/encode.h"

#include <algorithm>
#include <set>
#include <string>
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

// A column that holds more than 65,536 different texts, as one of free text may: none of them is taken for another.
TEST(Encode, tells_more_regions_apart_than_two_bytes_can) {
  Encoder encoder;
  std::set<TextId> ids;
  constexpr int k_regions = 70'000;
  for (int i = 0; i < k_regions; ++i) {
    const std::string region = "region " + std::to_string(i);
    PersonFields fields;
    fields[FieldRole::region] = region;
    ids.insert(encoder.encode(fields, 0).region_id);
  }
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(k_regions));
  EXPECT_FALSE(ids.contains(0)) << "nor for a missing one";
}

TEST(Encoder, gone_back_to_a_mark_reads_on_as_if_nothing_had_been_asked) {
  PersonFields first;
  first[FieldRole::given_name] = "inventa";
  first[FieldRole::family_name] = "fictonbee";
  first[FieldRole::address] = "7 sample street";
  PersonFields asked;
  asked[FieldRole::given_name] = "imagino rose";
  asked[FieldRole::family_name] = "van madeupson";
  asked[FieldRole::other_name] = "imi madeupson";
  asked[FieldRole::birth_date] = "2001-02-03";
  asked[FieldRole::address] = "9 fiction way";
  asked[FieldRole::locality] = "dummington";
  asked[FieldRole::email] = "imi@example.org";
  Encoder encoder;
  Encoder untouched;
  encoder.add(first, 0);
  untouched.add(first, 0);
  const Encoder::Mark before = encoder.mark();
  const TextId of_asked = encoder.encode(asked, 0).family_id;
  EXPECT_NE(encoder.mark().sizes, before.sizes);
  encoder.go_back(before);
  EXPECT_EQ(encoder.mark().sizes, before.sizes);
  EXPECT_EQ(encoder.texts().streets.size(), untouched.texts().streets.size());
  EXPECT_EQ(encoder.encode(asked, 0).family_id, of_asked);
  EXPECT_EQ(untouched.encode(asked, 0).family_id, of_asked);
  encoder.go_back(before);
  EXPECT_EQ(encoder.encode(first, 0).given_id, 1U);
}

}  // namespace
}  // namespace throughline::linkage

#include "linkage/composite.h"

#include <numeric>

#include <gtest/gtest.h>

#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

PersonRecord as_one(const std::vector<MadeUpPerson>& people) {
  const People read = people_of(people);
  std::vector<std::uint32_t> members(people.size());
  std::iota(members.begin(), members.end(), 0U);
  return composite(read.records, members);
}

TEST(Composite, says_field_by_field_what_most_records_say) {
  const PersonRecord whole = as_one({{.given = "Anne", .family = "Green", .phone = "01632 960001"},
                                     {.given = "Ann", .family = "Greene", .phone = "01632 960001"},
                                     {.given = "Ann", .family = "Green", .phone = "01632 960777"}});
  EXPECT_EQ(whole.given.text(), "ANN");
  EXPECT_EQ(whole.given_length, 3);
  EXPECT_EQ(whole.family.text(), "GREEN");
  EXPECT_EQ(whole.phone, as_one({{.phone = "01632 960001"}}).phone);
}

TEST(Composite, takes_what_one_record_lacks_from_another) {
  const PersonRecord whole =
      as_one({{.given = "Ann", .address = "1 Mill Lane"}, {.birth = "1990-04-03", .postcode = "AB1 2CD"}});
  EXPECT_EQ(whole.given.text(), "ANN");
  EXPECT_TRUE(whole.birth.whole());
  EXPECT_NE(whole.postcode, 0U);
  EXPECT_EQ(whole.outward_bytes, 3);
  EXPECT_NE(whole.street_id, 0U);
}

TEST(Composite, of_as_many_for_one_thing_as_for_another_takes_the_first) {
  EXPECT_EQ(as_one({{.given = "Anne"}, {.given = "Ann"}}).given.text(), "ANNE");
}

}  // namespace
}  // namespace throughline::linkage

#include "linkage/name_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "linkage/normal/nicknames.h"

namespace throughline::linkage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

BorneName name_of(TextId id, const char* text) {
  return {.id = id, .text = ShortName(text)};
}

struct NamePlacesTest : testing::Test {
  NamePlacesTest() {
    names.add(name_of(3, "VEXWORTHY"), 7);
    names.add(name_of(3, "VEXWORTHY"), 2);
    names.add(name_of(3, "VEXWORTHY"), 7);
    names.add(name_of(5, "VEXWORTHI"), 4);
    names.add(name_of(9, "MOCKSTEAD"), 1);
    names.add(name_of(10, "M"), 6);
    names.add(name_of(0, ""), 8);
    names.add_part(11, 9);
    names.close();
  }
  NamePlaces names;
};

TEST_F(NamePlacesTest, gives_each_bearer_once_in_order) {
  EXPECT_THAT(names.bearing(3), ElementsAre(2, 7));
  EXPECT_THAT(names.bearing(4), IsEmpty());
  EXPECT_THAT(names.bearing(0), IsEmpty());
  EXPECT_THAT(names.bearing(99), IsEmpty()) << "a name that came after";
  EXPECT_THAT(names.bearing(11), ElementsAre(9)) << "a part";
}

TEST_F(NamePlacesTest, finds_a_name_however_it_is_misspelt) {
  for (const char* asked : {"VEXWORTHY", "EVXWORTHY", "BEXWORTHY", "VEXWRTHY", "VEXWORTHYS"}) {
    EXPECT_THAT(names.bearing_like(name_of(99, asked), 100), IsSupersetOf({2, 7})) << asked;
  }
  EXPECT_THAT(names.bearing_like(name_of(98, "QUILLON"), 100), IsEmpty());
  EXPECT_THAT(names.bearing_like(name_of(9, "MOCKSTEAD"), 100), ElementsAre(1)) << "an initial is like no name";
}

TEST_F(NamePlacesTest, finds_forms_of_a_given_name) {
  const auto known = [](const char* text) {
    const auto id = given_name_id(text);
    return id ? static_cast<TextId>(*id) + 1 : TextId{0};
  };
  NamePlaces given;
  given.add({.id = 1, .text = ShortName("WILLIAM"), .variants = known("WILLIAM")}, 5);
  given.close();
  EXPECT_THAT(given.bearing_like({.id = 2, .text = ShortName("BILL"), .variants = known("BILL")}, 10), ElementsAre(5));
}

TEST_F(NamePlacesTest, stops_where_more_bear_it_than_were_asked_for) {
  NamePlaces many;
  for (Place place = 0; place < 1000; ++place)
    many.add(name_of(1 + place % 10, ("SMITH" + std::to_string(place % 10)).c_str()), place);
  many.close();
  const auto found = many.bearing_like(name_of(50, "SMITH"), 150);
  EXPECT_GT(found.size(), 150U);
  EXPECT_LT(found.size(), 1000U);
}

}  // namespace
}  // namespace throughline::linkage

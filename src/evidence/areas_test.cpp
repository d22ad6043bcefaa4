#include "evidence/areas.h"

#include <gtest/gtest.h>

#include "evidence/made_up_county.h"

namespace throughline::evidence {
namespace {

TEST(Areas, are_found_by_code_and_by_name_in_any_spelling) {
  const Areas areas = made_up_areas();
  EXPECT_EQ(areas.resolve("E23000901").value(), k_otherford_force);
  EXPECT_EQ(areas.resolve("otherford upon  THE-marsh").value(), k_marsh);
  EXPECT_EQ(areas.resolve("Otherford\u2019 upon' the Marsh").value(), k_marsh) << "either apostrophe, or none";
  EXPECT_EQ(areas.resolve("City of Elsewhere").value(), k_elsewhere_force);
  EXPECT_EQ(areas.resolve("Elsewhere, City of").value(), k_elsewhere_force);
}

TEST(Areas, have_one_key_for_all_spellings_of_a_name) {
  EXPECT_EQ(area_key("Bristol, City of"), area_key("City of Bristol"));
  EXPECT_EQ(area_key("Redcar & Cleveland"), area_key("redcar and Cleveland"));
  EXPECT_EQ(area_key("King\u2019s Lynn"), area_key("Kings Lynn"));
  EXPECT_EQ(area_key("Bournemouth, Christchurch and Poole"), area_key("Bournemouth Christchurch and Poole"));
  EXPECT_NE(area_key("Bristol"), area_key("City of Bristol"));
  EXPECT_EQ(area_key("..."), "...") << "nothing else is left of it";
}

TEST(Areas, that_are_misspelt_are_answered_with_the_nearest) {
  const auto wrong = made_up_areas().resolve("Otherfrod upon the Marsh", AreaKind::local_authority);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message(),
            "No local-authority is called “Otherfrod upon the Marsh”. The nearest name is “Otherford upon the Marsh”.");
  const auto unknown = made_up_areas().resolve("Xyzzy");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().message(),
            "No area is called “Xyzzy”. Give its code or its full name. Areas are known once the reference files are "
            "ingested.");
}

TEST(Areas, that_share_a_name_are_listed_with_their_codes) {
  const auto shared = made_up_areas().resolve("Otherford");
  ASSERT_FALSE(shared.ok());
  EXPECT_EQ(shared.error().code, "area_ambiguous");
  EXPECT_EQ(
      shared.error().message(),
      "“Otherford” is the name of 2 areas: ward Otherford (E05000901), force Otherford (E23000901). Give the code of "
      "the one you mean, or the kind of area.");
  EXPECT_EQ(made_up_areas().resolve("Otherford", AreaKind::force).value(), k_otherford_force);
}

TEST(Areas, contain_one_another_up_to_the_force) {
  const Areas areas = made_up_areas();
  EXPECT_EQ(areas.containing(k_lsoa_1, AreaKind::ward), k_ward);
  EXPECT_EQ(areas.containing(k_lsoa_1, AreaKind::force), k_otherford_force);
  EXPECT_EQ(areas.containing(k_lsoa_3, AreaKind::force), k_elsewhere_force);
  EXPECT_EQ(areas.containing(k_otherford_force, AreaKind::force), k_otherford_force);
  EXPECT_EQ(areas.containing(k_otherford_force, AreaKind::ward), std::nullopt);
  EXPECT_EQ(areas.within(k_otherford_force, AreaKind::lsoa), (std::vector<AreaCode>{k_lsoa_1, k_lsoa_2}));
  // No look-up places a ward; its LSOAs do.
  EXPECT_EQ(areas.containing(k_ward, AreaKind::force), k_otherford_force);
  EXPECT_EQ(areas.within(k_otherford_force, AreaKind::ward), (std::vector<AreaCode>{k_ward}));
  EXPECT_EQ(areas.within(k_lsoa_1, AreaKind::lsoa), (std::vector<AreaCode>{k_lsoa_1}));
}

TEST(Areas, of_an_older_edition_lie_where_all_their_successors_lie) {
  const Areas areas = made_up_areas();
  // The LSOA of 2011 was split in two, both in one authority.
  EXPECT_EQ(areas.containing(k_lsoa_2011, AreaKind::local_authority), k_marsh);
  // Another was split across authorities: nobody can say.
  EXPECT_EQ(areas.containing(k_lsoa_2011_torn, AreaKind::local_authority), std::nullopt);
}

TEST(Areas, know_a_force_by_what_it_calls_itself) {
  const Areas areas = made_up_areas();
  EXPECT_EQ(areas.force_named("Otherford Constabulary"), k_otherford_force);
  EXPECT_EQ(areas.force_named("City of Elsewhere Police Service"), k_elsewhere_force);
  EXPECT_EQ(areas.force_named("Nowhere Police"), std::nullopt);
}

TEST(Areas, have_residents_of_the_nearest_year_and_sum_them_for_a_force) {
  const Areas areas = made_up_areas();
  const auto own = areas.residents(k_marsh, 2025);
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->persons, 52'000);
  EXPECT_EQ(own->year, 2020);
  const auto earlier = areas.residents(k_marsh, 2012);
  ASSERT_TRUE(earlier.has_value());
  EXPECT_EQ(earlier->year, 2010);
  const auto force = areas.residents(k_otherford_force, 2025);
  ASSERT_TRUE(force.has_value());
  EXPECT_EQ(force->persons, 52'000);
  EXPECT_EQ(areas.residents(k_lsoa_1, 2025), std::nullopt);
  EXPECT_EQ(areas.residents(k_elsewhere_force, 2025), std::nullopt);
}

TEST(Areas, are_of_the_kind_that_their_code_says) {
  const auto kind = [](const char* text) { return kind_of(*records::GssCode::parse(text)); };
  EXPECT_EQ(kind("W01000001"), AreaKind::lsoa);
  EXPECT_EQ(kind("E05009861"), AreaKind::ward);
  EXPECT_EQ(kind("E06000002"), AreaKind::local_authority);
  EXPECT_EQ(kind("E09000001"), AreaKind::local_authority);
  EXPECT_EQ(kind("W06000015"), AreaKind::local_authority);
  EXPECT_EQ(kind("E23000028"), AreaKind::force);
  EXPECT_EQ(kind("W15000001"), AreaKind::force);
  EXPECT_EQ(kind("E22000219"), std::nullopt);
  EXPECT_EQ(kind("S01000001"), std::nullopt);
}

TEST(Areas, are_listed_by_name) {
  EXPECT_EQ(made_up_areas().of_kind(AreaKind::force), (std::vector<AreaCode>{k_elsewhere_force, k_otherford_force}));
}

}  // namespace
}  // namespace throughline::evidence

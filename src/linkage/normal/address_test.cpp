#include "linkage/normal/address.h"

#include <array>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string told(const HouseNumber& number) {
  if (number.from == 0) return "";
  std::string text = std::to_string(number.from);
  if (number.to != number.from) text += "-" + std::to_string(number.to);
  return text + number.suffix;
}

// "care of ..: flat 2: ROSE HOUSE: 14: HIGH STREET: LEEDS: LS1 1AA", what is empty left out.
std::string told(const Address& address) {
  if (address.presence != Presence::present) return "(" + std::string(name_of(address.presence)) + ")";
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text += text.empty() ? "" : ": ";
    text += std::string(name) + std::string(value);
  };
  if (address.kind == AddressKind::no_fixed_abode) add("", "no fixed abode");
  add("box ", address.po_box);
  add("care of ", address.care_of);
  add("flat ", address.flat);
  add("", address.building);
  add("", told(address.number));
  add("", address.street_type.empty() ? address.street : address.street_name + "+" + address.street_type);
  for (const std::string& place : address.places) add("in ", place);
  add("", address.postcode.text);
  return text;
}

std::string told(std::string_view text) {
  return told(read_address(text));
}

TEST(Address, of_a_house_is_number_street_and_places) {
  EXPECT_EQ(told("14 High Street, Leeds, LS1 1AA"), "14: HIGH+STREET: in LEEDS: LS1 1AA");
  EXPECT_EQ(told("14 HIGH ST LEEDS LS11AA"), "14: HIGH+STREET: in LEEDS: LS1 1AA");
  EXPECT_EQ(told("14, High St., Headingley, Leeds, LS1 1AA, UK"), "14: HIGH+STREET: in HEADINGLEY: in LEEDS: LS1 1AA");
  EXPECT_EQ(told("14 High Street\nLeeds\nEngland\nLS1 1AA"), "14: HIGH+STREET: in LEEDS: LS1 1AA");
  EXPECT_EQ(told("14 Piccadilly, London"), "14: PICCADILLY: in LONDON");
  EXPECT_EQ(told("14 The Row, Leeds"), "14: THE+ROW: in LEEDS");
  EXPECT_EQ(told("14 Green Lane, Leeds"), "14: GREEN+LANE: in LEEDS");
  EXPECT_EQ(told("14 Hill View Road Leeds"), "14: HILL VIEW+ROAD: in LEEDS");
  EXPECT_EQ(told("14 High Street North, Leeds"), "14: HIGH NORTH+STREET: in LEEDS");
  EXPECT_EQ(told("14 High Street West Town"), "14: HIGH+STREET: in WEST TOWN");
  EXPECT_EQ(told("7 First Avenue, Leeds"), "7: FIRST+AVENUE: in LEEDS");
  EXPECT_EQ(told("High Street 14, Leeds"), "14: HIGH+STREET: in LEEDS");
}

TEST(Address, keeps_suffix_and_range_of_its_number) {
  EXPECT_EQ(told("14B High Street"), "14B: HIGH+STREET");
  EXPECT_EQ(told("14 B High Street"), "14B: HIGH+STREET");
  EXPECT_EQ(told("12-14 High Street"), "12-14: HIGH+STREET");
  EXPECT_EQ(told("12 - 14 High Street"), "12-14: HIGH+STREET");
  EXPECT_EQ(told("144 & a half Pipe Road"), "144HALF: PIPE+ROAD");
  EXPECT_EQ(told("144 and a half Pipe Road"), "144HALF: PIPE+ROAD");
}

TEST(Address, of_a_flat_says_what_is_inside) {
  for (const std::string_view text :
       {"Flat 2, 14 High St, Leeds", "FLAT 2 14 HIGH STREET, LEEDS", "Apt 2, 14 High Street, Leeds",
        "14 Flat 2 High Street, Leeds", "14 High Street Flat 2, Leeds", "2, 14 High Street, Leeds"}) {
    EXPECT_EQ(told(text), "flat 2: 14: HIGH+STREET: in LEEDS") << text;
  }
  EXPECT_EQ(told("Flat B 153 Wexham Road London"), "flat B: 153: WEXHAM+ROAD: in LONDON");
  EXPECT_EQ(told("First Floor Flat 21 Salt Road London"), "flat FIRST FLOOR: 21: SALT+ROAD: in LONDON");
  EXPECT_EQ(told("Flat First Floor 21 Salt Road London"), "flat FIRST FLOOR: 21: SALT+ROAD: in LONDON");
  EXPECT_EQ(told("1st Floor, 21 Salt Road, London"), "flat FIRST FLOOR: 21: SALT+ROAD: in LONDON");
  EXPECT_EQ(told("Flat A First and Second Floors 21 Salt Road"), "flat A FIRST AND SECOND FLOOR: 21: SALT+ROAD");
  EXPECT_EQ(told("Basement Flat 45 Salt Street London"), "flat BASEMENT: 45: SALT+STREET: in LONDON");
  EXPECT_EQ(told("Flat Basement 45 Salt Street London"), "flat BASEMENT: 45: SALT+STREET: in LONDON");
  EXPECT_EQ(told("Flat 74 High Street Newtown"), "flat FLAT: 74: HIGH+STREET: in NEWTOWN");
  EXPECT_EQ(told("2/1, 14 High Street, Glasgow"), "flat 2/1: 14: HIGH+STREET: in GLASGOW");
  EXPECT_EQ(told("14/2 High Street, Edinburgh"), "flat 2: 14: HIGH+STREET: in EDINBURGH");
}

TEST(Address, of_a_building_has_its_name) {
  EXPECT_EQ(told("Zebra House 25 Flat 45 Long Road St Albans St Albans"),
            "flat 45: ZEBRA HOUSE: 25: LONG+ROAD: in SAINT ALBANS");
  EXPECT_EQ(told("Flat 45 Zebra House 25 Long Road St Albans"), "flat 45: ZEBRA HOUSE: 25: LONG+ROAD: in SAINT ALBANS");
  EXPECT_EQ(told("12 Rose House, High Street, Leeds"), "flat 12: ROSE HOUSE: HIGH+STREET: in LEEDS");
  EXPECT_EQ(told("Flat 2, Rose Court, High Street, Leeds"), "flat 2: ROSE COURT: HIGH+STREET: in LEEDS");
  EXPECT_EQ(told("Flat 2 Rose Court, Leeds"), "flat 2: ROSE COURT: in LEEDS");
  EXPECT_EQ(told("5 Rose Court, Leeds"), "5: ROSE+COURT: in LEEDS");
  EXPECT_EQ(told("Rose Cottage, Little Marsh"), "ROSE COTTAGE: in LITTLE MARSH");
  EXPECT_EQ(told("The Old Farm Cottage Pad Farm Badger Road Piking"),
            "THE OLD FARM COTTAGE PAD FARM: BADGER+ROAD: in PIKING");
  EXPECT_EQ(told("Sues Nails Rainbow Lane London"), "SUES NAILS: RAINBOW+LANE: in LONDON");
  EXPECT_EQ(told("Burger Place, 9 Rainbow Lane, London"), "BURGER PLACE: 9: RAINBOW+LANE: in LONDON");
  EXPECT_EQ(told("The Annexe, Ashfields, Love Lane, King's Langley"),
            "flat ANNEXE: THE ASHFIELDS: LOVE+LANE: in KINGS LANGLEY");
}

TEST(Address, tells_street_from_saint) {
  EXPECT_EQ(told("14 St James St, St Albans"), "14: SAINT JAMES+STREET: in SAINT ALBANS");
  EXPECT_EQ(told("14 St Mary's Rd, Bury St Edmunds"), "14: SAINT MARYS+ROAD: in BURY SAINT EDMUNDS");
  EXPECT_EQ(told("14 West Street Wave-by-Sea Wave-by-Sea"), "14: WEST+STREET: in WAVE BY SEA");
}

TEST(Address, that_is_no_home_is_what_it_is) {
  EXPECT_EQ(told("NFA"), "no fixed abode");
  EXPECT_EQ(told("No Fixed Abode, Leeds"), "no fixed abode: in LEEDS");
  EXPECT_EQ(told("N.F.A."), "no fixed abode");
  EXPECT_EQ(told("of no fixed abode ZZ99 3VZ"), "no fixed abode");
  EXPECT_EQ(told("Homeless Shelter, 4 High Street"), "HOMELESS SHELTER: 4: HIGH+STREET");
  EXPECT_EQ(told("PO Box 123, Leeds LS1 1AA"), "box 123: in LEEDS: LS1 1AA");
  EXPECT_EQ(told("P.O. Box 123, Leeds"), "box 123: in LEEDS");
  EXPECT_EQ(read_address("PO Box 123, Leeds").kind, AddressKind::po_box);
  EXPECT_EQ(told("c/o Mr Smith, 14 High Street"), "care of MR SMITH: 14: HIGH+STREET");
  EXPECT_EQ(told("Care of Mr Smith 14 High Street"), "care of MR SMITH: 14: HIGH+STREET");
  EXPECT_EQ(read_address("c/o Mr Smith, 14 High Street").kind, AddressKind::care_of);
  EXPECT_EQ(read_address("High Street, Leeds").kind, AddressKind::street_only);
  EXPECT_EQ(read_address("14 High Street, Leeds").kind, AddressKind::premises);
}

TEST(Address, that_says_nothing_is_missing) {
  EXPECT_EQ(told(""), "(blank)");
  EXPECT_EQ(told("Unknown"), "(not known)");
  EXPECT_EQ(told("xxxx"), "(filler)");
  EXPECT_EQ(told(","), "(blank)");
  EXPECT_EQ(told("UK"), "(unreadable)");
  EXPECT_EQ(told("LS1 1AA"), "LS1 1AA");
}

TEST(Address, comes_in_lines_too) {
  const std::array<std::string_view, 6> lines = {"111", "High Street", "N/A", "", "Leeds", "LS1 1AA"};
  EXPECT_EQ(told(read_address(lines)), "111: HIGH+STREET: in LEEDS: LS1 1AA");
  const std::array<std::string_view, 2> nothing = {"", "N/A"};
  EXPECT_EQ(told(read_address(nothing)), "(not known)");
  const Address address = read_address("14 High Street, Headingley, Leeds");
  EXPECT_EQ(address.town(), "LEEDS");
  EXPECT_EQ(address.locality(), "HEADINGLEY");
  EXPECT_EQ(read_address("14 High Street").town(), "");
}

RC_GTEST_PROP(Address, is_total_on_any_bytes, ()) {
  const Address address = read_address(*made_up_bytes("FLATSROADHE 12/-,.&\n"));
  if (address.presence != Presence::present) RC_ASSERT(address.kind == AddressKind::none);
  RC_ASSERT(address.street.size() <= k_plain_bytes_max * 2);
  RC_ASSERT(address.number.from <= 99999 && address.number.to <= 99999);
}

RC_GTEST_PROP(Address, of_a_plain_house_gives_back_what_was_put_in, ()) {
  const auto number = *rc::gen::inRange<std::int64_t>(1, 999);
  const auto street = *rc::gen::elementOf(std::vector<std::string>{"OAK", "SAINT JOHNS", "LONG ACRE"});
  const auto type = *rc::gen::elementOf(std::vector<std::string>{"ROAD", "STREET", "CLOSE"});
  const Address address = read_address(std::to_string(number) + " " + street + " " + type + ", LEEDS, LS1 1AA");
  RC_ASSERT(address.number.from == number);
  RC_ASSERT(address.street == street + " " + type);
  RC_ASSERT(address.town() == "LEEDS");
}

}  // namespace
}  // namespace throughline::linkage

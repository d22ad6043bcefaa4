#include "serve/http_gate.h"

#include <gtest/gtest.h>

#include <vector>

namespace throughline::serve {
namespace {

TEST(Gate, lets_so_many_of_one_address_in_and_no_more) {
  const auto gate = std::make_shared<Gate>(Gate::Bounds{.all_max = 10, .of_one_max = 2});
  auto one = gate->enter("192.0.2.1");
  const auto two = gate->enter("192.0.2.1");
  ASSERT_NE(two, nullptr);
  EXPECT_EQ(gate->enter("192.0.2.1"), nullptr);
  EXPECT_NE(gate->enter("192.0.2.2"), nullptr);
  one.reset();
  EXPECT_NE(gate->enter("192.0.2.1"), nullptr) << "given back";
}

TEST(Gate, lets_so_many_in_altogether) {
  const auto gate = std::make_shared<Gate>(Gate::Bounds{.all_max = 2, .of_one_max = 2});
  const auto one = gate->enter("192.0.2.1");
  const auto two = gate->enter("192.0.2.2");
  EXPECT_EQ(gate->enter("192.0.2.3"), nullptr);
}

TEST(Gate, takes_all_addresses_of_one_ipv6_network_for_one) {
  const auto gate = std::make_shared<Gate>(Gate::Bounds{.all_max = 10, .of_one_max = 2});
  auto one = gate->enter("2001:db8:1:2::1");
  const auto two = gate->enter("2001:db8:1:2:ffff::2");
  EXPECT_EQ(gate->enter("2001:db8:1:2::3"), nullptr);
  EXPECT_NE(gate->enter("2001:db8:1:3::3"), nullptr) << "another network";
  one.reset();
  EXPECT_NE(gate->enter("2001:db8:1:2::4"), nullptr);
}

}  // namespace
}  // namespace throughline::serve

#include "base/network.h"

#include <gtest/gtest.h>

namespace throughline::base {
namespace {

TEST(Network, of_an_ipv6_address_is_its_first_half) {
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::1"), network_of("2001:DB8:1:2:ffff::"));
  EXPECT_NE(network_of("2001:db8:1:3::1"), network_of("2001:db8:1:2::1"));
  EXPECT_EQ(network_of("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(network_of("::1"), "::/64");
}

TEST(Network, of_an_ipv4_address_is_itself_however_it_is_written) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_NE(network_of("::ffff:192.0.2.1"), network_of("::ffff:192.0.2.2"));
}

TEST(Network, of_what_is_no_address_is_the_text) {
  EXPECT_EQ(network_of(""), "");
  EXPECT_EQ(network_of("somewhere"), "somewhere");
  EXPECT_EQ(network_of("2001:db8::/64"), "2001:db8::/64") << "a network already";
}

}  // namespace
}  // namespace throughline::base

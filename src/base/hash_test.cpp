#include "base/hash.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace throughline::base {
namespace {

RC_GTEST_PROP(Hash, its_hexadecimal_text_reads_back, ()) {
  Hash hash;
  for (std::byte& byte : hash.bytes) byte = static_cast<std::byte>(*rc::gen::inRange(0, 256));
  RC_ASSERT(Hash::from_hex(hash.hex()) == hash);
}

TEST(Hash, text_that_is_not_sixty_four_digits_is_no_hash) {
  const std::string digits(64, 'a');
  EXPECT_TRUE(Hash::from_hex(digits));
  EXPECT_EQ(Hash::from_hex(std::string(64, 'A')), Hash::from_hex(digits));
  EXPECT_FALSE(Hash::from_hex(digits + "a"));
  EXPECT_FALSE(Hash::from_hex(digits.substr(1)));
  EXPECT_FALSE(Hash::from_hex(digits.substr(1) + "g"));
  EXPECT_FALSE(Hash::from_hex(""));
}

TEST(Hash, is_ordered_as_its_text_is) {
  const Hash low = *Hash::from_hex("7f" + std::string(62, 'f'));
  const Hash high = *Hash::from_hex("80" + std::string(62, '0'));
  EXPECT_LT(low, high);
  EXPECT_LT(low.hex(), high.hex());
}

}  // namespace
}  // namespace throughline::base

#include "ledger/password.h"

#include <gtest/gtest.h>

#include <string>

#include "ledger/made_up_ledger.h"

namespace throughline::ledger {
namespace {

// The least that Argon2id allows.
constexpr PasswordCost k_cheap{.passes = 1, .memory_bytes = 8192};

std::string fault_of(const std::string& typed, const std::string& account = "acole") {
  const auto password = read_password(typed);
  if (!password.ok()) return password.error().code;
  const auto fit = check_password(password.value(), account);
  return fit.ok() ? "" : fit.error().code;
}

TEST(Password, of_twelve_letters_is_long_enough_and_letters_are_not_bytes) {
  EXPECT_EQ(fault_of("twelve lette"), "");
  EXPECT_EQ(fault_of("eleven lett"), "password_too_short");
  EXPECT_EQ(fault_of("äöüßéèêëçñå"), "password_too_short") << "eleven letters of two bytes";
  EXPECT_EQ(fault_of("äöüßéèêëçñåø"), "");
}

TEST(Password, of_a_thousand_letters_is_taken_whole) {
  std::string longest;
  while (longest.size() < 1000) longest += "correct horse ";
  longest.resize(1000);
  EXPECT_EQ(fault_of(longest), "");
  EXPECT_EQ(fault_of(longest + "x"), "password_too_long");
  SeededEntropy entropy;
  const PasswordHash kept = hash_password(longest, k_cheap, entropy).value();
  EXPECT_TRUE(is_password(longest, kept).value());
  longest.back() = longest.back() == 'z' ? 'y' : 'z';
  EXPECT_FALSE(is_password(longest, kept).value()) << "the last letter counts";
}

TEST(Password, needs_no_digits_capitals_or_signs) {
  EXPECT_EQ(fault_of("heron under the viaduct"), "");
}

TEST(Password, that_is_tried_first_or_is_made_of_the_account_is_refused_and_never_repeated) {
  for (const char* typed : {"Password1234", "123456789012", "aaaaaaaaaaaaaaaa", "abababababababab"}) {
    EXPECT_EQ(fault_of(typed), "password_common") << typed;
  }
  EXPECT_EQ(fault_of("ACole-2026-xy"), "password_is_name");
  const auto refused = check_password("password1234", "acole");
  EXPECT_EQ(refused.error().message().find("password1234"), std::string::npos);
}

TEST(Password, is_the_same_however_a_keyboard_spells_its_letters) {
  SeededEntropy entropy;
  const std::string composed = read_password("caf\xC3\xA9 by the canal").value();
  const std::string parts = read_password("cafe\xCC\x81 by the canal").value();
  EXPECT_TRUE(is_password(parts, hash_password(composed, k_cheap, entropy).value()).value());
  EXPECT_EQ(fault_of("caf\xC3 by the canal"), "password_not_text");
}

TEST(Password, is_hashed_with_a_salt_of_its_own) {
  SeededEntropy entropy;
  const PasswordHash one = hash_password("heron under the viaduct", k_cheap, entropy).value();
  const PasswordHash other = hash_password("heron under the viaduct", k_cheap, entropy).value();
  EXPECT_NE(one.salt, other.salt);
  EXPECT_NE(one.hash, other.hash);
  EXPECT_TRUE(is_password("heron under the viaduct", other).value());
  EXPECT_FALSE(is_password("Heron under the viaduct", other).value());
}

TEST(Password, is_dear_unless_a_test_says_otherwise) {
  const PasswordCost usual;
  EXPECT_EQ(usual.passes, 3);
  EXPECT_EQ(usual.memory_bytes, std::int64_t{256} << 20);
}

}  // namespace
}  // namespace throughline::ledger

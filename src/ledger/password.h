// Passwords: what one may be, and how it is kept. Argon2id (RFC 9106) by libsodium, with a salt of its own each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"

namespace throughline::ledger {

inline constexpr std::int64_t k_password_letters_min = 12;
inline constexpr std::int64_t k_password_letters_max = 1000;

// How dear one guess is: about 0.7 s and a quarter of a gigabyte. Tests take the least that the algorithm allows.
struct PasswordCost {
  std::int64_t passes = 3;
  std::int64_t memory_bytes = std::int64_t{256} << 20;
};

// What is kept of a password.
struct PasswordHash {
  PasswordCost cost;
  std::array<std::byte, 16> salt{};
  base::Hash hash{};
};

// A password in the one form in which it is hashed, NFKC: keyboards differ in how they send the same letter. Nothing is
// cut off. Errors "password_not_text", "password_too_long".
[[nodiscard]] base::Result<std::string> read_password(std::string_view typed);

// Whether it may be chosen. Errors "password_too_short", "password_common", "password_is_name" (bad command) say why,
// never what was typed. Letters are code points. REQUIRES: read_password gave it.
[[nodiscard]] base::Result<void> check_password(std::string_view password, std::string_view account_name);

// Takes the cost's time and memory. Error "memory_missing" (world).
[[nodiscard]] base::Result<PasswordHash> hash_password(std::string_view password, const PasswordCost& cost,
                                                       base::Entropy& entropy);
// The same; compares in time that does not depend on the bytes.
[[nodiscard]] base::Result<bool> is_password(std::string_view password, const PasswordHash& kept);

}  // namespace throughline::ledger

// Tokens that open something to whoever holds them: 32 random bytes as 43 letters of base64url.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"

namespace throughline::app {

[[nodiscard]] std::string new_token(base::Entropy& entropy);
// What is kept of one.
[[nodiscard]] base::Hash hash_of_token(std::string_view token);
// RFC 4648, section 5, without padding.
[[nodiscard]] std::string base64url(std::span<const std::byte> bytes);

}  // namespace throughline::app

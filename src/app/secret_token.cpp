#include "app/secret_token.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/sha256.h"

namespace throughline::app {

std::string new_token(base::Entropy& entropy) {
  std::array<std::byte, 32> secret{};
  entropy.fill(secret);
  return base64url(secret);
}

base::Hash hash_of_token(std::string_view token) {
  return base::hash_text(token);
}

std::string base64url(std::span<const std::byte> bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  CHECK(sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != nullptr);
  text.pop_back();  // The closing zero.
  return text;
}

}  // namespace throughline::app

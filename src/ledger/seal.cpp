#include "ledger/seal.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"

namespace throughline::ledger {

namespace {

using Raw = unsigned char;

const Raw* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const Raw*>(bytes.data());
}
Raw* raw(std::span<std::byte> bytes) {
  return reinterpret_cast<Raw*>(bytes.data());
}

constexpr std::size_t k_nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t k_tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);

void start_sodium() {
  static const bool is_started = sodium_init() >= 0;
  CHECK(is_started);
}

std::array<std::byte, 8> bound_number(std::int64_t entry) {
  std::array<std::byte, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(static_cast<std::uint64_t>(entry) >> (56 - 8 * i) & 0xFFU);
  }
  return bytes;
}

}  // namespace

void wipe(std::span<std::byte> bytes) {
  sodium_memzero(bytes.data(), bytes.size());
}

PayloadKey new_payload_key(base::Entropy& entropy) {
  PayloadKey key;
  entropy.fill(key.bytes());
  return key;
}

SigningKey new_signing_key(base::Entropy& entropy) {
  start_sodium();
  PayloadKey seed = new_payload_key(entropy);
  SigningKey key;
  PublicKey unused{};
  CHECK(crypto_sign_seed_keypair(raw(std::span<std::byte>(unused)), raw(key.bytes()), raw(seed.bytes())) == 0);
  return key;
}

bool is_whole(const SigningKey& key) {
  start_sodium();
  SigningKey again;
  PublicKey half{};
  CHECK(crypto_sign_seed_keypair(raw(std::span<std::byte>(half)), raw(again.bytes()), raw(key.bytes())) == 0);
  return std::ranges::equal(key.bytes(), again.bytes());
}

PublicKey public_half(const SigningKey& key) {
  PublicKey half{};
  CHECK(crypto_sign_ed25519_sk_to_pk(raw(std::span<std::byte>(half)), raw(key.bytes())) == 0);
  return half;
}

Bytes seal(std::span<const std::byte> plain, const PayloadKey& key, std::int64_t entry, base::Entropy& entropy) {
  start_sodium();
  Bytes sealed(k_nonce_bytes + plain.size() + k_tag_bytes);
  const std::span<std::byte> nonce(sealed.data(), k_nonce_bytes);
  entropy.fill(nonce);
  const auto bound = bound_number(entry);
  unsigned long long length = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(raw(std::span(sealed).subspan(k_nonce_bytes)), &length, raw(plain),
                                                   plain.size(), raw(std::span<const std::byte>(bound)), bound.size(),
                                                   nullptr, raw(nonce), raw(key.bytes())) == 0);
  CHECK(length == plain.size() + k_tag_bytes);
  return sealed;
}

base::Result<Bytes> open_sealed(std::span<const std::byte> sealed, const PayloadKey& key, std::int64_t entry) {
  start_sodium();
  const base::Error altered{base::ErrorKind::damaged, "payload_altered",
                            "The sealed part of entry " + std::to_string(entry) + " is not what was sealed", "",
                            "Run throughline audit verify"};
  if (sealed.size() < k_nonce_bytes + k_tag_bytes) return altered;
  Bytes plain(sealed.size() - k_nonce_bytes - k_tag_bytes);
  const auto bound = bound_number(entry);
  const auto body = sealed.subspan(k_nonce_bytes);
  unsigned long long length = 0;
  const int state = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(std::span<std::byte>(plain)), &length, nullptr, raw(body), body.size(),
      raw(std::span<const std::byte>(bound)), bound.size(), raw(sealed.first(k_nonce_bytes)), raw(key.bytes()));
  if (state != 0) return altered;
  return plain;
}

Signature sign(std::string_view message, const SigningKey& key) {
  start_sodium();
  Signature signature{};
  CHECK(crypto_sign_detached(raw(std::span<std::byte>(signature)), nullptr,
                             reinterpret_cast<const Raw*>(message.data()), message.size(), raw(key.bytes())) == 0);
  return signature;
}

bool is_signed_by(std::string_view message, const Signature& signature, const PublicKey& key) {
  start_sodium();
  return crypto_sign_verify_detached(raw(std::span<const std::byte>(signature)),
                                     reinterpret_cast<const Raw*>(message.data()), message.size(),
                                     raw(std::span<const std::byte>(key))) == 0;
}

std::string base64(std::span<const std::byte> bytes) {
  if (bytes.empty()) return {};
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.size() - 1);  // Without the closing zero.
  return text;
}

base::Result<Bytes> from_base64(std::string_view text) {
  if (text.empty()) return Bytes();
  Bytes bytes(text.size());
  std::size_t length = 0;
  const char* end = nullptr;
  const int state = sodium_base642bin(reinterpret_cast<Raw*>(bytes.data()), bytes.size(), text.data(), text.size(),
                                      nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL);
  if (state != 0 || end != text.data() + text.size()) {
    return base::Error{base::ErrorKind::bad_command, "not_base64", "The text is not base64", "", ""};
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace throughline::ledger

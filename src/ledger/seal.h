// Cryptography of the ledger, by libsodium: sealing a payload under its own key, and signing checkpoints.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "ledger/entry.h"

namespace throughline::ledger {

// Overwrites bytes in a way that the compiler may not leave out.
void wipe(std::span<std::byte> bytes);

// A secret that is wiped from memory when it goes.
template <std::size_t size>
class Secret {
 public:
  Secret() = default;
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { wipe(bytes_); }
  [[nodiscard]] std::span<std::byte> bytes() { return bytes_; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::array<std::byte, size> bytes_{};
};

using PayloadKey = Secret<32>;
using SigningKey = Secret<64>;  // Ed25519: seed and public half.
using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

[[nodiscard]] PayloadKey new_payload_key(base::Entropy& entropy);
[[nodiscard]] SigningKey new_signing_key(base::Entropy& entropy);
// Whether its two halves belong together. Signing with halves that do not would give the secret one away.
[[nodiscard]] bool is_whole(const SigningKey& key);
[[nodiscard]] PublicKey public_half(const SigningKey& key);

// XChaCha20-Poly1305 with a random nonce in front. The entry's number is bound in, so that payloads cannot be swapped.
[[nodiscard]] Bytes seal(std::span<const std::byte> plain, const PayloadKey& key, std::int64_t entry,
                         base::Entropy& entropy);
// Error "payload_altered" (damaged) when key, number or bytes are not those that were sealed.
[[nodiscard]] base::Result<Bytes> open_sealed(std::span<const std::byte> sealed, const PayloadKey& key,
                                              std::int64_t entry);

[[nodiscard]] Signature sign(std::string_view message, const SigningKey& key);
[[nodiscard]] bool is_signed_by(std::string_view message, const Signature& signature, const PublicKey& key);

[[nodiscard]] std::string base64(std::span<const std::byte> bytes);
// Error "not_base64" (bad command) unless it is what base64() writes: padded, without blanks.
[[nodiscard]] base::Result<Bytes> from_base64(std::string_view text);

}  // namespace throughline::ledger

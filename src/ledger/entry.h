// One entry of the audit log as bytes: the leaf that the Merkle tree hashes, and the payload that lies sealed beside
// it. The layout is docs/formats/ledger.md. Every field has a fixed width or is preceded by its length, so that no two
// entries have the same bytes and no bytes are two entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/model.h"

namespace throughline::ledger {

// The fixed part. It names nobody but staff, and stays for good.
struct Entry {
  std::int64_t number = 0;      // From 0, without gaps; the leaf's place in the tree.
  base::Instant at;             // Ledger time: never before the entry before.
  base::Instant machine_clock;  // What the machine's clock said; earlier than `at` after it jumped back.
  AccountId account;
  AgencyId agency;
  Role role = Role::analyst;
  Operation operation = Operation::administration;
  Purpose purpose = Purpose::unstated;
  Gateway gateway = Gateway::none;
  Decision decision = Decision::allow;
  RuleId rule = 0;
  std::int32_t policy_version = 0;
  bool has_payload = false;
  base::Hash payload_hash;  // Of the sealed payload, as it is stored; zero without one.
  friend bool operator==(const Entry&, const Entry&) = default;
};

// The part that can be erased.
struct Payload {
  std::string object;
  std::string reason;
  std::string login;
  std::vector<std::string> recipients;
  [[nodiscard]] bool is_empty() const {
    return object.empty() && reason.empty() && login.empty() && recipients.empty();
  }
  friend bool operator==(const Payload&, const Payload&) = default;
};

using Bytes = std::vector<std::byte>;

inline constexpr std::size_t k_payload_text_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t k_recipients_max = 10'000;

// Error "text_too_long" (bad command) when a payload could not be read back for its size.
[[nodiscard]] base::Result<void> check_size(const Payload& payload);

// REQUIRES: without a payload, the payload's hash is zero.
[[nodiscard]] Bytes encode(const Entry& entry);
// Error "entry_malformed" (damaged) unless the bytes are exactly one entry as encode writes it.
[[nodiscard]] base::Result<Entry> decode_entry(std::span<const std::byte> bytes);

// REQUIRES: check_size(payload).
[[nodiscard]] Bytes encode(const Payload& payload);
// Error "entry_malformed" (damaged), as above.
[[nodiscard]] base::Result<Payload> decode_payload(std::span<const std::byte> bytes);

}  // namespace throughline::ledger

// What the ledger's own tables give back, judged before it is believed: the file may have been altered by other tools.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/hash.h"
#include "base/result.h"

namespace throughline::ledger {

// `what` is a clause such as "a role".
[[nodiscard]] inline base::Error damaged_ledger(const std::string& what) {
  return {base::ErrorKind::damaged, "damaged_ledger", "The ledger holds " + what + " that this program never wrote",
          "ledger.sqlite", "Run throughline audit verify, and restore the last backup with throughline restore"};
}

// The code, which must lie between the two, both included.
template <class Enum>
[[nodiscard]] base::Result<Enum> stored_code(std::int64_t number, Enum least, Enum most) {
  if (number < static_cast<std::int64_t>(least) || number > static_cast<std::int64_t>(most)) {
    return damaged_ledger("the code " + std::to_string(number));
  }
  return static_cast<Enum>(number);
}

[[nodiscard]] inline base::Result<base::Hash> stored_hash(std::span<const std::byte> bytes) {
  base::Hash hash;
  if (bytes.size() != hash.bytes.size()) return damaged_ledger("a hash of " + std::to_string(bytes.size()) + " bytes");
  std::ranges::copy(bytes, hash.bytes.begin());
  return hash;
}

}  // namespace throughline::ledger

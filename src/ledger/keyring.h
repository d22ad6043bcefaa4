// What lies apart from the workspace: the signing key, the keys of sealed payloads, and a copy of the last signed head.
//
// Whoever has the workspace without this can neither open a payload nor sign a head; a log that was cut or rewritten no
// longer fits the head kept here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "ledger/seal.h"
#include "store/sqlite.h"
#include "store/write_permit.h"

namespace throughline::ledger {

class Keyring {
 public:
  // Makes the directory's contents, or goes on with what a founding that was killed left there. REQUIRES that there is
  // no signing key yet. Error "keys_in_use" (bad command) when it holds the keys of another log.
  [[nodiscard]] static base::Result<Keyring> create(const std::filesystem::path& folder,
                                                    const store::WritePermit& permit, base::Entropy& entropy);
  // Errors: "keys_missing" (exit 5) names the directory; "signing_key_damaged".
  [[nodiscard]] static base::Result<Keyring> open(const std::filesystem::path& folder);
  [[nodiscard]] static bool exists(const std::filesystem::path& folder);

  [[nodiscard]] const SigningKey& signing_key() const { return signing_key_; }

  // A key for an entry that was never committed is overwritten: its number is given out again.
  [[nodiscard]] base::Result<void> keep(const store::WritePermit& permit, std::int64_t entry, const PayloadKey& key);
  // Nothing when it was destroyed or never kept. Error "payload_key_damaged".
  [[nodiscard]] base::Result<std::optional<PayloadKey>> find(std::int64_t entry);
  // Gone from the file and from its write-ahead log.
  [[nodiscard]] base::Result<void> destroy(const store::WritePermit& permit, std::int64_t entry);

  [[nodiscard]] base::Result<void> keep_head(const std::string& checkpoint);
  // Empty when none was kept yet.
  [[nodiscard]] base::Result<std::string> kept_head() const;
  // Renames the kept head to `head.set_aside_<n>.txt`, after a restored backup that knows less than it. Gives the new
  // name; empty when there was none.
  [[nodiscard]] base::Result<std::string> set_head_aside();

 private:
  Keyring(std::filesystem::path folder, const SigningKey& key, store::Sqlite keys)
      : folder_(std::move(folder)), signing_key_(key), keys_(std::move(keys)) {}
  std::filesystem::path folder_;
  SigningKey signing_key_;
  store::Sqlite keys_;
};

}  // namespace throughline::ledger

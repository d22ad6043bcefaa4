#include "ledger/keyring.h"

#include <algorithm>

#include "ledger/schema.h"
#include "store/fault_points.h"
#include "store/files.h"

namespace throughline::ledger {

namespace {

namespace fs = std::filesystem;

constexpr const char* k_signing_file = "signing.key";
constexpr const char* k_keys_file = "keys.sqlite";
constexpr const char* k_head_file = "head.txt";

base::Error keys_missing(const fs::path& folder) {
  return {base::ErrorKind::world, "keys_missing", "The keys of this workspace are not there", folder.string(),
          "Put the keys directory back, or name it with --keys"};
}

// A database that holds keys without a signing key beside it belonged to a log whose signing key was lost.
base::Result<void> check_unused(const fs::path& folder, store::Sqlite& keys) {
  auto any = TRY(keys.read("SELECT 1 FROM payload_key LIMIT 1"));
  if (!TRY(any.step_row())) return {};
  return base::Error{base::ErrorKind::bad_command, "keys_in_use", "This directory holds the keys of another log",
                     folder.string(), "Name another with --keys, or move it away"};
}

base::Error signing_key_damaged(const fs::path& file, const std::string& what) {
  return {base::ErrorKind::damaged, "signing_key_damaged", what, file.string(),
          "Restore it from the backup of the keys"};
}

}  // namespace

bool Keyring::exists(const fs::path& folder) {
  std::error_code failure;
  return fs::exists(folder / k_signing_file, failure);
}

base::Result<Keyring> Keyring::create(const fs::path& folder, const store::WritePermit& permit,
                                      base::Entropy& entropy) {
  TRY(store::make_private_folder(folder));
  const SigningKey key = new_signing_key(entropy);
  std::error_code failure;
  const bool is_begun = fs::exists(folder / k_keys_file, failure);
  store::Sqlite keys =
      TRY(store::Sqlite::open(folder / k_keys_file, is_begun ? store::OpenMode::read_write : store::OpenMode::create));
  FAULT_POINT("keyring.before_schema");
  TRY(keys.run_script(permit, keyring_schema()));
  TRY(check_unused(folder, keys));
  FAULT_POINT("keyring.before_signing_key");
  const auto bytes = key.bytes();
  TRY(store::write_whole(folder / k_signing_file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
  return Keyring(folder, key, std::move(keys));
}

base::Result<Keyring> Keyring::open(const fs::path& folder) {
  std::error_code failure;
  if (!exists(folder) || !fs::exists(folder / k_keys_file, failure)) return keys_missing(folder);
  std::string bytes = TRY(store::read_whole(folder / k_signing_file));
  SigningKey key;
  if (bytes.size() != key.bytes().size()) {
    return signing_key_damaged(folder / k_signing_file, "The signing key has " + std::to_string(bytes.size()) +
                                                            " bytes instead of " + std::to_string(key.bytes().size()));
  }
  std::ranges::copy(std::as_bytes(std::span(bytes)), key.bytes().begin());
  wipe(std::as_writable_bytes(std::span(bytes)));
  if (!is_whole(key)) return signing_key_damaged(folder / k_signing_file, "The signing key was altered");
  store::Sqlite keys = TRY(store::Sqlite::open(folder / k_keys_file, store::OpenMode::read_write));
  return Keyring(folder, key, std::move(keys));
}

base::Result<void> Keyring::keep(const store::WritePermit& permit, std::int64_t entry, const PayloadKey& key) {
  auto insert = TRY(keys_.write(permit, "INSERT OR REPLACE INTO payload_key (entry, key) VALUES (?1, ?2)"));
  return insert.bind(1, entry).bind(2, key.bytes()).run();
}

base::Result<std::optional<PayloadKey>> Keyring::find(std::int64_t entry) {
  auto select = TRY(keys_.read("SELECT key FROM payload_key WHERE entry = ?1"));
  select.bind(1, entry);
  if (!TRY(select.step_row())) return std::optional<PayloadKey>();
  PayloadKey key;
  const auto bytes = select.bytes(0);
  if (bytes.size() != key.bytes().size()) {
    return base::Error{base::ErrorKind::damaged, "payload_key_damaged",
                       "The key of entry " + std::to_string(entry) + " has " + std::to_string(bytes.size()) +
                           " bytes instead of " + std::to_string(key.bytes().size()),
                       (folder_ / k_keys_file).string(), "Restore the keys from their backup"};
  }
  std::ranges::copy(bytes, key.bytes().begin());
  return std::optional<PayloadKey>(key);
}

base::Result<void> Keyring::destroy(const store::WritePermit& permit, std::int64_t entry) {
  auto remove = TRY(keys_.write(permit, "DELETE FROM payload_key WHERE entry = ?1"));
  TRY(remove.bind(1, entry).run());
  // Freed pages are overwritten (secure_delete), but the write-ahead log still held the page as it was.
  return keys_.run_script(permit, "PRAGMA wal_checkpoint(TRUNCATE)");
}

base::Result<void> Keyring::keep_head(const std::string& checkpoint) {
  return store::write_whole(folder_ / k_head_file, checkpoint);
}

base::Result<std::string> Keyring::kept_head() const {
  std::error_code failure;
  if (!fs::exists(folder_ / k_head_file, failure)) return std::string();
  return store::read_whole(folder_ / k_head_file);
}

base::Result<std::string> Keyring::set_head_aside() {
  std::error_code failure;
  if (!fs::exists(folder_ / k_head_file, failure)) return std::string();
  for (int number = 1;; ++number) {
    const std::string name = "head.set_aside_" + std::to_string(number) + ".txt";
    if (fs::exists(folder_ / name, failure)) continue;
    TRY(store::rename_durably(folder_ / k_head_file, folder_ / name));
    return name;
  }
}

}  // namespace throughline::ledger

#include "store/backup.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>

#include "store/fault_points.h"
#include "store/files.h"
#include "store/workspace_files.h"

namespace throughline::store {

namespace fs = std::filesystem;

namespace {

constexpr const char* k_manifest = "manifest.json";
constexpr std::int64_t k_manifest_format = 1;

struct Listed {
  Hash hash;
  std::int64_t bytes = 0;
};
using Manifest = std::map<std::string, Listed>;  // By path inside the backup.

Error damaged_backup(const fs::path& path, std::string_view why) {
  return {ErrorKind::damaged, "damaged_backup", "the backup is damaged: " + std::string(why), path.string(),
          "Use another backup; nothing was restored from this one"};
}

Result<void> need_empty(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(folder, failure) && (!fs::is_directory(folder, failure) || !fs::is_empty(folder, failure))) {
    return Error{ErrorKind::bad_command, "not_empty", "the place is not empty", folder.string(),
                 "Name a folder that does not exist yet"};
  }
  return make_private_folder(folder);
}

// Every regular file under a folder, by its path in it, sorted. A link or a device is an error: it would leave the
// folder.
Result<std::vector<std::string>> files_under(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const fs::file_status status = entry->symlink_status(failure);
    if (fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) return damaged_backup(entry->path(), "this is neither a file nor a folder");
    names.push_back(entry->path().lexically_relative(folder).string());
  }
  if (failure) return system_error(failure.value(), "cannot list the folder", folder);
  std::ranges::sort(names);
  return names;
}

Result<void> make_folders_to(const fs::path& root, const fs::path& relative) {
  fs::path folder = root;
  for (const fs::path& part : relative.parent_path()) {
    folder /= part;
    TRY(make_private_folder(folder));
  }
  return {};
}

Result<void> copy_folder(const fs::path& from, const fs::path& to) {
  for (const std::string& name : TRY(files_under(from))) {
    TRY(make_folders_to(to, name));
    TRY(copy_durably(from / name, to / name));
  }
  return {};
}

Result<BackupSummary> write_manifest(const fs::path& folder, base::Instant taken) {
  nlohmann::json manifest;
  manifest["format"] = k_manifest_format;
  manifest["taken"] = base::to_string(taken);
  manifest["files"] = nlohmann::json::array();
  BackupSummary summary;
  for (const std::string& name : TRY(files_under(folder))) {
    const std::int64_t bytes = TRY(file_bytes(folder / name));
    const Hash hash = TRY(hash_file(folder / name));
    manifest["files"].push_back({{"path", name}, {"bytes", bytes}, {"sha256", hash.hex()}});
    ++summary.files;
    summary.bytes += bytes;
  }
  FAULT_POINT("backup.before_manifest");
  TRY(write_whole(folder / k_manifest, manifest.dump(2) + "\n"));
  return summary;
}

bool is_inside(const fs::path& name) {
  return !name.empty() && name.is_relative() && std::ranges::find(name, fs::path("..")) == name.end();
}

Result<Manifest> read_manifest(const fs::path& backup) {
  const fs::path path = backup / k_manifest;
  std::error_code failure;
  if (!fs::exists(path, failure)) {
    return damaged_backup(path, "it has no manifest, so it was never finished or is no backup");
  }
  const nlohmann::json text = nlohmann::json::parse(TRY(read_whole(path)), nullptr, false);
  if (!text.is_object() || !text.contains("files") || !text["files"].is_array()) {
    return damaged_backup(path, "its manifest cannot be read");
  }
  Manifest manifest;
  for (const nlohmann::json& file : text["files"]) {
    const bool whole = file.is_object() && file.contains("path") && file["path"].is_string() &&
                       file.contains("sha256") && file["sha256"].is_string() && file.contains("bytes") &&
                       file["bytes"].is_number_integer();
    if (!whole) return damaged_backup(path, "its manifest cannot be read");
    const std::string name = file["path"].get<std::string>();
    const auto hash = Hash::from_hex(file["sha256"].get<std::string>());
    if (!hash.has_value() || !is_inside(name)) return damaged_backup(path, "its manifest cannot be read");
    manifest[name] = {*hash, file["bytes"].get<std::int64_t>()};
  }
  return manifest;
}

Result<BackupSummary> check_files(const fs::path& folder, const Manifest& manifest) {
  BackupSummary summary;
  std::error_code failure;
  for (const auto& [name, listed] : manifest) {
    if (!fs::exists(folder / name, failure)) return damaged_backup(folder / name, "this file is missing");
    const Hash found = TRY(hash_file(folder / name));
    if (found != listed.hash) {
      return damaged_backup(folder / name,
                            "this file's SHA-256 is " + found.hex() + ", the manifest says " + listed.hash.hex());
    }
    ++summary.files;
    summary.bytes += listed.bytes;
  }
  return summary;
}

}  // namespace

Result<BackupSummary> back_up(Workspace& workspace, const BackupOrder& order) {
  const WorkspacePaths& paths = workspace.paths();
  const WorkspacePaths target = workspace_paths(order.target, order.keys_target);
  if (!order.keys_target.empty()) {
    const fs::path relative = fs::absolute(order.keys_target).lexically_normal().lexically_relative(target.root);
    if (is_inside(relative)) {
      return Error{ErrorKind::bad_command, "keys_beside_data", "the keys would lie inside the backup they open",
                   order.keys_target.string(), "Name a folder apart, best on another device"};
    }
  }
  TRY(need_empty(target.root));
  TRY(workspace.settle());
  TRY(workspace.ledger_store().copy_to(target.ledger));
  TRY(copy_durably(paths.records, target.records));
  TRY(copy_durably(paths.version, target.version));
  TRY(make_private_folder(target.archive));
  TRY(copy_folder(paths.archive, target.archive));
  if (!order.keys_target.empty()) {
    TRY(need_empty(order.keys_target));
    TRY(copy_folder(paths.keys, order.keys_target));
    static_cast<void>(TRY(write_manifest(order.keys_target, order.taken)));
  }
  return write_manifest(target.root, order.taken);
}

Result<BackupSummary> verify_backup(const fs::path& backup) {
  const Manifest manifest = TRY(read_manifest(backup));
  BackupSummary summary = TRY(check_files(backup, manifest));
  for (const std::string& name : TRY(files_under(backup))) {
    if (name != k_manifest && !manifest.contains(name)) {
      return damaged_backup(backup / name, "this file is not in the manifest");
    }
  }
  return summary;
}

namespace {

// The version file goes last: until it is there, the place is no workspace.
Result<void> copy_listed(const fs::path& backup, const Manifest& manifest, const fs::path& target) {
  const fs::path version = "workspace.json";
  for (const auto& [name, listed] : manifest) {
    if (name == version) continue;
    TRY(make_folders_to(target, name));
    TRY(copy_durably(backup / name, target / name));
    FAULT_POINT("restore.copied_one");
  }
  Manifest rest = manifest;
  rest.erase(version.string());
  static_cast<void>(TRY(check_files(target, rest)));
  if (manifest.contains(version)) TRY(copy_durably(backup / version, target / version));
  return sync_path(target);
}

}  // namespace

Result<BackupSummary> restore(const RestoreOrder& order) {
  BackupSummary summary = TRY(verify_backup(order.backup));
  if (!order.keys_backup.empty()) static_cast<void>(TRY(verify_backup(order.keys_backup)));
  const WorkspacePaths target = workspace_paths(order.target, {});
  TRY(need_empty(target.root));
  if (!order.keys_backup.empty()) {
    TRY(need_empty(target.keys));
    const Manifest keys = TRY(read_manifest(order.keys_backup));
    TRY(copy_listed(order.keys_backup, keys, target.keys));
  }
  const Manifest manifest = TRY(read_manifest(order.backup));
  TRY(copy_listed(order.backup, manifest, target.root));
  return summary;
}

}  // namespace throughline::store

// The steps of opening, migrating and compacting a workspace that need no open Workspace. Only workspace*.cpp,
// backup.cpp and their tests include this.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"
#include "store/workspace.h"

namespace throughline::store {

inline constexpr int k_workspace_format = 1;

[[nodiscard]] WorkspacePaths workspace_paths(const std::filesystem::path& given, const std::filesystem::path& keys);
[[nodiscard]] Result<void> write_version(const WorkspacePaths& paths, const Opening& opening);
// An Error "newer_workspace" where a later program made it; "not_a_workspace" where nothing says what it is.
[[nodiscard]] Result<void> check_version(const WorkspacePaths& paths);

// Runs the steps that were not run yet, each in one transaction with its number. A store with more steps than the
// program knows is an Error "newer_workspace".
[[nodiscard]] Result<void> migrate_ledger(const WritePermit& permit, Sqlite& store, std::span<const Migration> all);
[[nodiscard]] Result<void> migrate_records(const WritePermit& permit, Duck& store, std::span<const Migration> all);

// Copies every live row of a DuckDB file into a new one and checks the counts of all tables.
[[nodiscard]] Result<void> rebuild_duck(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const DuckOptions& options);

}  // namespace throughline::store

// One function per verb: permission → stage → ledger → answer. The command line and the server call these and nothing
// below.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

using Answer = base::Result<Report>;

// Makes a workspace and its first account, the administrator and analyst who runs the program.
struct InitRequest {
  std::string agency = "Unnamed agency";
};
[[nodiscard]] Answer init(const Outside& outside, const Settings& settings, const InitRequest& request);

// Reads files into the workspace. Each file is its own batch: one that is refused does not undo the others.
struct IngestRequest {
  std::vector<std::string> files;
  std::string mapping;     // Empty: detected by the header. A name of a built-in, or a path to a .toml file.
  std::string supersedes;  // The extract that these files correct, when the mapping cannot tell.
  std::optional<base::Date> received;  // When the agency sent it. Empty: now.
};
[[nodiscard]] Answer ingest(const Outside& outside, const Settings& settings, const IngestRequest& request);

// Without a name: the extracts. With an extract: its rows or its rejections. With a record: the row as it came and as
// typed.
struct RecordsRequest {
  std::string name;
  bool is_rejections = false;
  std::int64_t rows_max = 20;
};
[[nodiscard]] Answer records(const Outside& outside, const Settings& settings, const RecordsRequest& request);

// Follows a figure, a record or an extract back to files, hashes, rows and log entries.
struct TraceRequest {
  std::string name;
  std::int64_t rows_max = 5;
};
[[nodiscard]] Answer trace(const Outside& outside, const Settings& settings, const TraceRequest& request);

// Completeness, validity, timeliness, duplicates, drift and absence, by source.
struct QualityRequest {
  std::string source;  // Empty: all.
};
[[nodiscard]] Answer quality(const Outside& outside, const Settings& settings, const QualityRequest& request);

// Counts and rates. Areas by code or name; months as 2025-03; `by` is one of area, month, category.
struct MeasureRequest {
  std::string measure;    // Empty: lists the measures.
  std::string category;   // Empty: all categories together.
  std::string area;       // Empty: every area of the kind in `area_kind`.
  std::string area_kind;  // lsoa, ward, local-authority, force.
  std::string from, to;   // Months, both included. Empty: all that the data hold.
  std::string by = "month";
  bool is_rate = false;         // Per 100,000 residents, where a denominator of the right area and time exists.
  bool is_change = false;       // From the same months a year before, a row an area, in place of figures.
  std::string definition = {};  // Of a term, ID or ID@VERSION: its rule in place of a category. See define_verb.h.
};
[[nodiscard]] Answer measure(const Outside& outside, const Settings& settings, const MeasureRequest& request);

// The audit log: show entries, verify it all, prove one entry or that a checkpoint is a prefix, print a checkpoint.
struct AuditRequest {
  std::string act{};                    // show, verify, prove, checkpoint.
  std::optional<std::int64_t> entry{};  // For show and prove.
  std::string checkpoint_file{};        // For prove: shows that the log still extends that checkpoint.
  std::int64_t rows_max = 20;
  std::optional<std::int64_t> before{};  // For show without an entry: only those with a lower number.
};
[[nodiscard]] Answer audit(const Outside& outside, const Settings& settings, const AuditRequest& request);

// Agencies and accounts: list, add, grant, revoke, invite.
struct AccountsRequest {
  std::string act = "list";
  std::string name{};                             // Short name of the account.
  std::string person_name{};                      // For add.
  std::string agency{};                           // For add.
  std::string role{};                             // For add, grant and revoke.
  std::string address = "http://127.0.0.1:8321";  // For invite: where the server is seen, scheme, host and port.
};
[[nodiscard]] Answer accounts(const Outside& outside, const Settings& settings, const AccountsRequest& request);

// The mappings: list, show one with its columns, check a file and say every error.
struct MappingsRequest {
  std::string act = "list";
  std::string name;
};
[[nodiscard]] Answer mappings(const MappingsRequest& request);

// Copies, verified; and back, verified, with erasure orders replayed.
struct BackupRequest {
  std::string target{};
  std::string keys_target{};  // Empty: keys are not copied, and the answer says so.
};
[[nodiscard]] Answer backup(const Outside& outside, const Settings& settings, const BackupRequest& request);

struct RestoreRequest {
  std::string source{};
  std::string keys_source{};
  std::string orders_from{};  // A living workspace whose later erasure orders must be carried out again.
};
[[nodiscard]] Answer restore(const Outside& outside, const Settings& settings, const RestoreRequest& request);

[[nodiscard]] Answer compact(const Outside& outside, const Settings& settings);

// Removes rows for good: from the tables, the file behind them, and the archived extract; destroys their keys.
struct EraseRequest {
  std::vector<std::string> records;
  std::string basis;  // A legal basis code.
};
[[nodiscard]] Answer erase(const Outside& outside, const Settings& settings, const EraseRequest& request);

// The main job on the bundled example, and a page that says what it found.
struct DemoRequest {
  std::string examples{};
  std::string people{};  // The folder of the made-up people; empty: none are brought in.
  std::string county{};  // Where the made-up county goes; empty: none is made.
  std::int32_t county_days = 730;
};
[[nodiscard]] Answer demo(const Outside& outside, const Settings& settings, const DemoRequest& request);

}  // namespace throughline::app

// The sealed folder of a made-up county, which throughline score alone reads: who is who in its extracts.
//
// A record is told by its extract, its row's own reference and the capacity in which the row names somebody. Extracts
// are known by their bytes: the files that lie beside the sealed folder, wherever the workspace read them from.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/hash.h"
#include "base/result.h"

namespace throughline::app {

struct TruthExtract {
  std::string name{};                 // "essex-police/crime-reports.csv", from the folder's parent on.
  std::optional<base::Hash> bytes{};  // Of the file; nothing where it is not there.
};

// One record of somebody.
struct TruthRecord {
  std::uint32_t extract = 0;  // Into extracts.
  std::uint32_t person = 0;   // Into people.
  std::uint32_t role = 0;     // A bit of records::Role.
  std::string row_key{};
};

struct Truth {
  std::vector<TruthExtract> extracts;
  std::vector<std::string> people;              // Their ids in the truth, which are no names.
  std::vector<std::optional<base::Date>> born;  // By person; nothing where people.csv does not say.
  std::vector<TruthRecord> records;             // In the order of the file.
};

// Errors, bad commands: "truth_missing" where the folder or records.csv in it is not there; "column_missing" and the
// other errors of a small table; "role_unknown" with the nearest and "birth_malformed", with the line.
[[nodiscard]] base::Result<Truth> read_truth(const std::string& folder);

}  // namespace throughline::app

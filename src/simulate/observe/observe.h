// What agencies would hold of a made-up market: every extract, cut from the truth of a run, and the truth itself, which
// only a score of the product may read.
//
// The same run, practices and seed give the same bytes at any number of threads. Extracts are made one after another,
// so that memory holds the happenings and one extract.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "simulate/observe/scene.h"

namespace throughline::simulate {

struct Extract {
  std::string agency{};
  std::string folder{};
  std::string file{};  // In the folder.
  Kind kind = Kind::crime;
  std::int64_t rows = 0;
  std::int64_t faulty = 0;
  std::string text{};    // Header and rows.
  std::string truth{};   // Rows of truth/records.csv: who is named in it, by which role.
  std::string faults{};  // Rows of faults.csv: what was made bad on purpose.
};

// Calls take for every extract that has rows: by agency, then kind, then month where a kind has a file a month; never
// twice with one file. Error: what take gives, or "interrupted".
[[nodiscard]] base::Result<void> observe(Scene& scene, const base::Interrupt& interrupt,
                                         const std::function<base::Result<void>(Extract)>& take);

inline constexpr std::string_view k_records_header = "extract,row_key,role,person\n";
inline constexpr std::string_view k_faults_header = "file,line,row,column,kind,fault,rule\n";

// One file of the truth beside records.csv.
struct TruthFile {
  std::string_view name;
  std::string text;
};
// people, lines, numbers, carrying, homes and interventions. See docs/reference/simulate_files.md.
[[nodiscard]] std::vector<TruthFile> truth_files(const Scene& scene);

}  // namespace throughline::simulate

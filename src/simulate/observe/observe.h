// What agencies would hold of a made-up market: every extract, cut from the truth of a run, and the truth itself, which
// only a score of the product may read.
//
// The same run, practices and seed give the same bytes at any number of threads. Extracts are made several at a time
// and given one after another in their order, so that memory holds the happenings, everybody who is named, and a few
// extracts; the truth of people is given piece by piece.
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
  // What is written one after the other: header and rows; rows of truth/records.csv, which say who is named in them and
  // by which role.
  std::vector<std::string> text{};
  std::vector<std::string> truth{};
  std::string faults{};  // Rows of faults.csv: what was made bad on purpose.
};

// Calls take for every extract that has rows: by agency, then kind, then month where a kind has a file a month; never
// twice with one file. Error: what take gives, or "interrupted".
[[nodiscard]] base::Result<void> observe(Scene& scene, const base::Interrupt& interrupt,
                                         const std::function<base::Result<void>(Extract)>& take);

inline constexpr std::string_view k_records_header = "extract,row_key,role,person\n";
inline constexpr std::string_view k_faults_header = "file,line,row,column,kind,fault,rule\n";

// A piece of a file of the truth beside records.csv: whole lines, the header first.
struct TruthPiece {
  std::string_view file;
  std::string text;
};
// people, lines, numbers, carrying, homes and interventions, each piece after the one before it; never two files
// mixed. See docs/reference/simulate_files.md. Error: what take gives, or "interrupted".
[[nodiscard]] base::Result<void> tell_truth(const Scene& scene, const base::Interrupt& interrupt,
                                            const std::function<base::Result<void>(TruthPiece)>& take);

}  // namespace throughline::simulate

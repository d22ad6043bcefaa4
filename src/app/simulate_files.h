// The folder of a run: its series, its manifest and its checkpoint; and that of a comparison.
#pragma once

#include <string>
#include <vector>

#include "app/compared_runs.h"
#include "base/result.h"
#include "simulate/world_run.h"

namespace throughline::app {

// series.csv, checkpoint.bin, and manifest.json with what the run follows from and the hashes of both. Each whole or
// not at all, the manifest last.
[[nodiscard]] base::Result<void> write_run(const std::string& folder, const simulate::WorldRun& run);
// The checkpoint alone, on the way.
[[nodiscard]] base::Result<void> write_checkpoint(const std::string& folder, const simulate::WorldRun& run);
// Error "output_taken" where the folder holds files of a run or a comparison already.
[[nodiscard]] base::Result<void> check_folder_free(const std::string& folder);
// Error "checkpoint_missing", and those of simulate::resumed.
[[nodiscard]] base::Result<simulate::WorldRun> read_checkpoint(const std::string& folder, simulate::RunInput input);

struct NamedText {
  std::string name;
  std::string text;
};

// differences.csv, one row for each scenario, place and outcome; over an ensemble rivals.csv, by rival figure;
// periods.csv, by period; places.csv, by period and place, where outcomes are mapped; manifest.json, last, with the
// hashes of the others. Limits are left empty where no pair differs.
[[nodiscard]] std::vector<NamedText> comparison_files(const ComparedRuns& runs, const Compared& compared);
// In place of those of an earlier comparison there.
[[nodiscard]] base::Result<void> write_comparison(const std::string& folder, const std::vector<NamedText>& files);
// Error "output_taken" where the folder holds files of a run, a study, an ensemble or extracts.
[[nodiscard]] base::Result<void> check_folder_compared(const std::string& folder);

// Of an outcome as compared, with the cost of violence after the last.
[[nodiscard]] std::string compared_name(std::size_t outcome);
[[nodiscard]] std::string where_name(simulate::Whereabouts where);

}  // namespace throughline::app

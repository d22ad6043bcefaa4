// The finished runs of a plan of many, a line each in a file, so that an interrupted plan goes on where it stopped.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throughline::app {

struct RunPlan {
  std::string folder;
  std::string file;    // Of the lines, in the folder.
  std::string header;  // Its first line.
  std::string plan;    // What the runs follow from, as JSON: kept as plan.json, and the same when the plan goes on.
  std::int64_t runs = 0;
  bool is_resumed = false;
};

class RunLines {
 public:
  // A new plan wants a folder without one (error "output_taken"); one that goes on wants its own: errors
  // "plan_missing", "plan_other" naming what differs, "runs_damaged". A last line that was torn is dropped.
  [[nodiscard]] static base::Result<RunLines> open(const RunPlan& plan);
  RunLines(RunLines&&) noexcept;
  RunLines& operator=(RunLines&&) noexcept;
  RunLines(const RunLines&) = delete;
  RunLines& operator=(const RunLines&) = delete;
  ~RunLines();

  // The numbers of the runs that are not done, ascending.
  [[nodiscard]] std::vector<std::int64_t> missing() const;
  // From any thread. The cells are those after the number.
  [[nodiscard]] base::Result<void> add(std::int64_t number, std::string_view cells);
  // The cells of every run that is done, by number.
  [[nodiscard]] const std::map<std::int64_t, std::string>& cells() const;
  // The whole file with its lines in order; call when all are done.
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  explicit RunLines(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace throughline::app

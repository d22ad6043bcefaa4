#include "app/run_lines.h"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/bad_command.h"
#include "base/number.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using nlohmann::ordered_json;

std::filesystem::path path_of(const RunPlan& plan, std::string_view name) {
  return std::filesystem::path(plan.folder) / name;
}

bool is_there(const std::filesystem::path& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

// The name of the first thing in which two plans differ.
std::string difference_of(const std::string& one, const std::string& other) {
  const ordered_json before = ordered_json::parse(one, nullptr, false);
  const ordered_json now = ordered_json::parse(other, nullptr, false);
  if (!before.is_object() || !now.is_object()) return "plan.json";
  for (const auto& [name, value] : now.items()) {
    if (!before.contains(name) || before[name] != value) return name;
  }
  return "plan.json";
}

Result<void> check_plan(const RunPlan& plan) {
  const std::filesystem::path path = path_of(plan, "plan.json");
  if (!plan.is_resumed) {
    for (const std::string_view name : {std::string_view("plan.json"), std::string_view(plan.file),
                                        std::string_view("manifest.json"), std::string_view("series.csv")}) {
      if (!is_there(path_of(plan, name))) continue;
      return bad_command("output_taken", "The folder holds other runs", path_of(plan, name).string(),
                         "Name another folder with --output, or go on with these by --resume");
    }
    TRY(store::make_private_folder(plan.folder));
    return store::write_whole(path, plan.plan);
  }
  if (!is_there(path)) {
    return bad_command("plan_missing", "There are no runs to go on with", path.string(), "Run without --resume first");
  }
  const std::string before = TRY(store::read_whole(path));
  if (before == plan.plan) return {};
  return bad_command("plan_other",
                     fmt::format("The folder holds runs of another plan; {} differs", difference_of(before, plan.plan)),
                     path.string(), "Say again what plan.json says, or begin anew in another folder");
}

base::Error damaged(const std::filesystem::path& path, std::int64_t line) {
  return {base::ErrorKind::damaged, "runs_damaged", "This is no line of a finished run",
          fmt::format("{} line {}", path.string(), line), "Take the line out and go on by --resume"};
}

Result<std::map<std::int64_t, std::string>> lines_in(const RunPlan& plan) {
  std::map<std::int64_t, std::string> cells;
  const std::filesystem::path path = path_of(plan, plan.file);
  if (!plan.is_resumed || !is_there(path)) return cells;
  const std::string text = TRY(store::read_whole(path));
  std::string_view left = text;
  for (std::int64_t number = 1; left.find('\n') != std::string_view::npos; ++number) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(line.size() + 1);
    if (number == 1 && line == plan.header) continue;
    const std::size_t comma = line.find(',');
    const auto run = base::parse_integer(line.substr(0, comma));
    if (comma == std::string_view::npos || !run.has_value() || *run < 0 || *run >= plan.runs) {
      return damaged(path, number);
    }
    cells[*run] = line.substr(comma + 1);
  }
  return cells;
}

std::string text_of(const RunPlan& plan, const std::map<std::int64_t, std::string>& cells) {
  std::string text = plan.header + "\n";
  for (const auto& [run, own] : cells) fmt::format_to(std::back_inserter(text), "{},{}\n", run, own);
  return text;
}

}  // namespace

struct RunLines::State {
  RunPlan plan;
  std::filesystem::path path;
  store::FileHandle file;
  std::map<std::int64_t, std::string> cells;
  std::mutex mutex;
};

RunLines::RunLines(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunLines::RunLines(RunLines&&) noexcept = default;
RunLines& RunLines::operator=(RunLines&&) noexcept = default;
RunLines::~RunLines() = default;

Result<RunLines> RunLines::open(const RunPlan& plan) {
  TRY(check_plan(plan));
  auto state = std::make_unique<State>();
  state->plan = plan;
  state->path = path_of(plan, plan.file);
  state->cells = TRY(lines_in(plan));
  // Whole lines alone are kept, through a file beside it, so that nothing is lost if this stops half way.
  const std::filesystem::path beside = path_of(plan, plan.file + ".new");
  std::error_code unknown;
  std::filesystem::remove(beside, unknown);
  state->file = TRY(store::create_private_file(beside));
  TRY(store::write_all(state->file, text_of(plan, state->cells), beside));
  TRY(store::rename_durably(beside, state->path));
  return RunLines(std::move(state));
}

std::vector<std::int64_t> RunLines::missing() const {
  std::vector<std::int64_t> numbers;
  for (std::int64_t run = 0; run < state_->plan.runs; ++run) {
    if (!state_->cells.contains(run)) numbers.push_back(run);
  }
  return numbers;
}

Result<void> RunLines::add(std::int64_t number, std::string_view cells) {
  const std::scoped_lock lock(state_->mutex);
  state_->cells[number] = cells;
  return store::write_all(state_->file, fmt::format("{},{}\n", number, cells), state_->path);
}

const std::map<std::int64_t, std::string>& RunLines::cells() const {
  return state_->cells;
}

std::string RunLines::text() const {
  return text_of(state_->plan, state_->cells);
}

}  // namespace throughline::app

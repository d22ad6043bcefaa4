#include "base/progress.h"

#include <algorithm>
#include <mutex>
#include <vector>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

namespace throughline::base {

namespace {

constexpr std::int64_t k_second = 1'000'000;
constexpr std::int64_t k_bar_every = k_second / 10;
constexpr std::int64_t k_lines_every = 5 * k_second;
constexpr int k_bar_columns_max = 40;
constexpr int k_bar_columns_min = 8;

// "0:05", "12:40", "3:02:00".
std::string clock_text(std::int64_t seconds) {
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const std::int64_t hours = seconds / 3600;
  const std::string minutes =
      hours > 0 ? std::to_string(hours) + ":" + two(seconds / 60 % 60) : std::to_string(seconds / 60);
  return minutes + ":" + two(seconds % 60);
}

// What is known of the stage under way.
struct Stage {
  std::string name;
  std::string unit;
  std::int64_t total = 0;  // 0: not known.
  std::int64_t done = 0;
  std::int64_t rows = 0;  // Counted apart, where the unit is another.
  Instant begun;

  [[nodiscard]] std::string amount(std::int64_t value) const {
    return unit == "bytes" ? format_bytes(value) : format_integer(value) + " " + unit;
  }
  [[nodiscard]] std::int64_t percent() const {
    const double share = static_cast<double>(done) / static_cast<double>(total);
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(100.0 * share), 0, 100);
  }
  [[nodiscard]] double per_second(std::int64_t value, std::int64_t elapsed) const {
    return static_cast<double>(value) * static_cast<double>(k_second) / static_cast<double>(elapsed);
  }
  [[nodiscard]] std::string rate(std::int64_t elapsed) const {
    if (rows > 0) return format_integer(static_cast<std::int64_t>(per_second(rows, elapsed))) + " rows/s";
    return amount(static_cast<std::int64_t>(per_second(done, elapsed))) + "/s";
  }
  [[nodiscard]] std::string left(std::int64_t elapsed) const {
    const double seconds = static_cast<double>(std::max<std::int64_t>(total - done, 0)) / per_second(done, elapsed);
    return clock_text(static_cast<std::int64_t>(std::min(seconds + 0.5, 1e9))) + " left";
  }
};

// Most wanted first: share, amounts, rate, time left.
std::vector<std::string> parts_of(const Stage& stage, std::int64_t elapsed) {
  std::vector<std::string> parts;
  if (stage.total > 0) parts.push_back(std::to_string(stage.percent()) + " %");
  parts.push_back(stage.amount(stage.done));
  if (stage.rows > 0) parts.push_back(format_integer(stage.rows) + " rows");
  if (elapsed > 0 && stage.done > 0) {
    parts.push_back(stage.rate(elapsed));
    if (stage.total > 0) parts.push_back(stage.left(elapsed));
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string cut_to_width(const std::string& text, int width) {
  std::string cut;
  int used = 0;
  for (const char32_t point : utf8::points(text)) {
    std::string character;
    utf8::append(character, point);
    used += display_width(character);
    if (used > width) break;
    cut += character;
  }
  return cut;
}

std::string bar(std::int64_t percent, int columns) {
  const auto full = static_cast<std::size_t>(percent * columns / 100);
  return "[" + std::string(full, '#') + std::string(static_cast<std::size_t>(columns) - full, '.') + "]";
}

// One line within the width: the name and as many parts as there is room for, with a bar if it still fits.
std::string bar_line(const Stage& stage, std::int64_t elapsed, int width) {
  std::vector<std::string> parts = parts_of(stage, elapsed);
  const auto line = [&](const std::string& middle) {
    return stage.name + (middle.empty() ? "" : "  " + middle) + (parts.empty() ? "" : "  " + join(parts, "  "));
  };
  while (!parts.empty() && display_width(line("")) > width) parts.pop_back();
  const int room = width - display_width(line("")) - 4;
  if (stage.total > 0 && room >= k_bar_columns_min) {
    return line(bar(stage.percent(), std::min(room, k_bar_columns_max)));
  }
  return cut_to_width(line(""), width);
}

std::string last_line(const Stage& stage, std::int64_t elapsed) {
  std::vector<std::string> parts{stage.amount(stage.done)};
  if (stage.rows > 0) parts.push_back(format_integer(stage.rows) + " rows");
  parts.push_back("in " + clock_text((elapsed + k_second / 2) / k_second));
  if (elapsed > 0 && stage.done > 0) parts.push_back(stage.rate(elapsed));
  return stage.name + ": done, " + join(parts, ", ");
}

}  // namespace

Result<void> Interrupt::poll() const {
  if (!interrupted()) return {};
  return Error{.kind = ErrorKind::world,
               .code = "interrupted",
               .what = "The work was interrupted",
               .remedy = "Nothing half-done was kept; run the command again to do the work"};
}

struct Progress::State {
  State(ProgressOptions options_in, Clock& clock_in, Write write_in)
      : options(options_in), clock(clock_in), write(std::move(write_in)) {}
  State(Clock& clock_in, Observe observe_in) : clock(clock_in), observe(std::move(observe_in)) {}

  // Every function below expects the mutex to be held.
  [[nodiscard]] std::int64_t elapsed(Instant now) const {
    return std::max<std::int64_t>(now.microseconds - stage.begun.microseconds, 0);
  }
  void tell(const std::string& note) {
    observe({.stage = stage.name,
             .unit = stage.unit,
             .done = stage.done,
             .total = stage.total,
             .note = note,
             .is_going = is_going});
  }
  void draw(Instant now) {
    last_drawn = now;
    if (observe) {
      tell("");
      return;
    }
    if (options.style == ProgressStyle::lines) {
      write(stage.name + ": " + join(parts_of(stage, elapsed(now)), ", ") + "\n");
      return;
    }
    const std::string line = bar_line(stage, elapsed(now), options.width - 1);
    write("\r" + line + blanks_after(line));
    columns_drawn = display_width(line);
  }
  // Covers what a longer line left behind.
  [[nodiscard]] std::string blanks_after(const std::string& line) const {
    return std::string(static_cast<std::size_t>(std::max(columns_drawn - display_width(line), 0)), ' ');
  }
  void draw_if_due() {
    const Instant now = clock.now();
    const std::int64_t every = options.style == ProgressStyle::lines ? k_lines_every : k_bar_every;
    const std::int64_t since = now.microseconds - last_drawn.microseconds;
    // A clock that jumped back must not silence the rest of the stage.
    if (since >= every || since < 0) draw(now);
  }
  void write_line(const std::string& line) {
    if (observe) {
      tell(line);
      return;
    }
    const bool is_over_bar = options.style == ProgressStyle::bar;
    write((is_over_bar ? "\r" : "") + line + (is_over_bar ? blanks_after(line) : "") + "\n");
    columns_drawn = 0;
  }
  void end() {
    if (!is_going) return;
    is_going = false;
    if (observe) {
      tell("");
      return;
    }
    write_line(last_line(stage, elapsed(clock.now())));
  }

  ProgressOptions options;
  Clock& clock;
  Write write;
  Observe observe;  // Instead of writing.
  std::mutex mutex;
  bool is_going = false;
  Stage stage;
  Instant last_drawn;
  int columns_drawn = 0;
};

Progress::Progress() = default;

Progress::Progress(ProgressOptions options, Clock& clock, Write write) {
  CHECK(options.width > 0);
  if (options.style == ProgressStyle::none) return;
  state_ = std::make_unique<State>(options, clock, std::move(write));
}

Progress::Progress(Clock& clock, Observe observe) : state_(std::make_unique<State>(clock, std::move(observe))) {}

Progress::~Progress() {
  end();
}

void Progress::begin(std::string_view stage, std::int64_t total, std::string_view unit) {
  CHECK(total >= 0);
  if (state_ == nullptr) return;
  const std::scoped_lock lock(state_->mutex);
  state_->end();
  state_->stage = {.name = std::string(stage), .unit = std::string(unit), .total = total, .begun = state_->clock.now()};
  state_->is_going = true;
  state_->draw(state_->stage.begun);
}

void Progress::advance(std::int64_t amount) {
  if (state_ == nullptr) return;
  const std::scoped_lock lock(state_->mutex);
  CHECK(state_->is_going);
  state_->stage.done += amount;
  state_->draw_if_due();
}

void Progress::count_rows(std::int64_t rows) {
  if (state_ == nullptr) return;
  const std::scoped_lock lock(state_->mutex);
  CHECK(state_->is_going);
  state_->stage.rows += rows;
  state_->draw_if_due();
}

void Progress::note(std::string_view line) {
  if (state_ == nullptr) return;
  const std::scoped_lock lock(state_->mutex);
  state_->write_line(std::string(line));
  if (state_->is_going && state_->options.style == ProgressStyle::bar) state_->draw(state_->clock.now());
}

void Progress::end() {
  if (state_ == nullptr) return;
  const std::scoped_lock lock(state_->mutex);
  state_->end();
}

}  // namespace throughline::base

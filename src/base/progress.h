// How long work tells that it goes on, and how it is asked to stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace throughline::base {

// A wish to stop. app/ sets it from a signal handler; long loops poll it and return, leaving whole data behind.
class Interrupt {
 public:
  // Safe in a signal handler and from any thread.
  void request() noexcept { is_requested_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool interrupted() const noexcept { return is_requested_.load(std::memory_order_relaxed); }
  // The Error "interrupted" once a stop is wished: `TRY(interrupt.poll());`.
  [[nodiscard]] Result<void> poll() const;

 private:
  std::atomic<bool> is_requested_ = false;
  static_assert(std::atomic<bool>::is_always_lock_free);
};

enum class ProgressStyle {
  none,   // Says nothing.
  bar,    // One line redrawn in place, for a terminal.
  lines,  // A line when a stage begins, ends, and every few seconds, for a file or a pipe.
};

struct ProgressOptions {
  ProgressStyle style = ProgressStyle::none;
  int width = 80;  // Columns of the terminal; only a bar looks at it.
};

// How far the work is, as an observer sees it.
struct ProgressSeen {
  std::string stage;
  std::string unit;
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known.
  std::string note;        // A line that was just noted; empty otherwise.
  bool is_going = false;   // False once the stage has ended.
};

// Tells of one stage at a time: what, how much of how much, how fast, how long yet. Thread-safe. Draws at most ten
// times a second as a bar and every five seconds as lines, whatever is called how often; a call costs a lock and a look
// at the clock, so advance by chunks, not by rows. Names and notes must hold no personal value.
class Progress {
 public:
  // Takes what is to be shown, a part of a line or whole lines.
  using Write = std::function<void(std::string_view)>;
  // Takes how far the work is, for a page that shows it.
  using Observe = std::function<void(const ProgressSeen&)>;

  // Says nothing.
  Progress();
  // The clock must outlive this.
  Progress(ProgressOptions options, Clock& clock, Write write);
  // Tells the observer of each beginning, note and end, and between these at most ten times a second. The observer is
  // called with a lock held: it must be quick, and call nothing here. The clock must outlive this.
  Progress(Clock& clock, Observe observe);
  // Ends a stage still going.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Begins a stage and ends the one before. A total of 0 means not known. The unit is a plural: "rows", "bytes".
  void begin(std::string_view stage, std::int64_t total, std::string_view unit = "rows");
  // So much more of the total is done.
  void advance(std::int64_t amount);
  // So many more rows, where the total is counted in something else.
  void count_rows(std::int64_t rows);
  // A line of its own, shown at once, above the bar.
  void note(std::string_view line);
  // The stage is done: its last line stays.
  void end();

 private:
  struct State;
  std::unique_ptr<State> state_;  // Null when nothing is to be said.
};

}  // namespace throughline::base

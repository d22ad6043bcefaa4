#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

#include "base/number.h"
#include "base/thread_order.h"

// oneTBB's library was not built with the thread sanitizer, so its headers must not be judged by it either; the order
// that TBB promises is told to the sanitizer where work changes threads, and our own code is judged by that.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)
#endif
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

namespace throughline::base {

namespace {

Chunk chunk_at(Split split, std::int64_t index) {
  const std::int64_t begin = index * split.chunk_items;
  return {.index = index, .begin = begin, .end = begin + std::min(split.chunk_items, split.items - begin)};
}

// The error of the earliest chunk that failed.
class EarliestError {
 public:
  [[nodiscard]] bool is_after_error(std::int64_t index) const { return index > earliest_.load(); }
  void offer(std::int64_t index, Error error) {
    const std::scoped_lock lock(mutex_);
    if (index >= earliest_.load()) return;
    earliest_ = index;
    error_ = std::move(error);
  }
  [[nodiscard]] Result<void> result() && {
    if (error_.has_value()) return std::move(*error_);
    return {};
  }

 private:
  std::atomic<std::int64_t> earliest_ = std::numeric_limits<std::int64_t>::max();
  std::mutex mutex_;
  std::optional<Error> error_;
};

using parallel_detail::ErasedSteps;
using parallel_detail::ItemPtr;

// What travels through a pipeline: an item, or the error that took its place and so its turn in the order.
struct Token {
  ItemPtr item;
  std::optional<Error> error;
  bool is_travelling = false;
};

class Run {
 public:
  // Answers are written in the order read and no more than so many tokens travel at once: so a ring of them is enough,
  // and the next one in the ring has always come home.
  Run(const ErasedSteps& steps, const PipelineOptions& options, int tokens)
      : steps_(steps), interrupt_(options.interrupt), ring_(narrow<std::size_t>(tokens)) {
    thread_order::release(this);
  }

  // The next token, or null at the end.
  Token* read() {
    thread_order::acquire(this);
    thread_order::acquire(&reads_);
    Token* const token = fill_next();
    if (token != nullptr) thread_order::release(token);
    thread_order::release(&reads_);
    return token;
  }

  Token* work(Token* token) const {
    thread_order::acquire(this);
    thread_order::acquire(token);
    if (!token->error.has_value() && !is_stopped_.load()) {
      Result<ItemPtr> answer = steps_.work(std::move(token->item));
      if (answer.ok()) {
        token->item = std::move(answer).value();
      } else {
        token->error = std::move(answer).error();
      }
    }
    thread_order::release(token);
    return token;
  }

  void write(Token* token) {
    thread_order::acquire(this);
    thread_order::acquire(token);
    thread_order::acquire(&error_);
    if (!is_stopped_.load()) write_one(*token);
    token->item.reset();
    token->error.reset();
    token->is_travelling = false;
    thread_order::release(&error_);
    thread_order::release(token);
  }

  [[nodiscard]] Result<void> result() && {
    thread_order::acquire(&error_);
    thread_order::acquire(&reads_);
    for (const Token& token : ring_) thread_order::acquire(&token);
    if (error_.has_value()) return std::move(*error_);
    return {};
  }

 private:
  Token* fill_next() {
    if (is_stopped_.load() || has_read_error_) return nullptr;
    Result<ItemPtr> item = read_item();
    if (item.ok() && item.value() == nullptr) return nullptr;
    Token& token = ring_[reads_++ % ring_.size()];
    thread_order::acquire(&token);
    CHECK(!token.is_travelling);
    token.is_travelling = true;
    if (item.ok()) {
      token.item = std::move(item).value();
    } else {
      // The error takes its turn, so that everything before it is still written.
      has_read_error_ = true;
      token.error = std::move(item).error();
    }
    return &token;
  }
  Result<ItemPtr> read_item() const {
    if (interrupt_ != nullptr) TRY(interrupt_->poll());
    return steps_.read();
  }
  void write_one(Token& token) {
    if (token.error.has_value()) {
      stop(std::move(*token.error));
      return;
    }
    Result<void> written = steps_.write(std::move(token.item));
    if (!written.ok()) stop(std::move(written).error());
  }
  void stop(Error error) {
    error_ = std::move(error);
    is_stopped_ = true;
  }

  const ErasedSteps& steps_;
  const Interrupt* interrupt_;
  std::vector<Token> ring_;
  std::size_t reads_ = 0;  // Only read() looks at it and the next, and read() is serial.
  bool has_read_error_ = false;
  std::atomic<bool> is_stopped_ = false;
  std::optional<Error> error_;  // Only write() sets it, and write() is serial.
};

}  // namespace

void set_thread_limit(int limit) {
  using oneapi::tbb::global_control;
  static std::mutex mutex;
  static std::unique_ptr<global_control> control;
  CHECK(limit >= 0);
  const std::scoped_lock lock(mutex);
  control.reset();
  const int threads = limit == 0 ? oneapi::tbb::info::default_concurrency() : limit;
  control = std::make_unique<global_control>(global_control::max_allowed_parallelism, narrow<std::size_t>(threads));
}

int thread_limit() {
  using oneapi::tbb::global_control;
  return narrow<int>(global_control::active_value(global_control::max_allowed_parallelism));
}

void parallel_chunks(Split split, const std::function<void(const Chunk&)>& work) {
  using Range = oneapi::tbb::blocked_range<std::int64_t>;
  const char begun = 0;
  const char done = 0;
  thread_order::release(&begun);
  oneapi::tbb::parallel_for(Range(0, split.chunks()), [&](const Range& range) {
    thread_order::acquire(&begun);
    for (std::int64_t index = range.begin(); index != range.end(); ++index) work(chunk_at(split, index));
    thread_order::release(&done);
  });
  thread_order::acquire(&done);
}

Result<void> try_parallel_chunks(Split split, const Interrupt& interrupt,
                                 const std::function<Result<void>(const Chunk&)>& work) {
  EarliestError earliest;
  parallel_chunks(split, [&](const Chunk& chunk) {
    if (earliest.is_after_error(chunk.index)) return;
    Result<void> done = interrupt.poll();
    if (done.ok()) done = work(chunk);
    if (!done.ok()) earliest.offer(chunk.index, std::move(done).error());
  });
  return std::move(earliest).result();
}

namespace parallel_detail {

Result<void> run_pipeline(const ErasedSteps& steps, const PipelineOptions& options) {
  using oneapi::tbb::filter_mode;
  CHECK(options.tokens >= 0);
  const int tokens = options.tokens == 0 ? 2 * thread_limit() : options.tokens;
  Run run(steps, options, tokens);
  const auto read = [&run](oneapi::tbb::flow_control& flow) {
    Token* const token = run.read();
    if (token == nullptr) flow.stop();
    return token;
  };
  const auto work = [&run](Token* token) { return run.work(token); };
  const auto write = [&run](Token* token) { run.write(token); };
  oneapi::tbb::parallel_pipeline(narrow<std::size_t>(tokens),
                                 oneapi::tbb::make_filter<void, Token*>(filter_mode::serial_in_order, read) &
                                     oneapi::tbb::make_filter<Token*, Token*>(filter_mode::parallel, work) &
                                     oneapi::tbb::make_filter<Token*, void>(filter_mode::serial_in_order, write));
  return std::move(run).result();
}

}  // namespace parallel_detail

}  // namespace throughline::base

#include "base/parallel.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

#include "base/number.h"

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
};
using TokenPtr = std::shared_ptr<Token>;

class Run {
 public:
  Run(const ErasedSteps& steps, const PipelineOptions& options) : steps_(steps), options_(options) {}

  TokenPtr read(oneapi::tbb::flow_control& flow) {
    auto token = std::make_shared<Token>();
    if (is_stopped_.load()) {
      flow.stop();
      return token;
    }
    if (has_read_error_) {
      flow.stop();
      return token;
    }
    Result<ItemPtr> item = read_item();
    if (!item.ok()) {
      // The error takes its turn, so that everything before it is still written.
      has_read_error_ = true;
      token->error = std::move(item).error();
      return token;
    }
    token->item = std::move(item).value();
    if (token->item == nullptr) flow.stop();
    return token;
  }

  TokenPtr work(TokenPtr token) const {
    if (token->error.has_value() || is_stopped_.load()) return token;
    Result<ItemPtr> answer = steps_.work(std::move(token->item));
    if (answer.ok()) {
      token->item = std::move(answer).value();
    } else {
      token->item.reset();
      token->error = std::move(answer).error();
    }
    return token;
  }

  void write(const TokenPtr& token) {
    if (is_stopped_.load()) return;
    if (token->error.has_value()) {
      stop(std::move(*token->error));
      return;
    }
    Result<void> written = steps_.write(std::move(token->item));
    if (!written.ok()) stop(std::move(written).error());
  }

  [[nodiscard]] Result<void> result() && {
    if (error_.has_value()) return std::move(*error_);
    return {};
  }

 private:
  Result<ItemPtr> read_item() const {
    if (options_.interrupt != nullptr) TRY(options_.interrupt->poll());
    return steps_.read();
  }
  void stop(Error error) {
    error_ = std::move(error);
    is_stopped_ = true;
  }

  const ErasedSteps& steps_;
  const PipelineOptions& options_;
  bool has_read_error_ = false;  // Only read() looks at it, and read() is serial.
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
  oneapi::tbb::parallel_for(Range(0, split.chunks()), [&](const Range& range) {
    for (std::int64_t index = range.begin(); index != range.end(); ++index) work(chunk_at(split, index));
  });
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
  Run run(steps, options);
  oneapi::tbb::parallel_pipeline(
      narrow<std::size_t>(tokens),
      oneapi::tbb::make_filter<void, TokenPtr>(filter_mode::serial_in_order, [&run](oneapi::tbb::flow_control& flow) {
        return run.read(flow);
      }) & oneapi::tbb::make_filter<TokenPtr, TokenPtr>(filter_mode::parallel, [&run](TokenPtr token) {
        return run.work(std::move(token));
      }) & oneapi::tbb::make_filter<TokenPtr, void>(filter_mode::serial_in_order, [&run](const TokenPtr& token) {
        run.write(token);
      }));
  return std::move(run).result();
}

}  // namespace parallel_detail

}  // namespace throughline::base

// Work on every core with the same answer at any number of threads.
//
// Work is cut into chunks of a size the caller fixes, never by the number of threads, and partial answers are combined
// in the order of the chunks: a sum of doubles is the same to the last bit at 1, 2 or 64 threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/progress.h"
#include "base/result.h"

namespace throughline::base {

// At most so many threads work at once from now on, over the whole process; 0 means as many as the machine has.
// REQUIRES: limit is not negative; no parallel work is going on.
void set_thread_limit(int limit);
[[nodiscard]] int thread_limit();

// How `items` things are cut: chunk 0 is [0, chunk_items), and so on; the last may be shorter.
struct Split {
  std::int64_t items = 0;
  std::int64_t chunk_items = 1;

  [[nodiscard]] std::int64_t chunks() const {
    CHECK(items >= 0 && chunk_items > 0);
    return items / chunk_items + (items % chunk_items != 0 ? 1 : 0);
  }
};

struct Chunk {
  std::int64_t index = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// Calls work once for each chunk, several at a time, in no particular order. Returns when all are done.
void parallel_chunks(Split split, const std::function<void(const Chunk&)>& work);

// The same for work that may fail: gives the error of the earliest chunk that failed, whatever ran first. Chunks after
// a failed one may not be run; those before it are. Polls the interrupt before each chunk.
[[nodiscard]] Result<void> try_parallel_chunks(Split split, const Interrupt& interrupt,
                                               const std::function<Result<void>(const Chunk&)>& work);

// initial, then combine(so far, map(chunk 0)), then combine(…, map(chunk 1)), in that order at any number of threads.
// Memory: one T for each chunk.
template <class T, class Map, class Combine>
[[nodiscard]] T reduce_chunks(Split split, T initial, const Map& map, const Combine& combine) {
  std::vector<std::optional<T>> partial(static_cast<std::size_t>(split.chunks()));
  parallel_chunks(split, [&](const Chunk& chunk) { partial[static_cast<std::size_t>(chunk.index)] = map(chunk); });
  T total = std::move(initial);
  for (std::optional<T>& part : partial) {
    CHECK(part.has_value());
    total = combine(std::move(total), std::move(*part));
  }
  return total;
}

struct PipelineOptions {
  int tokens = 0;  // Items between reading and writing at most; 0 means twice the threads.
  const Interrupt* interrupt = nullptr;
};

// read() gives one item after another and nothing at the end; work(item) is called on several threads at once;
// write(answer) gets the answers one after another in the order they were read.
template <class In, class Out>
struct PipelineSteps {
  std::function<Result<std::optional<In>>()> read;
  std::function<Result<Out>(In)> work;
  std::function<Result<void>(Out)> write;
};

namespace parallel_detail {

struct Item {
  Item() = default;
  virtual ~Item() = default;
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
};
using ItemPtr = std::unique_ptr<Item>;

template <class T>
struct ItemOf final : Item {
  explicit ItemOf(T held) : value(std::move(held)) {}
  T value;
};

// A null item from read is the end.
struct ErasedSteps {
  std::function<Result<ItemPtr>()> read;
  std::function<Result<ItemPtr>(ItemPtr)> work;
  std::function<Result<void>(ItemPtr)> write;
};

[[nodiscard]] Result<void> run_pipeline(const ErasedSteps& steps, const PipelineOptions& options);

}  // namespace parallel_detail

// Runs the steps to the end of what is read. Everything before the first item that failed, in the order read, has been
// written, nothing after it; its error is the answer. An interrupt stops the reading: what was read before it is
// written, then the answer is the Error "interrupted". Each step is called from changing threads, but read and write
// never at the same time as themselves.
template <class In, class Out>
[[nodiscard]] Result<void> pipeline(const PipelineSteps<In, Out>& steps, const PipelineOptions& options = {}) {
  using parallel_detail::ItemOf;
  using parallel_detail::ItemPtr;
  const parallel_detail::ErasedSteps erased{.read = [&steps]() -> Result<ItemPtr> {
                                              std::optional<In> item = TRY(steps.read());
                                              if (!item.has_value()) return ItemPtr();
                                              return ItemPtr(std::make_unique<ItemOf<In>>(std::move(*item)));
                                            },
                                            .work = [&steps](ItemPtr item) -> Result<ItemPtr> {
                                              Out answer =
                                                  TRY(steps.work(std::move(static_cast<ItemOf<In>&>(*item).value)));
                                              return ItemPtr(std::make_unique<ItemOf<Out>>(std::move(answer)));
                                            },
                                            .write = [&steps](ItemPtr item) -> Result<void> {
                                              return steps.write(std::move(static_cast<ItemOf<Out>&>(*item).value));
                                            }};
  return parallel_detail::run_pipeline(erased, options);
}

}  // namespace throughline::base

#include "base/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>

namespace throughline::base {
namespace {

Error fault(const std::string& code) {
  return {.kind = ErrorKind::damaged, .code = code, .what = "A made-up fault"};
}

// Runs a check at 1, 2 and 8 threads, and puts the limit back.
template <class Check>
void at_thread_counts(const Check& check) {
  for (const int threads : {1, 2, 8}) {
    set_thread_limit(threads);
    check(threads);
  }
  set_thread_limit(0);
}

TEST(Split, covers_every_item_once) {
  EXPECT_EQ((Split{.items = 0, .chunk_items = 5}).chunks(), 0);
  EXPECT_EQ((Split{.items = 10, .chunk_items = 5}).chunks(), 2);
  EXPECT_EQ((Split{.items = 11, .chunk_items = 5}).chunks(), 3);
}

TEST(ParallelChunks, every_item_is_worked_on_once_at_any_thread_count) {
  at_thread_counts([](int threads) {
    std::vector<int> visits(1003);
    parallel_chunks({.items = 1003, .chunk_items = 10}, [&](const Chunk& chunk) {
      for (std::int64_t i = chunk.begin; i < chunk.end; ++i) ++visits[static_cast<std::size_t>(i)];
    });
    EXPECT_TRUE(std::ranges::all_of(visits, [](int count) { return count == 1; })) << threads;
  });
}

TEST(ParallelChunks, no_items_are_no_work) {
  int calls = 0;
  parallel_chunks({.items = 0, .chunk_items = 10}, [&](const Chunk&) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(ReduceChunks, a_sum_of_doubles_has_the_same_bits_at_one_two_and_eight_threads) {
  std::vector<double> values(20'011);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = std::sin(static_cast<double>(i)) * std::pow(10.0, static_cast<double>(i % 17));
  }
  const Split split{.items = static_cast<std::int64_t>(values.size()), .chunk_items = 97};
  const auto sum = [&](const Chunk& chunk) {
    return std::accumulate(values.begin() + chunk.begin, values.begin() + chunk.end, 0.0);
  };
  double in_order = 0.0;
  for (std::int64_t i = 0; i < split.chunks(); ++i) {
    in_order += sum({.index = i, .begin = 97 * i, .end = std::min<std::int64_t>(97 * (i + 1), split.items)});
  }
  at_thread_counts([&](int threads) { EXPECT_EQ(reduce_chunks(split, 0.0, sum, std::plus<>()), in_order) << threads; });
}

TEST(ReduceChunks, parts_are_combined_in_the_order_of_the_chunks) {
  const auto name = [](const Chunk& chunk) { return std::to_string(chunk.index) + " "; };
  at_thread_counts([&](int) {
    const auto joined = reduce_chunks({.items = 12, .chunk_items = 2}, std::string("from "), name, std::plus<>());
    EXPECT_EQ(joined, "from 0 1 2 3 4 5 ");
  });
}

TEST(TryParallelChunks, the_earliest_error_is_the_answer_at_any_thread_count) {
  const Interrupt interrupt;
  at_thread_counts([&](int) {
    const auto done = try_parallel_chunks({.items = 200, .chunk_items = 1}, interrupt, [](const Chunk& chunk) {
      return chunk.index % 50 == 40 ? Result<void>(fault("at_" + std::to_string(chunk.index))) : Result<void>();
    });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "at_40");
  });
}

TEST(TryParallelChunks, an_interrupt_stops_the_work) {
  Interrupt interrupt;
  interrupt.request();
  std::atomic<int> calls = 0;
  const auto done = try_parallel_chunks({.items = 100, .chunk_items = 1}, interrupt, [&](const Chunk&) {
    ++calls;
    return Result<void>();
  });
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "interrupted");
  EXPECT_EQ(calls, 0);
}

struct Reading {
  std::int64_t items = 300;
  std::int64_t read_fault_at = -1;
  std::int64_t work_fault_at = -1;
  std::int64_t write_fault_at = -1;
  std::int64_t interrupt_at = -1;
};

struct Outcome {
  std::string code;  // Of the error; empty when all went well.
  std::vector<std::int64_t> written;
};

// Squares the numbers from 0 on in a pipeline, with faults where asked.
Outcome square_all(const Reading& reading) {
  Interrupt interrupt;
  Outcome outcome;
  std::int64_t next = 0;
  const PipelineSteps<std::int64_t, std::unique_ptr<std::int64_t>> steps{
      .read = [&]() -> Result<std::optional<std::int64_t>> {
        if (next == reading.read_fault_at) return fault("read");
        if (next + 1 == reading.interrupt_at) interrupt.request();
        if (next == reading.items) return std::optional<std::int64_t>();
        return std::optional(next++);
      },
      .work = [&](std::int64_t item) -> Result<std::unique_ptr<std::int64_t>> {
        if (item == reading.work_fault_at) return fault("work");
        return std::make_unique<std::int64_t>(item * item);
      },
      .write = [&](std::unique_ptr<std::int64_t> answer) -> Result<void> {
        if (static_cast<std::int64_t>(outcome.written.size()) == reading.write_fault_at) return fault("write");
        outcome.written.push_back(*answer);
        return {};
      }};
  const Result<void> done = pipeline(steps, {.tokens = 5, .interrupt = &interrupt});
  if (!done.ok()) outcome.code = done.error().code;
  return outcome;
}

std::vector<std::int64_t> squares(std::int64_t count) {
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < count; ++i) values.push_back(i * i);
  return values;
}

TEST(Pipeline, writes_every_answer_in_the_order_read) {
  at_thread_counts([](int) {
    const Outcome outcome = square_all({});
    EXPECT_EQ(outcome.code, "");
    EXPECT_EQ(outcome.written, squares(300));
    EXPECT_TRUE(square_all({.items = 0}).written.empty());
  });
}

TEST(Pipeline, everything_before_the_first_fault_is_written_and_nothing_after) {
  at_thread_counts([](int) {
    const Outcome read = square_all({.read_fault_at = 120});
    EXPECT_EQ(read.code, "read");
    EXPECT_EQ(read.written, squares(120));
    const Outcome work = square_all({.read_fault_at = 122, .work_fault_at = 120});
    EXPECT_EQ(work.code, "work");
    EXPECT_EQ(work.written, squares(120));
    const Outcome write = square_all({.work_fault_at = 122, .write_fault_at = 120});
    EXPECT_EQ(write.code, "write");
    EXPECT_EQ(write.written, squares(120));
  });
}

TEST(Pipeline, an_interrupt_ends_the_reading_and_what_was_read_is_written) {
  at_thread_counts([](int) {
    const Outcome outcome = square_all({.interrupt_at = 50});
    EXPECT_EQ(outcome.code, "interrupted");
    EXPECT_EQ(outcome.written, squares(50));
  });
}

TEST(ThreadLimit, is_what_was_set) {
  at_thread_counts([](int threads) { EXPECT_EQ(thread_limit(), threads); });
  EXPECT_GE(thread_limit(), 1);
}

}  // namespace
}  // namespace throughline::base

#include "base/progress.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/text.h"

namespace throughline::base {
namespace {

class HandClock final : public Clock {
 public:
  [[nodiscard]] Instant now() override { return at; }
  void pass(double seconds) { at.microseconds += static_cast<std::int64_t>(seconds * 1e6); }
  Instant at{1'000'000'000'000'000};
};

class ProgressTest : public testing::Test {
 protected:
  Progress::Write sink() {
    return [this](std::string_view text) { shown += text; };
  }
  // What was shown since the last call.
  std::string taken() { return std::exchange(shown, ""); }

  HandClock clock;
  std::string shown;
};

TEST_F(ProgressTest, a_bar_shows_share_rate_and_time_left) {
  Progress progress({.style = ProgressStyle::bar, .width = 80}, clock, sink());
  progress.begin("Reading", 10'000);
  EXPECT_EQ(taken(), "\rReading  [........................................]  0 %  0 rows");
  clock.pass(2.0);
  progress.advance(2'500);
  EXPECT_EQ(taken(), "\rReading  [######...................]  25 %  2,500 rows  1,250 rows/s  0:06 left");
  clock.pass(6.0);
  progress.advance(7'500);
  progress.end();
  const std::string last = taken();
  // The last line stays, and blanks cover what was longer before it.
  EXPECT_EQ(last.substr(last.rfind('\r')),
            "\rReading: done, 10,000 rows, in 0:08, 1,250 rows/s" + std::string(30, ' ') + "\n");
}

TEST_F(ProgressTest, an_observer_sees_each_beginning_note_and_end_and_is_not_told_of_every_row) {
  std::vector<ProgressSeen> seen;
  Progress progress(clock, [&](const ProgressSeen& each) { seen.push_back(each); });
  progress.begin("Reading", 1'000);
  for (int i = 0; i < 500; ++i) progress.advance(1);
  ASSERT_EQ(seen.size(), 1U);
  clock.pass(1.0);
  progress.advance(1);
  progress.note("a note");
  progress.end();
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_EQ(seen[1].done, 501);
  EXPECT_EQ(seen[1].total, 1'000);
  EXPECT_EQ(seen[2].note, "a note");
  EXPECT_TRUE(seen[2].is_going);
  EXPECT_FALSE(seen[3].is_going);
  EXPECT_EQ(shown, "");
}

TEST_F(ProgressTest, a_bar_never_outgrows_the_terminal) {
  for (const int width : {1, 12, 25, 40, 60, 200}) {
    Progress progress({.style = ProgressStyle::bar, .width = width}, clock, sink());
    progress.begin("Reading the crimes of a county", 5'000'000, "bytes");
    for (int i = 0; i < 5; ++i) {
      clock.pass(1.0);
      progress.count_rows(1000);
      progress.advance(1'000'000);
      const std::string drawn = taken();
      EXPECT_LT(display_width(drawn.substr(drawn.rfind('\r') + 1)), width);
    }
    progress.end();
    (void)taken();
  }
}

TEST_F(ProgressTest, a_bar_is_drawn_ten_times_a_second_at_most) {
  Progress progress({.style = ProgressStyle::bar}, clock, sink());
  progress.begin("Reading", 1000);
  (void)taken();
  int drawn = 0;
  for (int i = 0; i < 1000; ++i) {
    clock.pass(0.001);
    progress.advance(1);
    drawn += taken().empty() ? 0 : 1;
  }
  EXPECT_EQ(drawn, 10);
}

TEST_F(ProgressTest, lines_come_every_five_seconds_without_carriage_returns) {
  Progress progress({.style = ProgressStyle::lines}, clock, sink());
  progress.begin("Reading", 4'000'000, "bytes");
  for (int i = 0; i < 12; ++i) {
    clock.pass(1.0);
    progress.count_rows(500);
    progress.advance(262'144);
  }
  progress.end();
  EXPECT_EQ(taken(),
            "Reading: 0 %, 0 bytes\n"
            "Reading: 26 %, 1.0 MiB, 2,500 rows, 500 rows/s, 0:14 left\n"
            "Reading: 58 %, 2.2 MiB, 5,000 rows, 500 rows/s, 0:07 left\n"
            "Reading: done, 3.0 MiB, 6,000 rows, in 0:12, 500 rows/s\n");
}

TEST_F(ProgressTest, an_unknown_total_shows_neither_share_nor_time_left) {
  Progress progress({.style = ProgressStyle::lines}, clock, sink());
  progress.begin("Counting", 0, "files");
  clock.pass(5.0);
  progress.advance(10);
  EXPECT_EQ(taken(), "Counting: 0 files\nCounting: 10 files, 2 files/s\n");
}

TEST_F(ProgressTest, a_note_stands_on_a_line_of_its_own_above_the_bar) {
  Progress progress({.style = ProgressStyle::bar, .width = 40}, clock, sink());
  progress.begin("Reading", 10);
  (void)taken();
  progress.note("2 rows were rejected");
  const std::string text = taken();
  EXPECT_EQ(text.substr(0, text.find('\n')), "\r2 rows were rejected" + std::string(19, ' '));
  EXPECT_NE(text.find("\n\rReading"), std::string::npos);
}

TEST_F(ProgressTest, a_clock_that_jumps_back_does_not_silence_it) {
  Progress progress({.style = ProgressStyle::lines}, clock, sink());
  progress.begin("Reading", 10);
  (void)taken();
  clock.pass(-3600.0);
  progress.advance(5);
  EXPECT_EQ(taken(), "Reading: 50 %, 5 rows\n");
}

TEST_F(ProgressTest, without_a_style_nothing_is_said) {
  Progress quiet;
  quiet.begin("Reading", 10);
  quiet.advance(1);
  quiet.note("unseen");
  Progress none({}, clock, sink());
  none.begin("Reading", 10);
  none.end();
  EXPECT_EQ(taken(), "");
}

TEST_F(ProgressTest, threads_may_advance_together) {
  Progress progress({.style = ProgressStyle::lines}, clock, sink());
  progress.begin("Reading", 4000);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) progress.advance(1);
    });
  }
  threads.clear();
  progress.end();
  EXPECT_EQ(taken(), "Reading: 0 %, 0 rows\nReading: done, 4,000 rows, in 0:00\n");
}

TEST(Interrupt, once_wished_every_poll_is_an_error_that_says_what_to_do) {
  Interrupt interrupt;
  EXPECT_TRUE(interrupt.poll().ok());
  interrupt.request();
  EXPECT_TRUE(interrupt.interrupted());
  const Result<void> polled = interrupt.poll();
  EXPECT_EQ(polled.error().message(),
            "The work was interrupted. Nothing half-done was kept; run the command again to do the work.");
}

}  // namespace
}  // namespace throughline::base

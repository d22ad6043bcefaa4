#include "base/log.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <type_traits>

namespace throughline::base {
namespace {

// Personal text has no way in: none of these compiles as a field or an event.
static_assert(!std::is_constructible_v<Field, Code, std::string>);
static_assert(!std::is_constructible_v<Field, Code, std::string_view>);
static_assert(!std::is_constructible_v<Field, Code, const char*>);
static_assert(!std::is_constructible_v<Field, Code, char>);
static_assert(!std::is_constructible_v<Field, Code, double>);
static_assert(!std::is_constructible_v<Field, std::string, int>);
static_assert(!std::is_constructible_v<Code, std::string>);
static_assert(!std::is_constructible_v<Code, std::string_view>);
static_assert(!std::is_constructible_v<Code, const char*>);
static_assert(std::is_constructible_v<Field, Code, int>);
static_assert(std::is_constructible_v<Field, Code, Hash>);
static_assert(std::is_constructible_v<Field, Code, Id<struct Extract>>);

class StillClock final : public Clock {
 public:
  [[nodiscard]] Instant now() override { return {1'763'805'600'000'000}; }
};

class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "throughline-log-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::string path() const { return (folder / "log.jsonl").string(); }
  [[nodiscard]] std::string content() const {
    std::stringstream text;
    text << std::ifstream(path()).rdbuf();
    return text.str();
  }

  std::filesystem::path folder;
  StillClock clock;
};

TEST_F(LogTest, each_event_is_a_line_of_json) {
  Log log = Log::to_file(path(), clock, LogLevel::info).value();
  log.info("batch_confirmed", {{"extract", Id<struct Extract>(12)}, {"rows", 345}, {"source", Code("custody")}});
  log.error("disk_full", {{"content", Hash{}}});
  EXPECT_EQ(content(),
            "{\"time\":\"2025-11-22T10:00:00Z\",\"level\":\"info\",\"event\":\"batch_confirmed\",\"extract\":12,"
            "\"rows\":345,\"source\":\"custody\"}\n"
            "{\"time\":\"2025-11-22T10:00:00Z\",\"level\":\"error\",\"event\":\"disk_full\",\"content\":\"" +
                std::string(64, '0') + "\"}\n");
}

TEST_F(LogTest, what_is_below_the_level_is_dropped_and_a_file_is_added_to) {
  for (int i = 0; i < 2; ++i) {
    Log log = Log::to_file(path(), clock, LogLevel::warning).value();
    log.debug("unseen");
    log.info("unseen");
    log.warning("seen");
  }
  const std::string line = "{\"time\":\"2025-11-22T10:00:00Z\",\"level\":\"warning\",\"event\":\"seen\"}\n";
  EXPECT_EQ(content(), line + line);
}

TEST_F(LogTest, a_log_made_by_default_writes_nothing) {
  Log log;
  log.error("unseen", {{"rows", 1}});
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(LogTest, a_file_that_cannot_be_opened_says_which_and_what_to_do) {
  std::ofstream(folder / "plain").put('x');
  const std::string impossible = (folder / "plain" / "log.jsonl").string();
  const auto opened = Log::to_file(impossible, clock, LogLevel::info);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "log_not_writable");
  EXPECT_EQ(opened.error().message(), "The log file cannot be opened for writing (" + impossible +
                                          "). Name a file in a folder that you may write to.");
}

}  // namespace
}  // namespace throughline::base

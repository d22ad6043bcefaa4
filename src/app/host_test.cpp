#include "app/host.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "app/session.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

struct HostTest : testing::Test, MadeUpWorld {
  HostTest() { static_cast<void>(founded()); }
  std::unique_ptr<Host> hosting() {
    auto host = Host::open(outside, settings, "serve").value();
    outside.host = host.get();
    return host;
  }
};

TEST_F(HostTest, holds_its_workspace_however_the_path_is_written) {
  const auto host = hosting();
  EXPECT_TRUE(host->holds(settings.workspace));
  EXPECT_TRUE(host->holds(settings.workspace + "/../w"));
  EXPECT_FALSE(host->holds(folder.path().string()));
}

TEST_F(HostTest, lets_several_sessions_in_at_once) {
  const auto host = hosting();
  const auto one = Session::open(outside, settings, "test");
  const auto two = Session::open(outside, settings, "test");
  ASSERT_TRUE(one.ok());
  ASSERT_TRUE(two.ok());
  EXPECT_NE(&one.value()->ledger(), &two.value()->ledger());
  EXPECT_EQ(one.value()->account().name, two.value()->account().name);
}

TEST_F(HostTest, a_session_of_another_workspace_opens_that_one) {
  const auto host = hosting();
  Settings elsewhere = settings;
  elsewhere.workspace = path("another");
  const auto session = Session::open(outside, elsewhere, "test");
  ASSERT_FALSE(session.ok());
  EXPECT_EQ(session.error().code, "workspace_missing");
}

TEST_F(HostTest, the_generation_changes_with_what_may_write_alone) {
  const auto host = hosting();
  const std::uint64_t before = host->generation();
  static_cast<void>(Session::open(outside, settings, "test").value());
  EXPECT_EQ(host->generation(), before);
  static_cast<void>(Session::open(outside, settings, "test", Access::writing).value());
  EXPECT_NE(host->generation(), before);
}

TEST_F(HostTest, whoever_must_be_alone_waits_for_the_others_and_keeps_them_out) {
  const auto host = hosting();
  std::atomic<int> inside = 0;
  std::atomic<int> alone = 0;
  std::atomic<int> clashes = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        for (int turn = 0; turn < 50; ++turn) {
          const auto place = host->enter(Access::reading).value();
          ++inside;
          clashes += alone.load();
          --inside;
        }
      });
    }
    threads.emplace_back([&] {
      for (int turn = 0; turn < 10; ++turn) {
        const auto place = host->enter(Access::alone).value();
        ++alone;
        clashes += inside.load();
        --alone;
      }
    });
  }
  EXPECT_EQ(clashes, 0);
}

// Two readers, each of whom stays until the other has come in again: the workspace is never without one of them, unless
// somebody keeps them out.
TEST_F(HostTest, whoever_must_be_alone_gets_in_though_readers_overlap_without_end) {
  constexpr int k_turns_max = 2'000;
  constexpr int k_patience = 1'000;
  const auto host = hosting();
  std::array<std::atomic<int>, 2> turns = {};
  std::atomic<bool> was_alone = false;
  const auto read = [&](std::size_t own) {
    while (turns.at(own) < k_turns_max && !was_alone) {
      const auto place = host->enter(Access::reading).value();
      ++turns.at(own);
      const int seen = turns.at(1 - own);
      for (int i = 0; i < k_patience && turns.at(1 - own) == seen; ++i) std::this_thread::yield();
    }
  };
  {
    const std::jthread one(read, 0);
    const std::jthread two(read, 1);
    while (turns[0] == 0 || turns[1] == 0) std::this_thread::yield();
    const auto place = host->enter(Access::alone).value();
    was_alone = true;
  }
  EXPECT_LT(turns[0], k_turns_max);
  EXPECT_LT(turns[1], k_turns_max);
}

TEST_F(HostTest, what_was_learnt_is_shared_until_somebody_was_alone) {
  const auto host = hosting();
  const auto known = [&] {
    const auto session = Session::open(outside, settings, "test").value();
    store::DuckConnection connection = session->connect().value();
    return session->world(connection, {}).value().known();
  };
  const auto first = known();
  EXPECT_EQ(known(), first);
  static_cast<void>(compact(outside, settings).value());
  EXPECT_NE(known(), first);
}

struct HostLinks : HostTest {
  HostLinks() {
    settings.purpose = "PROTECT";
    const std::string file = std::string(base::k_source_folder) + "/examples/agencies/crime_reports.csv";
    EXPECT_TRUE(ingest(outside, settings, {.files = {file}, .mapping = {}, .supersedes = {}, .received = {}}).ok());
    EXPECT_TRUE(link(outside, settings, {.act = "run"}).ok());
  }
  [[nodiscard]] std::shared_ptr<const KeptLinks> links(const std::optional<base::Date>& as_of) const {
    Settings how = settings;
    how.as_of = as_of;
    const auto session = Session::open(outside, how, "test").value();
    return session->links().value();
  }
  const std::optional<base::Date> early = base::Date::from_civil({2000, 1, 1});
  const std::optional<base::Date> late = base::Date::from_civil({2100, 1, 1});
};

TEST_F(HostLinks, are_kept_by_the_day_they_are_asked_for) {
  const auto host = hosting();
  const auto now = links({});
  const auto before = links(early);
  EXPECT_NE(now, before);
  EXPECT_FALSE(now->links().world.mentions.empty());
  EXPECT_TRUE(before->links().world.mentions.empty()) << "nothing had come by then";
  EXPECT_EQ(links({}), now);
  EXPECT_EQ(links(early), before);
}

TEST_F(HostLinks, of_the_day_not_asked_for_longest_are_let_go) {
  const auto host = hosting();
  const auto now = links({});
  std::weak_ptr<const KeptLinks> before = links(early);
  EXPECT_EQ(links({}), now);
  static_cast<void>(links(late));
  EXPECT_TRUE(before.expired());
  EXPECT_EQ(links({}), now);
}

TEST_F(HostLinks, read_while_something_is_written_are_not_kept) {
  const auto host = hosting();
  const auto reader = Session::open(outside, settings, "test").value();
  const auto read = reader->links().value();
  static_cast<void>(Session::open(outside, settings, "test", Access::writing).value());
  EXPECT_FALSE(read->links().world.mentions.empty()) << "whoever has them goes on with them";
  EXPECT_NE(links({}), read);
}

}  // namespace
}  // namespace throughline::app

#include "app/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <exception>
#include <new>
#include <thread>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

// Waits for what a job comes to, however long its thread takes.
JobShown ended(const Jobs& jobs, const ledger::Account& account, const std::string& job) {
  JobShown shown = jobs.find(account, job).value();
  while (!shown.ended_at) shown = jobs.wait(account, job, shown.version).value();
  return shown;
}

JobOrder order_of(JobWork work, const ledger::Account& maker = k_ann) {
  return {.maker = maker.id, .kind = "verify", .title = "A job", .work = std::move(work)};
}

base::Result<Report> nothing(const Outside& /*outside*/) {
  return Report{.verb = "v", .sections = {}};
}

base::Result<Report> until_stopped(const Outside& outside) {
  while (outside.interrupt.poll().ok()) std::this_thread::yield();
  return outside.interrupt.poll().error();
}

TEST(Job, GivesItsReportAndWhatItToldOnTheWay) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  const JobShown begun = jobs.start(order_of([](const Outside& outside) -> base::Result<Report> {
                               outside.progress.begin("reading", 10, "rows");
                               outside.progress.advance(10);
                               outside.progress.note("something");
                               outside.progress.end();
                               return Report{.verb = "done", .sections = {}};
                             }))
                             .value();
  const JobShown shown = ended(jobs, k_ann, begun.job);
  EXPECT_EQ(shown.state, JobState::done);
  EXPECT_EQ(shown.stage, "reading");
  EXPECT_EQ(shown.total, 10);
  EXPECT_EQ(shown.done, 10);
  EXPECT_EQ(shown.notes, std::vector<std::string>{"something"});
  ASSERT_TRUE(shown.report);
  EXPECT_EQ(shown.report->verb, "done");
}

TEST(Job, OfAnotherAccountIsAsIfItWereNotThere) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  const auto work = [](const Outside&) -> base::Result<Report> { return Report{.verb = "v", .sections = {}}; };
  const std::string job = jobs.start(order_of(work)).value().job;
  EXPECT_EQ(jobs.find(k_bob, job).error().code, "job_unknown");
  EXPECT_EQ(jobs.stop(k_bob, job).error().code, "job_unknown");
  EXPECT_EQ(jobs.wait(k_bob, job, 0).error().code, "job_unknown");
  EXPECT_TRUE(jobs.list(k_bob).empty());
  EXPECT_EQ(jobs.list(k_ann).size(), 1U);
}

TEST(Job, IsNobodysOnceTheAccountHasNoRole) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  const auto work = [](const Outside&) -> base::Result<Report> { return Report{.verb = "v", .sections = {}}; };
  const std::string job = jobs.start(order_of(work)).value().job;
  ledger::Account without = k_ann;
  without.roles.clear();
  EXPECT_EQ(jobs.find(without, job).error().code, "job_unknown");
  EXPECT_TRUE(jobs.list(without).empty());
}

TEST(Job, ThatIsStoppedEndsByItsWishAndTheNextOneRuns) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  const std::string long_one = jobs.start(order_of(until_stopped)).value().job;
  const std::string waiting = jobs.start(order_of(until_stopped)).value().job;
  EXPECT_TRUE(jobs.stop(k_ann, waiting).ok());
  EXPECT_TRUE(jobs.stop(k_ann, long_one).ok());
  const JobShown shown = ended(jobs, k_ann, long_one);
  EXPECT_EQ(shown.state, JobState::failed);
  EXPECT_EQ(shown.problem->code, "interrupted");
  EXPECT_EQ(ended(jobs, k_ann, waiting).problem->code, "interrupted");
}

TEST(Job, ThatRunsWhenTheServerStopsIsAskedToStopAndWaitedFor) {
  const MadeUpWorld world;
  std::atomic<bool> has_ended = false;
  {
    Jobs jobs(world.outside);
    std::atomic<bool> has_begun = false;
    static_cast<void>(jobs.start(order_of([&](const Outside& outside) -> base::Result<Report> {
      has_begun = true;
      while (outside.interrupt.poll().ok()) std::this_thread::yield();
      has_ended = true;
      return outside.interrupt.poll().error();
    })));
    while (!has_begun) std::this_thread::yield();
    jobs.shut_down();
    EXPECT_EQ(jobs.start(order_of({})).error().code, "jobs_full");
  }
  EXPECT_TRUE(has_ended);
}

TEST(Job, that_waits_when_the_server_stops_has_failed_and_whoever_watches_it_hears) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  static_cast<void>(jobs.start(order_of(until_stopped)));
  const std::string waiting = jobs.start(order_of(nothing)).value().job;
  JobShown seen;
  std::thread watcher([&] { seen = ended(jobs, k_ann, waiting); });
  jobs.shut_down();
  watcher.join();
  EXPECT_EQ(seen.state, JobState::failed);
  EXPECT_EQ(seen.problem->code, "interrupted");
}

TEST(Job, that_is_watched_while_the_server_stops_is_waited_for_and_not_asked_over_and_over) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  std::atomic<bool> may_end = false;
  std::atomic<bool> has_begun = false;
  std::atomic<bool> is_asked_to_stop = false;
  const std::string job = jobs.start(order_of([&](const Outside& outside) -> base::Result<Report> {
                                has_begun = true;
                                while (outside.interrupt.poll().ok()) std::this_thread::yield();
                                is_asked_to_stop = true;
                                while (!may_end) std::this_thread::yield();
                                return outside.interrupt.poll().error();
                              }))
                              .value()
                              .job;
  while (!has_begun) std::this_thread::yield();  // A job still waiting when the server stops is never begun.
  std::thread stopping([&] { jobs.shut_down(); });
  while (!is_asked_to_stop) std::this_thread::yield();
  std::thread ending([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    may_end = true;
  });
  int asked = 0;
  for (JobShown shown = jobs.find(k_ann, job).value(); !shown.ended_at; ++asked) {
    shown = jobs.wait(k_ann, job, shown.version).value();
  }
  EXPECT_LE(asked, 2);
  ending.join();
  stopping.join();
}

TEST(Job, that_throws_has_failed_with_a_message_that_repeats_nothing_and_the_next_one_runs) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  const auto without_memory = [](const Outside&) -> base::Result<Report> {
    std::rethrow_exception(std::make_exception_ptr(std::bad_alloc()));
  };
  const auto in_a_library = [](const Outside&) -> base::Result<Report> {
    return Report{.verb = std::string("Jane Doe").substr(99), .sections = {}};
  };
  const std::string first = jobs.start(order_of(without_memory)).value().job;
  const std::string second = jobs.start(order_of(in_a_library)).value().job;
  const std::string third = jobs.start(order_of(nothing)).value().job;
  const JobShown short_of_memory = ended(jobs, k_ann, first);
  EXPECT_EQ(short_of_memory.state, JobState::failed);
  EXPECT_EQ(short_of_memory.problem->message(),
            "The machine's memory was not enough for this job. Try again when less is going on; whoever runs the "
            "server can give it more.");
  EXPECT_EQ(
      ended(jobs, k_ann, second).problem->message(),
      "The job ended in a way that the program does not provide for. Try again; if it happens again, tell whoever "
      "runs the server which job it was, and when.");
  EXPECT_EQ(ended(jobs, k_ann, third).state, JobState::done);
}

TEST(Job, of_an_account_with_three_waiting_is_refused_and_another_accounts_is_not) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  std::atomic<bool> has_begun = false;
  static_cast<void>(jobs.start(order_of([&](const Outside& outside) {
    has_begun = true;
    return until_stopped(outside);
  })));
  while (!has_begun) std::this_thread::yield();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(jobs.start(order_of(nothing)).ok());
  EXPECT_EQ(jobs.start(order_of(nothing)).error().message(),
            "Three jobs of yours are waiting already. Wait until one has begun, or stop one.");
  EXPECT_TRUE(jobs.start(order_of(nothing, k_bob)).ok());
}

TEST(Job, of_another_account_runs_before_the_second_of_the_one_that_ran_last) {
  const MadeUpWorld world;
  Jobs jobs(world.outside);
  std::atomic<bool> may_go_on = false;
  std::string order;  // Touched by the one runner alone, until all have ended.
  const auto noting = [&order](const char* what) {
    return [&order, what](const Outside& outside) {
      order += what;
      return nothing(outside);
    };
  };
  static_cast<void>(jobs.start(order_of([&](const Outside& outside) {
    while (!may_go_on) std::this_thread::yield();
    return nothing(outside);
  })));
  static_cast<void>(jobs.start(order_of(noting("a1 "))));
  const std::string last = jobs.start(order_of(noting("a2 "))).value().job;
  static_cast<void>(jobs.start(order_of(noting("b1 "), k_bob)));
  may_go_on = true;
  static_cast<void>(ended(jobs, k_ann, last));
  EXPECT_EQ(order, "b1 a1 a2 ");
}

}  // namespace
}  // namespace throughline::app

#include "app/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
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

JobOrder order_of(JobWork work) {
  return {.maker = k_ann.id, .kind = "verify", .title = "A job", .work = std::move(work)};
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
  const auto until_stopped = [](const Outside& outside) -> base::Result<Report> {
    while (outside.interrupt.poll().ok()) std::this_thread::yield();
    return outside.interrupt.poll().error();
  };
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

}  // namespace
}  // namespace throughline::app

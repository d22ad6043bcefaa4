#include "app/jobs.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

#include "app/ownership.h"
#include "app/random_name.h"
#include "base/check.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::ptrdiff_t k_waiting_max = 30;
constexpr std::ptrdiff_t k_waiting_of_account_max = 3;
constexpr std::size_t k_kept_max = 50;
constexpr std::size_t k_notes_max = 100;
constexpr auto k_wait = std::chrono::seconds(1);

Error job_unknown() {
  return {ErrorKind::bad_command, "job_unknown", "There is no such job of yours", "",
          "The list of jobs shows those there are; they are forgotten when the server stops"};
}

}  // namespace

std::string_view name_of(JobState state) {
  switch (state) {
    case JobState::waiting: return "waiting";
    case JobState::running: return "running";
    case JobState::stopping: return "stopping";
    case JobState::done: return "done";
    case JobState::failed: return "failed";
  }
  return "failed";
}

// Everything but work and wish is guarded by the runner's mutex.
struct Jobs::Job {
  ledger::AccountId maker;
  JobWork work;
  base::Interrupt wish;
  JobShown shown;
};

Jobs::Jobs(const Outside& outside) : outside_(outside), thread_([this] { run(); }) {}

Jobs::~Jobs() {
  shut_down();
}

void Jobs::shut_down() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
    for (const auto& job : jobs_) job->wish.request();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<JobShown> Jobs::start(JobOrder order) {
  auto job = std::make_shared<Job>();
  job->maker = order.maker;
  job->work = std::move(order.work);
  job->shown = {.job = random_name(outside_.entropy),
                .kind = std::move(order.kind),
                .title = std::move(order.title),
                .started_at = outside_.clock.now(),
                .version = 1};
  const std::lock_guard lock(mutex_);
  const auto is_waiting = [](const auto& each) { return each->shown.state == JobState::waiting; };
  const auto is_own = [&](const auto& each) { return is_waiting(each) && each->maker == job->maker; };
  if (std::ranges::count_if(jobs_, is_own) >= k_waiting_of_account_max) {
    return Error{ErrorKind::bad_command, "jobs_full_own", "Three jobs of yours are waiting already", "",
                 "Wait until one has begun, or stop one"};
  }
  if (is_ending_ || std::ranges::count_if(jobs_, is_waiting) >= k_waiting_max) {
    return Error{ErrorKind::bad_command, "jobs_full", "So many jobs are waiting that no more are taken", "",
                 "Wait until one is done"};
  }
  forget_old(job->maker);
  jobs_.push_back(job);
  changed_.notify_all();
  return job->shown;
}

// Of an account's jobs that have ended, the oldest go. Expects the mutex to be held.
void Jobs::forget_old(ledger::AccountId maker) {
  const auto is_own = [&](const auto& job) { return job->maker == maker; };
  auto own = static_cast<std::size_t>(std::ranges::count_if(jobs_, is_own));
  for (auto at = jobs_.begin(); at != jobs_.end() && own >= k_kept_max;) {
    const bool goes = is_own(*at) && (*at)->shown.ended_at.has_value();
    at = goes ? jobs_.erase(at) : at + 1;
    own -= goes ? 1 : 0;
  }
}

// Expects the mutex to be held.
Result<std::shared_ptr<Jobs::Job>> Jobs::held(const ledger::Account& account, const std::string& job) const {
  for (const auto& each : jobs_) {
    if (each->shown.job == job && owns(account, each->maker)) return each;
  }
  return job_unknown();
}

Result<JobShown> Jobs::find(const ledger::Account& account, const std::string& job) const {
  const std::lock_guard lock(mutex_);
  return TRY(held(account, job))->shown;
}

std::vector<JobShown> Jobs::list(const ledger::Account& account) const {
  const std::lock_guard lock(mutex_);
  std::vector<JobShown> own;
  for (const auto& job : jobs_) {
    if (owns(account, job->maker)) own.push_back(job->shown);
  }
  std::ranges::reverse(own);
  return own;
}

Result<JobShown> Jobs::stop(const ledger::Account& account, const std::string& job) {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<Job> found = TRY(held(account, job));
  if (found->shown.ended_at) return found->shown;
  found->wish.request();
  if (found->shown.state == JobState::waiting) {
    end(*found, found->wish.poll().error());
    return found->shown;
  }
  found->shown.state = JobState::stopping;
  ++found->shown.version;
  changed_.notify_all();
  return found->shown;
}

Result<JobShown> Jobs::wait(const ledger::Account& account, const std::string& job, std::uint64_t version) const {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Job> found = TRY(held(account, job));
  changed_.wait_for(lock, k_wait, [&] { return found->shown.ended_at || found->shown.version > version; });
  return found->shown;
}

std::shared_ptr<Jobs::Job> Jobs::next_of_waiting() const {
  const auto is_next = [](const auto& job) { return !job->shown.ended_at; };
  const auto is_anothers = [&](const auto& job) { return is_next(job) && job->maker != last_maker_; };
  const auto anothers = std::ranges::find_if(jobs_, is_anothers);
  const auto at = anothers != jobs_.end() ? anothers : std::ranges::find_if(jobs_, is_next);
  return at == jobs_.end() ? nullptr : *at;
}

void Jobs::run() {
  while (true) {
    std::shared_ptr<Job> next;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return is_ending_ || (next = next_of_waiting()) != nullptr; });
      if (is_ending_) break;
      last_maker_ = next->maker;
      next->shown.state = JobState::running;
      ++next->shown.version;
      changed_.notify_all();
    }
    run_one(*next);
  }
  // Whoever watches one of these hears that nothing will come of it.
  const std::lock_guard lock(mutex_);
  for (const auto& job : jobs_) {
    if (!job->shown.ended_at) end(*job, job->wish.poll().error());
  }
}

namespace {

// What the work comes to, whatever a library throws in it: what that says is not shown, as it may hold a value.
Result<Report> done(const JobWork& work, const Outside& outside) {
  try {
    return work(outside);
  } catch (const std::bad_alloc&) {
    return Error{ErrorKind::world, "memory_short", "The machine's memory was not enough for this job", "",
                 "Try again when less is going on; whoever runs the server can give it more"};
  } catch (...) {
    return Error{ErrorKind::world, "job_broken", "The job ended in a way that the program does not provide for", "",
                 "Try again; if it happens again, tell whoever runs the server which job it was, and when"};
  }
}

}  // namespace

// The work itself, on the runner's thread, without the mutex.
void Jobs::run_one(Job& job) {
  const auto observe = [&](const base::ProgressSeen& seen) {
    const std::lock_guard lock(mutex_);
    job.shown.stage = seen.stage;
    job.shown.unit = seen.unit;
    job.shown.done = seen.done;
    job.shown.total = seen.total;
    if (!seen.note.empty() && job.shown.notes.size() < k_notes_max) job.shown.notes.push_back(seen.note);
    ++job.shown.version;
    changed_.notify_all();
  };
  Result<Report> answer = Error{};
  {
    base::Progress progress(outside_.clock, observe);
    const Outside outside{outside_.clock, outside_.entropy, progress, job.wish, outside_.host};
    answer = done(job.work, outside);
  }
  const std::lock_guard lock(mutex_);
  end(job, std::move(answer));
}

void Jobs::end(Job& job, Result<Report> answer) {
  job.shown.state = answer.ok() ? JobState::done : JobState::failed;
  if (answer.ok()) {
    job.shown.report = std::move(answer).value();
  } else {
    job.shown.problem = std::move(answer).error();
  }
  job.shown.ended_at = outside_.clock.now();
  job.work = nullptr;  // What it was made of is not held for as long as the job is remembered.
  ++job.shown.version;
  changed_.notify_all();
}

}  // namespace throughline::app

// Long work that goes on while its page does something else: reading files in, verifying the log, running the model.
// One after another, on a thread of its own; how far each is can be asked at any time, and each can be stopped.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"
#include "ledger/model.h"

namespace throughline::app {

enum class JobState { waiting, running, stopping, done, failed };
[[nodiscard]] std::string_view name_of(JobState state);

// A job as its account sees it.
struct JobShown {
  std::string job = {};
  std::string kind = {};
  std::string title = {};
  JobState state = JobState::waiting;
  std::string stage = {};
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known.
  std::string unit = {};
  std::vector<std::string> notes = {};
  std::optional<Report> report = {};
  std::optional<base::Error> problem = {};
  base::Instant started_at = {};
  std::optional<base::Instant> ended_at = {};
  std::uint64_t version = 0;  // Grows with every change.
};

// What is to be done, with a progress and a wish to stop of the job's own.
using JobWork = std::function<base::Result<Report>(const Outside& outside)>;

struct JobOrder {
  ledger::AccountId maker;
  std::string kind;
  std::string title;
  JobWork work;
};

// Thread-safe. Kept in memory: the last fifty of each account, until the server stops. Whose a job is, is asked of the
// one permission function; whether the account may have jobs at all was asked before: see own_work.h.
//
// Accounts take turns: of those that wait, the next is one of another account than the last, in the order given, so
// that nobody who gives many keeps the others waiting behind all of them. Work that throws has failed, and the next
// one runs.
class Jobs {
 public:
  explicit Jobs(const Outside& outside);
  // Asks what runs to stop, and waits for it.
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // Errors: "jobs_full_own" with three of the account's own waiting, "jobs_full" with thirty of all or when the program
  // ends.
  [[nodiscard]] base::Result<JobShown> start(JobOrder order);
  // Error "job_unknown" for one that is another account's, as for one that is not there.
  [[nodiscard]] base::Result<JobShown> find(const ledger::Account& account, const std::string& job) const;
  [[nodiscard]] std::vector<JobShown> list(const ledger::Account& account) const;  // Newest first.
  [[nodiscard]] base::Result<JobShown> stop(const ledger::Account& account, const std::string& job);
  // The job once its version is above the one seen, or as it is after a second at most. One that has ended does not
  // change any more.
  [[nodiscard]] base::Result<JobShown> wait(const ledger::Account& account, const std::string& job,
                                            std::uint64_t version) const;
  // As the end of the program: what runs is asked to stop and waited for, what waits has failed, and nothing is begun
  // any more.
  void shut_down();

 private:
  class Observer;
  struct Job;
  void run();
  // The next to run. Expects the mutex to be held.
  [[nodiscard]] std::shared_ptr<Job> next_of_waiting() const;
  void run_one(Job& job);
  // Expects the mutex to be held.
  void end(Job& job, base::Result<Report> answer);
  [[nodiscard]] base::Result<std::shared_ptr<Job>> held(const ledger::Account& account, const std::string& job) const;
  void forget_old(ledger::AccountId maker);
  Outside outside_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::shared_ptr<Job>> jobs_;
  ledger::AccountId last_maker_;
  bool is_ending_ = false;
  std::thread thread_;  // Last, so that it starts when everything is there.
};

}  // namespace throughline::app

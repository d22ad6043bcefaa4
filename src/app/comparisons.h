// Comparisons of scenarios that the accounts of a server asked for: each is a job, and its answer is kept beside it.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "app/jobs.h"
#include "app/simulate_compared.h"
#include "base/result.h"
#include "ledger/model.h"

namespace throughline::app {

// Thread-safe. Kept in memory until the server stops: the last five of each account and the last twenty of all. Jobs
// that run may outlive it.
class Comparisons {
 public:
  // Errors: those of read_comparison and of Jobs::start.
  [[nodiscard]] base::Result<JobShown> start(Jobs& jobs, ledger::AccountId maker, ComparisonAsked asked);
  // Errors: "job_unknown" for another account's, as for one that is not there or is no comparison;
  // "comparison_not_done"; "comparison_forgotten" where newer ones took its place.
  [[nodiscard]] base::Result<std::shared_ptr<const KeptComparison>> find(const Jobs& jobs,
                                                                         const ledger::Account& account,
                                                                         const std::string& job) const;

 private:
  // What the job hands over when it is done.
  struct Answer {
    std::mutex mutex;
    std::shared_ptr<const KeptComparison> kept;
  };
  struct Begun {
    ledger::AccountId maker;
    std::string job;
    std::shared_ptr<Answer> answer;
  };
  void forget_old(ledger::AccountId maker);
  mutable std::mutex mutex_;  // Guards what follows.
  std::list<Begun> begun_;    // Oldest first.
};

}  // namespace throughline::app

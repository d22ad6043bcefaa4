#include "app/comparisons.h"

#include <algorithm>
#include <utility>

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::ptrdiff_t k_kept_of_account_max = 5;
constexpr std::size_t k_kept_max = 20;

Report report_of(const KeptComparison& kept) {
  return {.verb = "simulate",
          .sections = {{.name = "comparison",
                        .title = "The comparison is done",
                        .facts = kept_facts(kept),
                        .tables = {},
                        .notes = comparison_notes(kept.order.runs)}}};
}

}  // namespace

Result<JobShown> Comparisons::start(Jobs& jobs, ledger::AccountId maker, ComparisonAsked asked) {
  ComparisonOrder order = TRY(read_comparison(std::move(asked)));
  const auto answer = std::make_shared<Answer>();
  const auto work = [answer, order = std::move(order)](const Outside& outside) -> Result<Report> {
    Compared compared = TRY(run_compared(order.runs, outside));
    const auto kept =
        std::make_shared<const KeptComparison>(KeptComparison{.order = order, .compared = std::move(compared)});
    const std::lock_guard lock(answer->mutex);
    answer->kept = kept;
    return report_of(*kept);
  };
  JobShown shown = TRY(jobs.start(
      {.maker = maker, .kind = "comparison", .title = "Running the model with and without the change", .work = work}));
  const std::lock_guard lock(mutex_);
  begun_.push_back({.maker = maker, .job = shown.job, .answer = answer});
  forget_old(maker);
  return shown;
}

// Expects the mutex to be held.
void Comparisons::forget_old(ledger::AccountId maker) {
  const auto is_own = [&](const Begun& each) { return each.maker == maker; };
  if (std::ranges::count_if(begun_, is_own) > k_kept_of_account_max) {
    begun_.erase(std::ranges::find_if(begun_, is_own));
  }
  if (begun_.size() > k_kept_max) begun_.pop_front();
}

Result<std::shared_ptr<const KeptComparison>> Comparisons::find(const Jobs& jobs, const ledger::Account& account,
                                                                const std::string& job) const {
  const JobShown shown = TRY(jobs.find(account, job));
  if (shown.kind != "comparison") {
    return Error{ErrorKind::bad_command, "job_unknown", "This job is no comparison", "",
                 "The list of jobs shows of which kind each is"};
  }
  if (shown.state != JobState::done) {
    return Error{ErrorKind::bad_command, "comparison_not_done", "This comparison has no answer", "",
                 shown.ended_at ? "Run it again: it was stopped or failed" : "Wait until its job is done"};
  }
  const std::lock_guard lock(mutex_);
  const auto at = std::ranges::find(begun_, job, &Begun::job);
  if (at == begun_.end()) {
    return Error{ErrorKind::bad_command, "comparison_forgotten", "Newer comparisons took the place of this one", "",
                 "Run it again: the same scenario and seed give the same bytes"};
  }
  const std::lock_guard answered(at->answer->mutex);
  return at->answer->kept;
}

}  // namespace throughline::app

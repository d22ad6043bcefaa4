#include "app/refusal_notes.h"

#include <algorithm>
#include <utility>

namespace throughline::app {

namespace {

using Time = RefusalNotes::Time;

constexpr Time k_minute = std::chrono::minutes(1);

}  // namespace

bool RefusalNotes::has_entry(const ledger::Actor& actor, const ledger::Act& act, Time now) {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = windows_.try_emplace(actor.account, Window{.begun = now, .noted = 0});
  Window& window = at->second;
  if (now - window.begun >= k_minute) window = {.begun = now, .noted = 0};
  if (window.noted < k_noted_a_minute) {
    ++window.noted;
    return true;
  }
  Unsaid& unsaid = unsaid_[actor.account];
  if (unsaid.count++ == 0) unsaid.since = now;
  unsaid.last_actor = actor;
  unsaid.last_act = act;
  return false;
}

std::vector<RefusalNotes::Unsaid> RefusalNotes::take(std::optional<Time> now) {
  const std::lock_guard lock(mutex_);
  std::vector<Unsaid> taken;
  std::erase_if(unsaid_, [&](auto& each) {
    const bool is_taken = !now || *now - each.second.since >= k_minute;
    if (is_taken) taken.push_back(std::move(each.second));
    return is_taken;
  });
  return taken;
}

bool RefusalNotes::is_due(Time now) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(unsaid_, [&](const auto& each) { return now - each.second.since >= k_minute; });
}

void RefusalNotes::give_back(Unsaid unsaid) {
  const std::lock_guard lock(mutex_);
  const ledger::AccountId account = unsaid.last_actor.account;
  const auto [at, is_new] = unsaid_.try_emplace(account, unsaid);
  if (is_new) return;
  at->second.count += unsaid.count;
  at->second.since = std::min(at->second.since, unsaid.since);
}

}  // namespace throughline::app

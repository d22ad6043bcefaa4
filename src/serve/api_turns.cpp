#include "serve/api_turns.h"

namespace throughline::serve {

std::optional<Turns::Turn> Turns::take(const std::string& account) {
  const std::scoped_lock lock(mutex_);
  int& taken = taken_[account];
  if (taken >= per_account_max_) return {};
  ++taken;
  return std::optional<Turn>(std::in_place, *this, account);
}

void Turns::give_back(const std::string& account) {
  const std::scoped_lock lock(mutex_);
  const auto at = taken_.find(account);
  if (--at->second == 0) taken_.erase(at);
}

}  // namespace throughline::serve

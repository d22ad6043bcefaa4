#include "serve/http_gate.h"

#include "base/check.h"

namespace throughline::serve {

std::shared_ptr<void> Gate::enter(const std::string& who) {
  const std::scoped_lock lock(mutex_);
  const auto known = of_each_.find(who);
  const std::int64_t of_one = known == of_each_.end() ? 0 : known->second;
  if (inside_ >= bounds_.all_max || of_one >= bounds_.of_one_max) return nullptr;
  // The place counts only once it exists: making it may fail for want of memory.
  std::shared_ptr<void> place(nullptr, [gate = shared_from_this(), who](void*) { gate->leave(who); });
  ++inside_;
  ++of_each_[who];
  // A shared_ptr of nothing would look like no place, so it points at the gate.
  return {place, this};
}

void Gate::leave(const std::string& who) {
  const std::scoped_lock lock(mutex_);
  const auto known = of_each_.find(who);
  CHECK(known != of_each_.end() && known->second > 0);
  if (--known->second == 0) of_each_.erase(known);
  --inside_;
  left_.notify_all();
}

bool Gate::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, time, [this] { return inside_ == 0; });
}

}  // namespace throughline::serve

#include "serve/http_gate.h"

#include <utility>

#include "base/check.h"
#include "base/network.h"

namespace throughline::serve {

struct Gate::Place {
  Place(std::shared_ptr<Gate> held, std::string name) : gate(std::move(held)), who(std::move(name)) {}
  ~Place() {
    if (is_taken) gate->leave(who);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  std::shared_ptr<Gate> gate;
  std::string who;
  bool is_taken = false;
};

std::shared_ptr<void> Gate::enter(const std::string& address) {
  const std::string who = base::network_of(address);
  // Made before it is counted: it may fail for want of memory.
  auto place = std::make_shared<Place>(shared_from_this(), who);
  const std::scoped_lock lock(mutex_);
  const auto known = of_each_.find(who);
  const std::int64_t of_one = known == of_each_.end() ? 0 : known->second;
  if (inside_ >= bounds_.all_max || of_one >= bounds_.of_one_max) return nullptr;
  ++of_each_[who];
  ++inside_;
  place->is_taken = true;
  return place;
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

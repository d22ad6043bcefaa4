#include "app/sign_in_throttle.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/network.h"
#include "base/sha256.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using Time = SignInThrottle::Time;

constexpr Time k_first_wait = std::chrono::seconds(1);
constexpr Time k_forgotten_after = std::chrono::hours(1);
constexpr std::int64_t k_doublings_max = 20;
constexpr Time k_minute = std::chrono::minutes(1);

// Two texts, the first preceded by its length.
base::Hash key_of(char kind, const std::string& one, const std::string& other) {
  return base::hash_text(kind + std::to_string(one.size()) + ':' + one + other);
}

struct Key {
  base::Hash hash;
  std::int64_t free_tries = 0;
  Time wait_max{};
};

std::vector<Key> keys_of(const SignInThrottle::Who& who) {
  const std::string network = base::network_of(who.peer);
  std::vector<Key> keys = {{.hash = key_of('p', "", network),
                            .free_tries = SignInThrottle::k_free_tries_of_address,
                            .wait_max = std::chrono::minutes(5)}};
  if (who.account.empty()) return keys;
  const std::string name = base::fold(who.account);
  keys.push_back({.hash = key_of('b', name, network),
                  .free_tries = SignInThrottle::k_free_tries,
                  .wait_max = std::chrono::minutes(5)});
  keys.push_back({.hash = key_of('n', name, ""),
                  .free_tries = SignInThrottle::k_free_tries,
                  .wait_max = std::chrono::seconds(30)});
  return keys;
}

}  // namespace

Time SignInThrottle::wait_of(const Count& count, const Rule& rule, Time now) {
  const std::int64_t over = count.failures - rule.free_tries;
  if (over < 0) return {};
  const Time wait = std::min(k_first_wait * (std::int64_t{1} << std::min(over, k_doublings_max)), rule.wait_max);
  return std::max(count.last + wait - now, Time{});
}

void SignInThrottle::forget_old(Time now) {
  if (counts_.size() < k_kept_max) return;
  std::erase_if(counts_, [&](const auto& each) { return now - each.second.last >= k_forgotten_after; });
  if (counts_.size() < k_kept_max) return;
  // Still too many: a storm from many places. The oldest half goes; what counts are the names and addresses of now.
  std::vector<Time> times;
  for (const auto& [key, count] : counts_) times.push_back(count.last);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  std::erase_if(counts_, [&](const auto& each) { return each.second.last <= *middle; });
}

Time SignInThrottle::begin(const Who& who, Time now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  Time longest{};
  const std::vector<Key> keys = keys_of(who);
  for (const Key& key : keys) {
    const auto at = counts_.find(key.hash);
    if (at == counts_.end()) continue;
    if (now - at->second.last >= k_forgotten_after) at->second = {};
    longest = std::max(longest, wait_of(at->second, {.free_tries = key.free_tries, .wait_max = key.wait_max}, now));
  }
  if (longest > Time{}) return longest;
  for (const Key& key : keys) {
    Count& count = counts_[key.hash];
    ++count.failures;
    count.last = now;
  }
  return {};
}

void SignInThrottle::succeeded(const Who& who) {
  const std::lock_guard lock(mutex_);
  for (const Key& key : keys_of(who)) {
    const auto at = counts_.find(key.hash);
    if (at == counts_.end()) continue;
    // The name's owner is known now; the address has shown only that one of its tries was good.
    const bool is_of_address = key.free_tries == k_free_tries_of_address;
    at->second.failures = is_of_address ? std::max<std::int64_t>(at->second.failures - 1, 0) : 0;
  }
}

std::int64_t NoteBudget::take_unsaid(std::optional<Time> now) {
  const std::lock_guard lock(mutex_);
  const bool is_due = !now || *now - window_begun_ >= k_minute;
  return is_due ? std::exchange(unsaid_, 0) : 0;
}

void NoteBudget::give_back(std::int64_t unsaid) {
  const std::lock_guard lock(mutex_);
  unsaid_ += unsaid;
}

NoteBudget::Leave NoteBudget::ask(Time now) {
  const std::lock_guard lock(mutex_);
  Leave leave;
  if (now - window_begun_ >= k_minute) {
    window_begun_ = now;
    noted_ = 0;
    leave.unsaid = std::exchange(unsaid_, 0);
  }
  leave.is_noted = noted_ < k_noted_a_minute;
  ++(leave.is_noted ? noted_ : unsaid_);
  return leave;
}

}  // namespace throughline::app

#include "serve/http_workers.h"

#include <utility>

#include "base/check.h"
#include "base/number.h"

namespace throughline::serve {

Workers::Workers(WorkersOptions options) : waiting_max_(options.waiting_max) {
  CHECK(options.threads > 0 && options.waiting_max > 0);
  for (int thread = 0; thread < options.threads; ++thread) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  stop();
}

bool Workers::offer(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    if (is_stopped_ || base::narrow<std::int64_t>(waiting_.size()) >= waiting_max_) return false;
    waiting_.push_back(std::move(work));
  }
  changed_.notify_one();
  return true;
}

void Workers::stop() {
  std::deque<std::function<void()>> dropped;
  {
    const std::scoped_lock lock(mutex_);
    is_stopped_ = true;
    // Dropped outside the lock: what it holds may be large, and may end in code that is not ours.
    dropped.swap(waiting_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_stopped_ || !waiting_.empty(); });
    if (is_stopped_) return;
    {
      const std::function<void()> work = std::exchange(waiting_.front(), {});
      waiting_.pop_front();
      lock.unlock();
      work();
    }
    lock.lock();
  }
}

}  // namespace throughline::serve

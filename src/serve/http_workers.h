// Threads that do what may take long, so that the network threads never wait.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace throughline::serve {

// Where a connection hands what may take long.
class Runner {
 public:
  Runner() = default;
  virtual ~Runner() = default;
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Runs the work some time later, on another thread. False, and the work is dropped, where too much is waiting.
  [[nodiscard]] virtual bool offer(std::function<void()> work) = 0;
};

struct WorkersOptions {
  int threads = 1;
  std::int64_t waiting_max = 1;  // Beside those being run.
};

// A fixed number of threads and a queue that is bounded.
class Workers final : public Runner {
 public:
  explicit Workers(WorkersOptions options);
  // As stop().
  ~Workers() override;

  // REQUIRES: the work throws nothing.
  [[nodiscard]] bool offer(std::function<void()> work) override;
  // Drops what is waiting, waits for what is running, ends the threads. Nothing is taken from then on.
  void stop();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  std::int64_t waiting_max_;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace throughline::serve

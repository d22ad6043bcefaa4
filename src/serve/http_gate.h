// How many may be inside at once, and how many of one kind: connections, by the address they come from, where all of an
// IPv6 network of 64 bits are one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace throughline::serve {

class Gate : public std::enable_shared_from_this<Gate> {
 public:
  struct Bounds {
    std::int64_t all_max = 0;
    std::int64_t of_one_max = 0;
  };
  explicit Gate(Bounds bounds) : bounds_(bounds) {}

  // A place, given back when it is destroyed; null where there is none left.
  [[nodiscard]] std::shared_ptr<void> enter(const std::string& address);
  // Waits until all places are given back, but no longer than so long. Whether they are.
  [[nodiscard]] bool wait_until_empty(std::chrono::milliseconds time);

 private:
  struct Place;

  void leave(const std::string& who);

  Bounds bounds_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::int64_t inside_ = 0;
  std::map<std::string, std::int64_t> of_each_;
};

}  // namespace throughline::serve

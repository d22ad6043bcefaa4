#include "store/fault_points.h"

#include <unistd.h>
#include <csignal>
#include <mutex>
#include <utility>

namespace throughline::store {

std::atomic<bool> fault_points_armed = false;

namespace {

struct Armed {
  std::mutex mutex;
  std::string name;
  std::int64_t left = 0;
};

Armed& armed() {
  static Armed the_armed;
  return the_armed;
}

}  // namespace

void arm_fault_point(std::string name, std::int64_t count) {
  const std::lock_guard lock(armed().mutex);
  armed().name = std::move(name);
  armed().left = count;
  fault_points_armed = count > 0;
}

void disarm_fault_points() {
  arm_fault_point("", 0);
}

void reach_fault_point(std::string_view name) {
  const std::lock_guard lock(armed().mutex);
  if (armed().name != name && armed().name != "any") return;
  // SIGKILL cannot be caught, so nothing of ours tidies up: just like a power cut seen from the process.
  if (--armed().left == 0) ::kill(::getpid(), SIGKILL);
}

}  // namespace throughline::store

#include "app/outside.h"

#include <sys/random.h>

#include <chrono>
#include <ctime>
#include <optional>

#include "base/check.h"
#include "base/number.h"
#include "store/fault_points.h"

namespace throughline::app {

base::Instant SystemClock::now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

std::chrono::microseconds SystemClock::uptime() {
  timespec since_start{};
  CHECK(clock_gettime(CLOCK_BOOTTIME, &since_start) == 0);
  const auto whole = std::chrono::seconds(since_start.tv_sec);
  return whole + std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(since_start.tv_nsec));
}

void SystemEntropy::fill(std::span<std::byte> bytes) {
  // getrandom gives at most 256 bytes whole; more may come in parts.
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t got = getrandom(bytes.data() + done, bytes.size() - done, 0);
    CHECK(got > 0);
    done += static_cast<std::size_t>(got);
  }
}

void arm_fault_point(const std::string& point) {
  if (point.empty()) return;
  const std::size_t colon = point.rfind(':');
  const auto count = colon == std::string::npos ? std::nullopt : base::parse_integer(point.substr(colon + 1));
  store::arm_fault_point(point.substr(0, colon), count.value_or(1));
}

}  // namespace throughline::app

#include "app/upload_room.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/number.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

struct Taken {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

Error full(const UploadLimits& limits) {
  return {ErrorKind::bad_command, "uploads_full",
          fmt::format("{} files, or {}, of yours lie here or are on their way already", limits.files_max,
                      base::format_bytes(limits.bytes_max)),
          "", "Read one in, or take one away"};
}

Error without_reserve(const UploadLimits& limits) {
  return {ErrorKind::world, "disk_reserve",
          fmt::format("The server's disk would be left with less than the {} that it keeps free",
                      base::format_bytes(limits.disk_reserve_bytes)),
          "", "Ask whoever runs the server to make room, then hand the file in again"};
}

// Whether so many bytes fit beside the reserve; not where the disk cannot be asked.
bool has_room(const std::filesystem::path& folder, std::int64_t bytes, std::int64_t reserve) {
  std::error_code failure;
  const std::filesystem::space_info disk = std::filesystem::space(folder, failure);
  if (failure) return false;
  return disk.available >= static_cast<std::uintmax_t>(bytes) + static_cast<std::uintmax_t>(reserve);
}

}  // namespace

struct UploadRoom::State {
  UploadLimits limits;
  std::mutex mutex;
  std::map<ledger::AccountId, Taken> taken;
};

UploadRoom::UploadRoom(const UploadLimits& limits) : state_(std::make_shared<State>()) {
  state_->limits = limits;
}

Result<std::shared_ptr<UploadRoom::Place>> UploadRoom::enter(ledger::AccountId account, std::int64_t bytes_expected) {
  const std::lock_guard lock(state_->mutex);
  Taken& taken = state_->taken[account];
  const UploadLimits& limits = state_->limits;
  if (taken.files >= limits.files_max || bytes_expected > limits.bytes_max - taken.bytes) return full(limits);
  // Made before it is counted: it may fail for want of memory.
  auto place = std::make_shared<Place>(state_, account, bytes_expected);
  ++taken.files;
  taken.bytes += bytes_expected;
  return place;
}

UploadRoom::Place::Place(std::shared_ptr<State> state, ledger::AccountId account, std::int64_t bytes_expected)
    : state_(std::move(state)), account_(account), bytes_expected_(bytes_expected) {}

UploadRoom::Place::~Place() {
  const std::lock_guard lock(state_->mutex);
  const auto at = state_->taken.find(account_);
  CHECK(at != state_->taken.end() && at->second.files > 0);
  --at->second.files;
  at->second.bytes -= std::max(bytes_, bytes_expected_);
}

Result<void> UploadRoom::Place::grow(const std::filesystem::path& folder, std::int64_t bytes) {
  const UploadLimits& limits = state_->limits;
  // All that is still to come is asked for at once: better to hear it now than after the first four gigabytes. Only
  // the one who writes the file changes its bytes, so they are read without the lock, which the network waits for.
  const std::int64_t to_come = std::max(bytes, bytes_expected_ - bytes_);
  if (!has_room(folder, to_come, limits.disk_reserve_bytes)) return without_reserve(limits);
  const std::lock_guard lock(state_->mutex);
  std::int64_t& taken = state_->taken[account_].bytes;
  const std::int64_t more = std::max(bytes_ + bytes, bytes_expected_) - std::max(bytes_, bytes_expected_);
  if (more > limits.bytes_max - taken) return full(limits);
  taken += more;
  bytes_ += bytes;
  return {};
}

}  // namespace throughline::app

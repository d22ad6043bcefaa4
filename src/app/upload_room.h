// How much room the files may take that accounts hand in: so many files and bytes of one account, counted from the
// first byte that arrives, and never so much that the disk is left without what the records and the log need.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "ledger/model.h"

namespace throughline::app {

struct UploadLimits {
  std::int64_t files_max = 5;                               // Of one account.
  std::int64_t bytes_max = std::int64_t{8} << 30;           // Of one account.
  std::int64_t disk_reserve_bytes = std::int64_t{1} << 30;  // Of the disk, for everything else.
};

// Thread-safe.
class UploadRoom {
 public:
  explicit UploadRoom(const UploadLimits& limits);

  // What one file takes, given back when it ends; may outlive the room.
  class Place;
  // For a file that is said to be so long; nought where that was not said. Error "uploads_full".
  [[nodiscard]] base::Result<std::shared_ptr<Place>> enter(ledger::AccountId account, std::int64_t bytes_expected);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

class UploadRoom::Place {
 public:
  Place(std::shared_ptr<State> state, ledger::AccountId account, std::int64_t bytes_expected);
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  // Before so many bytes more are written into that folder; one thread after another. Errors "uploads_full" and, for a
  // disk that would have less than its reserve left, "disk_reserve". Takes a look at the disk, so not on a thread that
  // may not wait.
  [[nodiscard]] base::Result<void> grow(const std::filesystem::path& folder, std::int64_t bytes);

 private:
  std::shared_ptr<State> state_;
  ledger::AccountId account_;
  std::int64_t bytes_expected_;
  std::int64_t bytes_ = 0;
};

}  // namespace throughline::app

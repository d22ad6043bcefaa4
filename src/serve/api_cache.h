// Answers about published data, kept as they were sent, so that the next who asks the same waits for nothing. Whether
// somebody may have an answer is asked each time, before the cache is.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace throughline::serve {

using SharedBytes = std::shared_ptr<const std::string>;

// Thread-safe. Holds so many bytes at most; what was asked for longest ago goes first. Everything goes when the
// generation, the state of what can be seen, is another.
class AnswerCache {
 public:
  explicit AnswerCache(std::int64_t bytes_max) : bytes_max_(bytes_max) {}

  // Null where it is not there, or of another generation.
  [[nodiscard]] SharedBytes find(const std::string& key, std::uint64_t generation);
  void keep(const std::string& key, std::uint64_t generation, SharedBytes bytes);
  [[nodiscard]] std::int64_t bytes() const;

 private:
  struct Kept {
    std::string key;
    SharedBytes bytes;
  };
  void turn_to(std::uint64_t generation);

  const std::int64_t bytes_max_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::int64_t bytes_ = 0;
  std::list<Kept> kept_;  // Asked for last, first.
  std::map<std::string, std::list<Kept>::iterator, std::less<>> by_key_;
};

}  // namespace throughline::serve

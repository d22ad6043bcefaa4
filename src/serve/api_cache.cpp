#include "serve/api_cache.h"

namespace throughline::serve {

namespace {

std::int64_t size_of(const std::string& key, const SharedBytes& bytes) {
  return static_cast<std::int64_t>(key.size() + bytes->size());
}

}  // namespace

SharedBytes AnswerCache::find(const std::string& key, std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return nullptr;
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->bytes;
}

void AnswerCache::keep(const std::string& key, std::uint64_t generation, SharedBytes bytes) {
  const std::lock_guard lock(mutex_);
  // An answer that was begun before the last change is not kept over those begun after it.
  if (generation < generation_) return;
  turn_to(generation);
  if (size_of(key, bytes) > bytes_max_ || by_key_.contains(key)) return;
  bytes_ += size_of(key, bytes);
  kept_.push_front({.key = key, .bytes = std::move(bytes)});
  by_key_[key] = kept_.begin();
  while (bytes_ > bytes_max_) {
    bytes_ -= size_of(kept_.back().key, kept_.back().bytes);
    by_key_.erase(kept_.back().key);
    kept_.pop_back();
  }
}

std::int64_t AnswerCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void AnswerCache::turn_to(std::uint64_t generation) {
  if (generation == generation_) return;
  generation_ = generation;
  kept_.clear();
  by_key_.clear();
  bytes_ = 0;
}

}  // namespace throughline::serve

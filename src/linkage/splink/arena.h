// Where texts and lists made on the way live, for as long as the values that point at them.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "linkage/splink/value.h"

namespace throughline::linkage::splink {

class Arena {
 public:
  Arena() = default;
  // A move that fails for want of memory ends the program.
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Moving an Arena leaves what it holds where it is.
  [[nodiscard]] std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  [[nodiscard]] const List* keep(List list) { return &lists_.emplace_back(std::move(list)); }
  void clear() {
    texts_.clear();
    lists_.clear();
  }

 private:
  std::deque<std::string> texts_;
  std::deque<List> lists_;
};

}  // namespace throughline::linkage::splink

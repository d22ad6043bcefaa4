// Carries out the steps of a bound expression for two records.
#pragma once

#include <array>
#include <span>

#include "linkage/splink/arena.h"
#include "linkage/splink/plan.h"
#include "linkage/splink/value.h"

namespace throughline::linkage::splink {

// Two records' values, by slot. For what is worked out of one record alone, the record is the left one.
struct RecordPair {
  std::span<const Value> left;
  std::span<const Value> right;
};

class Evaluator {
 public:
  // What values point at lives in the arena.
  explicit Evaluator(Arena& arena) : arena_(&arena) {}

  // As SQL says it: AND and OR know three truths, CASE looks no further than it must; a failed value spreads, except
  // where AND is false or OR true without it.
  [[nodiscard]] Value evaluate(const Step& step, const RecordPair& pair);

 private:
  [[nodiscard]] Value compared(const Step& step, const RecordPair& pair);
  [[nodiscard]] Value joined(const Step& step, const RecordPair& pair, bool deciding);
  [[nodiscard]] Value chosen(const Step& step, const RecordPair& pair);
  [[nodiscard]] Value called(const Step& step, const RecordPair& pair);
  [[nodiscard]] Value listed(const Step& step, const RecordPair& pair);
  [[nodiscard]] Value over_members(const Step& step, const RecordPair& pair);

  Arena* arena_;
  std::array<Value, 8> arguments_{};  // Of the lambdas around.
};

}  // namespace throughline::linkage::splink

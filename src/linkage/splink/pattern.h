// Regular expressions of a model's SQL, matched in time that grows only with the text and the pattern.
//
// The subset of RE2 that models use, with RE2's meaning: characters are code points, the leftmost match wins, and of
// those the one a backtracking matcher would find first. Read: literals, ., classes with ranges and \d \w \s, ^ $ \b,
// groups (also (?: ) and (?i) at the front), |, * + ? {m,n} and their lazy forms. Back references and look-around are
// refused, as RE2 does.
//
// Sources: K. Thompson (1968); R. Pike's machine as described by R. Cox, "Regular expression matching: the virtual
// machine approach" (2009).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throughline::linkage::splink {

// One step of the machine. A jump's targets are places in the program.
struct PatternStep {
  enum class Kind { letters, split, jump, save, at_begin, at_end, at_word_border, not_word_border, match };
  Kind kind = Kind::match;
  std::int32_t first = 0;   // letters: the set; split: the way tried first; jump: the target; save: the slot.
  std::int32_t second = 0;  // split: the way tried next.
};

struct LetterRange {
  char32_t first = 0;
  char32_t last = 0;
};

struct LetterSet {
  std::vector<LetterRange> ranges;
  bool is_negated = false;

  [[nodiscard]] bool has(char32_t letter) const;
};

class Pattern {
 public:
  // Errors: what is no pattern of the subset, with the place in it; more than 20,000 steps.
  static base::Result<Pattern> compile(std::string_view text);

  // The bytes of group 0 (the whole match) or a later one. Nothing where the text does not match; empty where it does
  // and the group took no part. REQUIRES: 0 <= group.
  [[nodiscard]] std::optional<std::string_view> extract(std::string_view text, int group) const;
  // Groups beside the whole.
  [[nodiscard]] int groups() const { return groups_; }

 private:
  friend class PatternCompiler;
  std::vector<PatternStep> steps_;
  std::vector<LetterSet> sets_;
  int groups_ = 0;
};

}  // namespace throughline::linkage::splink

#include "linkage/splink/pattern.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/utf8.h"

namespace throughline::linkage::splink {

namespace {

bool is_word_letter(char32_t letter) {
  return (letter >= U'0' && letter <= U'9') || (letter >= U'A' && letter <= U'Z') ||
         (letter >= U'a' && letter <= U'z') || letter == U'_';
}

using Slots = std::vector<std::size_t>;
constexpr std::size_t k_unset = static_cast<std::size_t>(-1);

struct Thread {
  std::int32_t step = 0;
  Slots slots;
};

// Where the machine stands in the text.
struct Position {
  std::size_t at = 0;
  bool is_begin = false;
  bool is_end = false;
  bool is_word_border = false;
};

// The threads alive at one place, in order of preference, none at a step where another is already.
class Machine {
 public:
  Machine(const std::vector<PatternStep>& steps, const std::vector<LetterSet>& sets)
      : steps_(steps), sets_(sets), seen_(steps.size(), k_unset) {}

  // Follows all steps that read no letter, the preferred ways first.
  void add(std::vector<Thread>& threads, Thread first, const Position& position) {
    std::vector<Thread> open;
    open.push_back(std::move(first));
    while (!open.empty()) {
      Thread thread = std::move(open.back());
      open.pop_back();
      const auto step_at = static_cast<std::size_t>(thread.step);
      if (seen_[step_at] == position.at) continue;
      seen_[step_at] = position.at;
      follow(std::move(thread), position, open, threads);
    }
  }

  [[nodiscard]] bool reads(const Thread& thread, char32_t letter) const {
    const PatternStep& step = steps_[static_cast<std::size_t>(thread.step)];
    return step.kind == PatternStep::Kind::letters && sets_[static_cast<std::size_t>(step.first)].has(letter);
  }
  [[nodiscard]] bool is_match(const Thread& thread) const {
    return steps_[static_cast<std::size_t>(thread.step)].kind == PatternStep::Kind::match;
  }

 private:
  using Kind = PatternStep::Kind;

  [[nodiscard]] static bool holds(Kind kind, const Position& position) {
    switch (kind) {
      case Kind::at_begin: return position.is_begin;
      case Kind::at_end: return position.is_end;
      case Kind::at_word_border: return position.is_word_border;
      case Kind::not_word_border: return !position.is_word_border;
      default: return true;
    }
  }

  void follow(Thread thread, const Position& position, std::vector<Thread>& open, std::vector<Thread>& threads) const {
    const PatternStep& step = steps_[static_cast<std::size_t>(thread.step)];
    if (step.kind == Kind::letters || step.kind == Kind::match) {
      threads.push_back(std::move(thread));
      return;
    }
    if (step.kind == Kind::split) {
      open.push_back({.step = step.second, .slots = thread.slots});
      open.push_back({.step = step.first, .slots = std::move(thread.slots)});
      return;
    }
    if (!holds(step.kind, position)) return;
    if (step.kind == Kind::save) thread.slots[static_cast<std::size_t>(step.first)] = position.at;
    thread.step = step.kind == Kind::jump ? step.first : thread.step + 1;
    open.push_back(std::move(thread));
  }

  const std::vector<PatternStep>& steps_;
  const std::vector<LetterSet>& sets_;
  std::vector<std::size_t> seen_;  // By step: the place in the text at which a thread came there last.
};

// The threads that read the letter, or none at the end; the first that matches is the best so far, and those after it
// are less preferred.
std::vector<Thread> step(const Machine& machine, std::vector<Thread>& here, std::optional<char32_t> letter,
                         std::optional<Slots>& best) {
  std::vector<Thread> next;
  for (Thread& thread : here) {
    if (machine.is_match(thread)) {
      best = std::move(thread.slots);
      break;
    }
    if (!letter.has_value() || !machine.reads(thread, *letter)) continue;
    next.push_back({.step = thread.step + 1, .slots = std::move(thread.slots)});
  }
  return next;
}

// Nothing at the end.
base::utf8::Sequence letter_at(std::string_view text, std::size_t at) {
  return at == text.size() ? base::utf8::Sequence{} : base::utf8::read(text, at);
}

// What a group took in; empty where it took part in no match.
std::string_view group_text(std::string_view text, const Slots& slots, int group) {
  const std::size_t begin = slots[2 * static_cast<std::size_t>(group)];
  const std::size_t end = slots[2 * static_cast<std::size_t>(group) + 1];
  if (begin == k_unset || end == k_unset) return text.substr(0, 0);
  return text.substr(begin, end - begin);
}

}  // namespace

bool LetterSet::has(char32_t letter) const {
  const bool is_in = std::ranges::any_of(
      ranges, [letter](const LetterRange& range) { return letter >= range.first && letter <= range.last; });
  return is_in != is_negated;
}

std::optional<std::string_view> Pattern::extract(std::string_view text, int group) const {
  CHECK(group >= 0);
  Machine machine(steps_, sets_);
  std::vector<Thread> threads;
  std::optional<Slots> best;
  bool was_word = false;
  for (std::size_t at = 0;;) {
    const bool is_end = at == text.size();
    const base::utf8::Sequence letter = letter_at(text, at);
    const bool is_word = !is_end && is_word_letter(letter.point);
    const Position position{.at = at, .is_begin = at == 0, .is_end = is_end, .is_word_border = was_word != is_word};
    std::vector<Thread> here;
    for (Thread& thread : threads) machine.add(here, std::move(thread), position);
    if (!best.has_value()) {
      machine.add(here, {.step = 0, .slots = Slots(2 * static_cast<std::size_t>(groups_ + 1), k_unset)}, position);
    }
    threads = step(machine, here, is_end ? std::optional<char32_t>() : letter.point, best);
    if (is_end || (best.has_value() && threads.empty())) break;
    was_word = is_word;
    at += letter.length;
  }
  if (!best.has_value()) return std::nullopt;
  return group > groups_ ? std::string_view() : group_text(text, *best, group);
}

}  // namespace throughline::linkage::splink

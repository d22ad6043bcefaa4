#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"
#include "base/utf8.h"
#include "linkage/splink/pattern.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::size_t k_steps_max = 20'000;
constexpr int k_repeats_max = 1'000;
constexpr int k_depth_max = 50;
constexpr char32_t k_last_letter = 0x10FFFF;

LetterSet named_set(char32_t letter) {
  switch (letter) {
    case U'd': return {.ranges = {{U'0', U'9'}}};
    case U'D': return {.ranges = {{U'0', U'9'}}, .is_negated = true};
    case U's': return {.ranges = {{U'\t', U'\n'}, {U'\f', U'\r'}, {U' ', U' '}}};
    case U'S': return {.ranges = {{U'\t', U'\n'}, {U'\f', U'\r'}, {U' ', U' '}}, .is_negated = true};
    case U'w': return {.ranges = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}}};
    case U'W': return {.ranges = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}}, .is_negated = true};
    default: return {};
  }
}

std::vector<LetterRange> positive(const LetterSet& set) {
  if (!set.is_negated) return set.ranges;
  std::vector<LetterRange> made;
  char32_t next = 0;
  for (const LetterRange& range : set.ranges) {  // Those of named sets ascend.
    if (range.first > next) made.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  made.push_back({next, k_last_letter});
  return made;
}

std::optional<char32_t> escaped_letter(char32_t letter) {
  switch (letter) {
    case U'n': return U'\n';
    case U't': return U'\t';
    case U'r': return U'\r';
    case U'f': return U'\f';
    case U'v': return U'\v';
    default: break;
  }
  const bool is_word = (letter >= U'0' && letter <= U'9') || (letter >= U'A' && letter <= U'Z') ||
                       (letter >= U'a' && letter <= U'z') || letter >= 0x80;
  return is_word ? std::nullopt : std::optional(letter);
}

}  // namespace

// Reads a pattern from front to back and writes the machine's steps as it goes.
class PatternCompiler {
 public:
  explicit PatternCompiler(std::string_view text) : letters_(base::utf8::points(text)) {}

  base::Result<Pattern> compile() {
    if (letters_.starts_with(U"(?i)")) {
      ignores_case_ = true;
      at_ = 4;
    }
    write({.kind = PatternStep::Kind::save, .first = 0});
    TRY(alternatives());
    if (at_ != letters_.size()) return fault("a ) without its (");
    write({.kind = PatternStep::Kind::save, .first = 1});
    write({.kind = PatternStep::Kind::match});
    return std::move(made_);
  }

 private:
  using Kind = PatternStep::Kind;
  using Steps = std::vector<PatternStep>;

  [[nodiscard]] base::Error fault(const std::string& what) const {
    return {.kind = base::ErrorKind::bad_command,
            .code = "splink_pattern",
            .what = "a regular expression has " + what + " at character " + std::to_string(at_ + 1),
            .remedy = "Write it with literals, classes such as [A-Z], groups, | and the repeats * + ? {m,n}."};
  }

  [[nodiscard]] std::int32_t place() const { return static_cast<std::int32_t>(made_.steps_.size()); }
  void write(PatternStep step) { made_.steps_.push_back(step); }
  // Makes room for one step before those from `from`, and moves their targets.
  void insert(std::int32_t from, PatternStep step) {
    shift(made_.steps_.begin() + from, 1);
    made_.steps_.insert(made_.steps_.begin() + from, step);
  }
  void shift(Steps::iterator from, std::int32_t by) {
    for (auto step = from; step != made_.steps_.end(); ++step) {
      if (step->kind == Kind::jump || step->kind == Kind::split) step->first += by;
      if (step->kind == Kind::split) step->second += by;
    }
  }

  [[nodiscard]] bool is_next(char32_t letter) const { return at_ < letters_.size() && letters_[at_] == letter; }
  bool take(char32_t letter) {
    const bool is_here = is_next(letter);
    at_ += is_here ? 1 : 0;
    return is_here;
  }

  base::Result<void> alternatives() {
    if (++depth_ > k_depth_max) return fault("groups more than 50 deep");
    const std::int32_t begin = place();
    TRY(sequence());
    std::vector<std::int32_t> jumps;
    std::int32_t from = begin;
    while (take(U'|')) {
      insert(from, {.kind = Kind::split, .first = from + 1, .second = place() + 2});
      jumps.push_back(place());
      write({.kind = Kind::jump});
      from = place();
      TRY(sequence());
    }
    for (const std::int32_t jump : jumps) made_.steps_[static_cast<std::size_t>(jump)].first = place();
    --depth_;
    return {};
  }

  base::Result<void> sequence() {
    while (at_ < letters_.size() && !is_next(U'|') && !is_next(U')')) {
      const std::int32_t begin = place();
      const bool can_repeat = TRY(atom());
      TRY(repeats(begin, can_repeat));
      if (made_.steps_.size() > k_steps_max) return fault("more repeats than can be held");
    }
    return {};
  }

  // False for what cannot be repeated.
  base::Result<bool> atom() {
    const char32_t letter = letters_[at_];
    if (letter == U'(') return group();
    if (letter == U'[') return letter_class();
    if (letter == U'\\') return escape();
    if (letter == U'*' || letter == U'+' || letter == U'?' || letter == U'{') return fault("a repeat of nothing");
    ++at_;
    if (letter == U'^') {
      write({.kind = Kind::at_begin});
      return false;
    }
    if (letter == U'$') {
      write({.kind = Kind::at_end});
      return false;
    }
    if (letter == U'.') {
      write_set({.ranges = {{U'\n', U'\n'}}, .is_negated = true});
    } else {
      write_letter(letter);
    }
    return true;
  }

  base::Result<bool> group() {
    ++at_;
    bool is_kept = true;
    if (take(U'?')) {
      if (!take(U':')) return fault("a kind of group that is not read");
      is_kept = false;
    }
    const int slot = is_kept ? 2 * ++made_.groups_ : 0;
    if (is_kept) write({.kind = Kind::save, .first = slot});
    TRY(alternatives());
    if (!take(U')')) return fault("a ( without its )");
    if (is_kept) write({.kind = Kind::save, .first = slot + 1});
    return true;
  }

  base::Result<bool> escape() {
    ++at_;
    if (at_ == letters_.size()) return fault("a \\ at the end");
    const char32_t letter = letters_[at_++];
    if (letter == U'b' || letter == U'B') {
      write({.kind = letter == U'b' ? Kind::at_word_border : Kind::not_word_border});
      return false;
    }
    if (LetterSet set = named_set(letter); !set.ranges.empty()) {
      write_set(std::move(set));
      return true;
    }
    const auto plain = escaped_letter(letter);
    if (!plain.has_value()) return fault("an escape that is not read");
    write_letter(*plain);
    return true;
  }

  base::Result<bool> letter_class() {
    ++at_;
    LetterSet set{.ranges = {}, .is_negated = take(U'^')};
    bool is_first = true;
    while (is_first || !is_next(U']')) {
      if (at_ == letters_.size()) return fault("a [ without its ]");
      is_first = false;
      TRY(class_member(set));
    }
    ++at_;
    write_set(std::move(set));
    return true;
  }

  base::Result<void> class_member(LetterSet& set) {
    if (letters_.substr(at_, 2) == U"[:") return fault("a class by name");
    if (is_next(U'\\') && at_ + 1 < letters_.size()) {
      const LetterSet named = named_set(letters_[at_ + 1]);
      if (!named.ranges.empty()) {
        at_ += 2;
        const std::vector<LetterRange> ranges = positive(named);
        set.ranges.insert(set.ranges.end(), ranges.begin(), ranges.end());
        return {};
      }
    }
    const char32_t first = TRY(class_letter());
    char32_t last = first;
    if (is_next(U'-') && at_ + 1 < letters_.size() && letters_[at_ + 1] != U']') {
      ++at_;
      last = TRY(class_letter());
      if (last < first) return fault("a range that ends before it begins");
    }
    set.ranges.push_back({first, last});
    return {};
  }

  base::Result<char32_t> class_letter() {
    if (at_ == letters_.size()) return fault("a [ without its ]");
    const char32_t letter = letters_[at_++];
    if (letter != U'\\') return letter;
    if (at_ == letters_.size()) return fault("a \\ at the end");
    const auto plain = escaped_letter(letters_[at_++]);
    if (!plain.has_value()) return fault("an escape that is not read");
    return *plain;
  }

  void write_letter(char32_t letter) { write_set({.ranges = {{letter, letter}}}); }

  void write_set(LetterSet set) {
    if (ignores_case_) add_other_case(set);
    write({.kind = Kind::letters, .first = static_cast<std::int32_t>(made_.sets_.size())});
    made_.sets_.push_back(std::move(set));
  }

  static void add_other_case(LetterSet& set) {
    const std::vector<LetterRange> given = set.ranges;
    for (const LetterRange& range : given) {
      for (const auto& [begin, other] : {std::pair{U'A', U'a'}, std::pair{U'a', U'A'}}) {
        const char32_t first = std::max<char32_t>(range.first, begin);
        const char32_t last = std::min<char32_t>(range.last, begin + 25);
        if (first <= last) set.ranges.push_back({first - begin + other, last - begin + other});
      }
    }
  }

  struct Repeat {
    int least = 1;
    std::optional<int> most = 1;  // Nothing: any number.
  };

  std::optional<int> number() {
    int value = 0;
    const std::size_t begin = at_;
    while (at_ < letters_.size() && letters_[at_] >= U'0' && letters_[at_] <= U'9' && value <= k_repeats_max) {
      value = value * 10 + static_cast<int>(letters_[at_++] - U'0');
    }
    return begin == at_ ? std::nullopt : std::optional(value);
  }

  base::Result<std::optional<Repeat>> repeat() {
    if (take(U'*')) return std::optional(Repeat{.least = 0, .most = std::nullopt});
    if (take(U'+')) return std::optional(Repeat{.least = 1, .most = std::nullopt});
    if (take(U'?')) return std::optional(Repeat{.least = 0, .most = 1});
    if (!take(U'{')) return std::optional<Repeat>();
    const auto least = number();
    if (!least.has_value()) return fault("a { that counts nothing");
    Repeat read{.least = *least, .most = least};
    if (take(U',')) read.most = number();
    if (!take(U'}')) return fault("a { without its }");
    if (read.least > k_repeats_max || read.most.value_or(0) > k_repeats_max) return fault("more than 1,000 repeats");
    if (read.most.value_or(read.least) < read.least) return fault("a range that ends before it begins");
    return std::optional(read);
  }

  base::Result<void> repeats(std::int32_t begin, bool can_repeat) {
    const auto wanted = TRY(repeat());
    if (!wanted.has_value()) return {};
    if (!can_repeat) return fault("a repeat of a place");
    const bool is_lazy = take(U'?');
    if (is_next(U'*') || is_next(U'+') || is_next(U'?') || is_next(U'{')) return fault("a repeat of a repeat");
    const Steps body(made_.steps_.begin() + begin, made_.steps_.end());
    if (body.size() * static_cast<std::size_t>(wanted->most.value_or(wanted->least) + 1) > k_steps_max) {
      return fault("more repeats than can be held");
    }
    made_.steps_.resize(static_cast<std::size_t>(begin));
    for (int i = 0; i < wanted->least; ++i) append(body, begin);
    if (!wanted->most.has_value()) {
      append_loop(body, begin, is_lazy);
    } else {
      append_optional(body, begin, {.count = *wanted->most - wanted->least, .is_lazy = is_lazy});
    }
    return {};
  }

  // The body once more, where it stands now; it was written for `begin`.
  void append(const Steps& body, std::int32_t begin) {
    const std::int32_t here = place();
    made_.steps_.insert(made_.steps_.end(), body.begin(), body.end());
    shift(made_.steps_.begin() + here, here - begin);
  }

  [[nodiscard]] static PatternStep split(std::int32_t into, std::int32_t past, bool is_lazy) {
    return {.kind = Kind::split, .first = is_lazy ? past : into, .second = is_lazy ? into : past};
  }

  void append_loop(const Steps& body, std::int32_t begin, bool is_lazy) {
    const std::int32_t here = place();
    const auto size = static_cast<std::int32_t>(body.size());
    write(split(here + 1, here + size + 2, is_lazy));
    append(body, begin);
    write({.kind = Kind::jump, .first = here});
  }

  struct Optional {
    int count = 0;
    bool is_lazy = false;
  };
  void append_optional(const Steps& body, std::int32_t begin, Optional how) {
    const auto size = static_cast<std::int32_t>(body.size());
    const std::int32_t past = place() + how.count * (size + 1);
    for (int i = 0; i < how.count; ++i) {
      write(split(place() + 1, past, how.is_lazy));
      append(body, begin);
    }
  }

  std::u32string letters_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool ignores_case_ = false;
  Pattern made_;
};

base::Result<Pattern> Pattern::compile(std::string_view text) {
  return PatternCompiler(text).compile();
}

}  // namespace throughline::linkage::splink

// 3x5x2 grades: the rule agrees with a second reading of the same page, which spells out every sound grade.
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/check.h"
#include "records/fields.h"

namespace {

using throughline::records::Grade;
using throughline::records::RejectionRule;

// The words of the conditions, cut wherever a mark stands.
std::multiset<std::string> words_of(std::string_view text) {
  std::multiset<std::string> words;
  std::string word;
  for (const char c : std::string(text) + ";") {
    if (c != ' ' && c != ',' && c != ';' && c != '/') {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  return words;
}

// Every sound grade without its conditions.
std::set<std::string> sound_grades() {
  std::set<std::string> grades;
  for (const std::string source : {"1", "2", "3"}) {
    for (const std::string assessment : {"A", "B", "C", "D", "E"}) {
      for (const std::string handling : {"P", "C"}) grades.insert(source + "|" + assessment + "|" + handling);
    }
  }
  return grades;
}

std::optional<RejectionRule> second_opinion(const Grade& grade) {
  static const std::set<std::string> k_sound = sound_grades();
  static const std::set<std::string> k_conditions = {"A1", "A2", "A3", "S1", "S2"};
  const std::multiset<std::string> words = words_of(grade.conditions);
  const std::string letters =
      std::string(grade.source) + "|" + std::string(grade.assessment) + "|" + std::string(grade.handling);
  if (letters == "||" && words.empty()) return std::nullopt;
  if (!k_sound.contains(letters)) return RejectionRule::bad_grade;
  if (letters.back() == 'P') return words.empty() ? std::nullopt : std::optional(RejectionRule::conditions_forbidden);
  if (words.empty()) return RejectionRule::conditions_missing;
  for (const std::string& word : words) {
    if (!k_conditions.contains(word)) return RejectionRule::unknown_condition;
  }
  return std::nullopt;
}

}  // namespace

// The four parts stand one after another with a bar between: 2|C|C|A2; S1.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::array<std::string, 4> parts;
  std::size_t part = 0;
  for (const char c : std::string_view(reinterpret_cast<const char*>(data), size)) {
    if (c == '|' && part < 3) {
      ++part;
    } else {
      parts.at(part) += c;
    }
  }
  const Grade grade{.source = parts[0], .assessment = parts[1], .handling = parts[2], .conditions = parts[3]};
  CHECK(throughline::records::grade_fault(grade) == second_opinion(grade));
  return 0;
}

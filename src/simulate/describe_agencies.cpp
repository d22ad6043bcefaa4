#include "simulate/describe_agencies.h"

#include <fmt/format.h>

#include <string_view>

#include "simulate/parameter_file.h"

namespace throughline::simulate {

namespace {

std::string row_of(const PracticeCard& card) {
  const std::string_view between = card.note.empty() ? "" : ". ";
  return fmt::format("| `{}` | {} | {} to {} | {} | {}{}{} |\n", card.key, plain_number(card.value),
                     plain_number(card.low), plain_number(card.high), card.unit, card.source, between, card.note);
}

std::string noise_table(const NoiseLevels& noise) {
  std::string text =
      "\n### noise\n\nThe chance of each at one mention of somebody, times the kind's identity_noise.\n\n"
      "| name | value | what |\n|---|---|---|\n";
  for (const NoiseLevel& level : noise_levels()) {
    text += fmt::format("| `{}` | {} | {} |\n", level.name, plain_number(noise.*level.value), level.what);
  }
  return text;
}

}  // namespace

std::string observation_description(const Practices& practices) {
  std::string text =
      "## Observation: what agencies would hold\n\n"
      "`simulate observe` draws from a run what each agency would have put down, and keeps the truth apart from it. An "
      "agency differs from the figures here by the spread in what it detects, how late, how much it fills in and how "
      "well it writes, or where a file of agencies says so.\n";
  std::string_view group;
  for (const PracticeCard& card : practices.cards) {
    if (card.group != group) {
      group = card.group;
      text += fmt::format("\n### {}\n\n| name | value | range | unit | source |\n|---|---|---|---|---|\n", group);
    }
    text += row_of(card);
  }
  return text + noise_table(practices.noise);
}

}  // namespace throughline::simulate

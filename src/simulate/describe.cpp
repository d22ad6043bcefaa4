#include "simulate/describe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "simulate/checkpoint.h"
#include "simulate/describe_agencies.h"
#include "simulate/practice.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

std::string number(std::int64_t value) {
  return base::format_integer(value);
}

std::string purpose() {
  return "## 1. Purpose and patterns\n\n"
         "To think through what policy may do to a county-lines market: who is hurt, what moves elsewhere, what comes "
         "back. It is a "
         "model to think with and no forecast: a figure that it gives is about the model, not about a place or a "
         "person. Everybody in "
         "it is made up; nobody has a name, a sex or an ethnic group, so that no role can follow from one; it neither "
         "scores nor "
         "points at any child.\n\n"
         "It is held against patterns that reports describe: what comes back after arrests of those who carry and of "
         "controllers, "
         "purity falling before price, external lines coming where local sellers are removed, recorded drug crime "
         "following police "
         "effort, recruitment against arrest, shipments spreading under interdiction, lines staying at home when "
         "journeys are "
         "watched. Which of them hold is said in docs/explanation/market_model.md; the tests show it.\n";
}

std::string entities(const WorldRun& run) {
  const DescribedCounts counts = counts_of(run);
  std::string text =
      "## 2. Entities, state variables and scales\n\n| entity | how many | what each has |\n|---|---|---|\n";
  text += fmt::format(
      "| person who uses heroin or crack, or may begin | {} | state, what comes next and when, whether a line has "
      "their home |\n",
      number(counts.users));
  text += fmt::format("| child or young person at risk | {} | day of birth, needs, state, line, debt |\n",
                      number(counts.children));
  text += fmt::format("| adult at risk | {} | needs, state, line, debt |\n", number(counts.adults));
  text += fmt::format(
      "| line | {} | hub, town, stock, sales, carriers, homes, capacity for violence, belief that others fight |\n",
      number(counts.lines));
  text += fmt::format(
      "| town | {} | by drug stock, purity, price and sales of local sellers; how many of these; buyers of powder and "
      "of cannabis as cohorts; places where cannabis is grown |\n",
      number(std::ssize(run.state.towns)));
  text += fmt::format("| hub | {} | stock, people who might run a line, those in prison |\n", number(counts.hubs));
  text += fmt::format("| importer | {} | routes, belief what is lost |\n\n", number(counts.importers));
  text += fmt::format(
      "World: {} ({}), from {}, {} people for each real one. One step is a day; places are local authorities, and a "
      "journey takes minutes estimated from distance.\n",
      run.input.world.name, run.input.world.title, base::to_string(run.input.world.starts),
      plain_number(run.input.world.scale));
  return text;
}

std::string schedule() {
  std::string text =
      "## 3. Process overview and scheduling\n\nEvery day, in this order; where towns are at work, all at once:\n\n";
  int at = 0;
  for (const Mechanism& mechanism : mechanisms()) {
    text += fmt::format("{}. **{}** ({}). {}\n", ++at, mechanism.name,
                        mechanism.in_town != nullptr ? "each town" : "the whole", mechanism.what);
  }
  return text +
         fmt::format("\nThe first {} days are not told, so that the start can settle.\n", RunInput{}.warm_up_days);
}

std::string concepts() {
  return "## 4. Design concepts\n\n"
         "- **Emergence**: number and place of lines, outages, fights, displacement, exploitation and its length, "
         "purity. "
         "**Imposed**: what people who use spend, how long they stay in treatment, how often police act.\n"
         "- **Adaptation and learning**: lines choose towns by users, journey and rivals; they learn whether rivals "
         "fight; importers "
         "learn what is lost and spread. **Prediction**: none. **Sensing**: lines know the towns' users and sellers.\n"
         "- **Interaction**: two approaches to one person, and two lines in one market, are settled by keyed draws, so "
         "that no order of "
         "work matters.\n"
         "- **Stochasticity**: every draw is keyed by seed, purpose, whom it is about and the day (Philox4x32-10). A "
         "scenario differs "
         "from its baseline only where the policy bites; one that changes nothing gives the same bytes, as does any "
         "number of threads.\n"
         "- **Observation**: truth is counted; what police record is counted beside it, by their effort. What agencies "
         "would hold is drawn afterwards and changes nothing in a run.\n";
}

std::string start_and_inputs(const WorldRun& run) {
  std::string text =
      "## 5. Initialisation\n\n"
      "People who use are drawn by residents and by drug poisonings registered, shrunk towards the country; lines by "
      "hub "
      "and town as new lines choose; sellers hold what they want to hold.\n\n| place | force | hub | residents "
      "|\n|---|---|---|---|\n";
  constexpr std::size_t k_listed_most = 40;
  for (std::size_t i = 0; i < run.input.world.places.size() && i < k_listed_most; ++i) {
    const Place& place = run.input.world.places[i];
    text += fmt::format("| {} | {} | {} | {} |\n", place.name, place.force, place.is_hub ? "yes" : "",
                        number(static_cast<std::int64_t>(place.residents)));
  }
  if (run.input.world.places.size() > k_listed_most) {
    text += fmt::format("\nThe first {} of {} places.\n", k_listed_most, run.input.world.places.size());
  }
  return text +
         "\n## 6. Input data\n\nNo series drives a run. A scenario changes levers by place and time, or strikes on a "
         "day:\n";
}

std::string levers() {
  std::string text = "\n| lever | what it multiplies |\n|---|---|\n";
  for (const LeverWords& lever : lever_words()) text += fmt::format("| `{}` | {} |\n", lever.name, lever.what);
  text += "\n| strike | whom or what |\n|---|---|\n";
  for (const LeverWords& strike : strike_words()) text += fmt::format("| `{}` | {} |\n", strike.name, strike.what);
  return text;
}

std::string sources_of(const ParameterCard& card) {
  std::string text = card.source;
  if (!card.note.empty()) text += ". " + card.note;
  for (const RivalValue& rival : card.rivals) {
    text += fmt::format("; rival {}: {}", plain_number(rival.value), rival.source);
  }
  return text;
}

// The mechanisms that read a group of parameters.
std::string readers_of(const std::string& group) {
  std::string readers;
  for (const Mechanism& mechanism : mechanisms()) {
    if (fmt::format(" {} ", mechanism.parameters).find(fmt::format(" {} ", group)) == std::string::npos) continue;
    readers += fmt::format("{}{}", readers.empty() ? "" : ", ", mechanism.name);
  }
  return readers.empty() ? "comparison" : readers;
}

std::string submodels(const std::vector<ParameterCard>& cards) {
  const auto assumed = std::ranges::count_if(cards, &ParameterCard::is_assumption);
  std::string text =
      fmt::format("## 7. Submodels and parameters\n\n{} parameters, {} of them assumptions without a source.\n",
                  cards.size(), assumed);
  std::string group;
  for (const ParameterCard& card : cards) {
    const std::string of = card.name.substr(0, card.name.find('.'));
    if (of != group) {
      group = of;
      text +=
          fmt::format("\n### {}\n\nRead by: {}.\n\n| name | value | range | unit | source |\n|---|---|---|---|---|\n",
                      group, readers_of(group));
    }
    text += fmt::format("| `{}` | {} | {} to {} | {} | {} |\n", card.name, plain_number(card.value),
                        plain_number(card.low), plain_number(card.high), card.unit, sources_of(card));
  }
  return text;
}

std::string outcomes() {
  std::string text = "\n## Outcomes\n\n| name | what |\n|---|---|\n";
  for (const OutcomeWords& outcome : outcome_words())
    text += fmt::format("| `{}` | {} |\n", outcome.name, outcome.what);
  return text;
}

constexpr std::array<std::string_view, 6> k_cannot_tell{
    "How many lines there are, or will be; what happens in one named place; what a child will do.",
    "What is paid for cannabis, who brings it in, other drugs, sales online, families, schools and the courts are not "
    "in it.",
    "Most figures on behaviour are assumptions: a range says what a figure may be set to, not what is believed of it, "
    "and "
    "the limits of a comparison carry doubt about it only where it is made over an ensemble.",
    "Journeys are estimated from distance, not from timetables.",
    "People do not move house.",
    "Prices abroad do not change."};

std::string limits() {
  return fmt::format("\n## What it cannot tell\n\n{}\n", fmt::join(k_cannot_tell, " "));
}

}  // namespace

std::span<const std::string_view> what_it_cannot_tell() {
  return k_cannot_tell;
}

DescribedCounts counts_of(const WorldRun& run) {
  DescribedCounts counts{.lines = std::ssize(run.state.open_lines),
                         .importers = std::ssize(run.state.importers),
                         .hubs = std::ssize(run.state.hubs)};
  for (const Town& town : run.state.towns) {
    const auto& begin = town.people.kind_begin;
    counts.users += begin[1];
    counts.children += begin[2] - begin[1];
    counts.adults += begin[3] - begin[2];
    counts.people += begin[3];
  }
  return counts;
}

std::string odd_description(const WorldRun& run, const std::vector<ParameterCard>& cards) {
  std::string text = fmt::format(
      "# The market model, as it runs\n\nMade by `throughline simulate describe` from version {} of the model, after "
      "the ODD protocol (Grimm et al., 2020).\n\n",
      k_model_version);
  for (const std::string& part : {purpose(), entities(run), schedule(), concepts(), start_and_inputs(run)}) {
    text += part + "\n";
  }
  return text + levers() + "\n" + submodels(cards) + outcomes() + "\n" + observation_description(built_in_practices()) +
         limits();
}

}  // namespace throughline::simulate

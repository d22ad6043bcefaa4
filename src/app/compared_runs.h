// What a comparison runs, and what it came to: over one set of parameters, or over the members of an ensemble.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"
#include "simulate/compare.h"
#include "simulate/ensemble/compare_members.h"
#include "simulate/parameter_file.h"

namespace throughline::app {

struct ComparedRuns {
  simulate::EnsembleInput input;  // Without members: over the one set of parameters of its pairs.
  std::string ensemble_hash{};    // Of the members' file; empty without.
  std::string priors_hash{};      // Of the priors' file, which says what is a rival figure; likewise.
  std::vector<simulate::ParameterCard> cards;

  [[nodiscard]] bool is_over_ensemble() const { return !input.members.empty(); }
  [[nodiscard]] std::int64_t sets() const { return is_over_ensemble() ? std::ssize(input.members) : 1; }
  [[nodiscard]] std::int64_t pairs() const { return sets() * input.pairs.replicates; }
};

using Compared = std::variant<simulate::Comparison, simulate::EnsembleComparison>;

// With progress. Errors: those of simulate::compare.
[[nodiscard]] base::Result<Compared> run_compared(const ComparedRuns& runs, const Outside& outside);

[[nodiscard]] const std::vector<simulate::PeriodDifference>& periods_of(const Compared& compared);
[[nodiscard]] const std::vector<simulate::PlaceDifference>& places_of(const Compared& compared);
// None over one set.
[[nodiscard]] const std::vector<simulate::RivalDifference>& rivals_of(const Compared& compared);

// Calls take(row) with each total, an OutcomeDifference or an EnsembleDifference.
template <class Take>
void each_total(const Compared& compared, const Take& take) {
  std::visit(
      [&](const auto& of) {
        for (const auto& row : of.totals) take(row);
      },
      compared);
}

// The share of the variance that the parameters make; nothing over one set.
[[nodiscard]] std::optional<double> share_between_of(const simulate::OutcomeDifference& row);
[[nodiscard]] std::optional<double> share_between_of(const simulate::EnsembleDifference& row);

// The limits of the mean over sets of parameters, 95 per cent; nothing over one set.
[[nodiscard]] std::optional<simulate::MeanLimits> mean_limits_of(const simulate::OutcomeDifference& row);
[[nodiscard]] std::optional<simulate::MeanLimits> mean_limits_of(const simulate::EnsembleDifference& row);

// The rival figure that members of a row hold.
[[nodiscard]] const simulate::RivalValue& figure_of(const ComparedRuns& runs, const simulate::RivalDifference& row);

// What limits are: of the mean over pairs, the outermost members, or those that hold the members' middle 95 per cent.
enum class LimitsKind : std::uint8_t { chance, outermost, middle };
[[nodiscard]] LimitsKind limits_kind(const ComparedRuns& runs);
// The same in a sentence or two.
[[nodiscard]] std::string limits_words(const ComparedRuns& runs);

// What must be known of a comparison wherever it goes.
[[nodiscard]] std::vector<Fact> comparison_facts(const ComparedRuns& runs);
[[nodiscard]] std::vector<std::string> comparison_notes(const ComparedRuns& runs);

}  // namespace throughline::app

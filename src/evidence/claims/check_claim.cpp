#include "evidence/claims/check_claim.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/number.h"

namespace throughline::evidence {

namespace {

// A miss within 2.5 per cent of the ratio between the two values is called near: a revision of one of them would do.
constexpr double k_near = 0.025;

std::string full_basis(const Reading& reading) {
  return fmt::format("{}; {}; {}", title_of(reading.match), reading.area, reading.basis);
}

const Reading* first_agreeing(const std::vector<Reading>& readings, bool is_cut_short) {
  const auto found = std::ranges::find_if(
      readings, [&](const Reading& reading) { return reading.agrees && reading.is_cut_short == is_cut_short; });
  return found == readings.end() ? nullptr : &*found;
}

// The smallest and the largest ratio of neighbouring values of the line in one area.
std::pair<double, double> ordinary_steps(const Reading& reading) {
  std::pair<double, double> steps{1, 1};
  const SeriesPoint* before = nullptr;
  for (const SeriesPoint& point : reading.match.line->points) {
    if (point.area != reading.area) continue;
    if (before != nullptr && before->value > 0 && before->span.kind == point.span.kind) {
      steps.first = std::min(steps.first, point.value / before->value);
      steps.second = std::max(steps.second, point.value / before->value);
    }
    before = &point;
  }
  return steps;
}

// What the missing last period would have to be, for the claim to hold.
std::pair<double, double> needed_end(const Claim& claim, const Reading& reading) {
  const double base = *reading.base_value;
  if (claim.kind == ClaimKind::change_points) return {base + claim.size.low, base + claim.size.high};
  return {base * (1 + claim.size.low / 100), base * (1 + claim.size.high / 100)};
}

bool is_ordinary(const Claim& claim, const Reading& reading) {
  const auto [low, high] = needed_end(claim, reading);
  const auto [least, most] = ordinary_steps(reading);
  return low <= reading.end_value * most && high >= reading.end_value * least;
}

class Judge {
 public:
  Judge(const Claim& claim, CheckedClaim& checked) : claim_(claim), checked_(checked) {}

  void judge() {
    const std::vector<Reading>& readings = checked_.readings.readings;
    const auto stated_end = std::ranges::find_if_not(readings, &Reading::is_stated);
    const bool has_stated = stated_end != readings.begin();
    const bool all_stated_agree =
        has_stated && std::all_of(readings.begin(), stated_end, [](const Reading& r) { return r.agrees; });
    if (all_stated_agree) return holds(Verdict::holds, readings.front());
    if (const Reading* agreeing = first_agreeing(readings, false)) return judge_agreeing(*agreeing, has_stated);
    if (const Reading* agreeing = first_agreeing(readings, true))
      return holds(Verdict::holds_on_another_basis, *agreeing);
    const bool has_whole = std::ranges::any_of(readings, [](const Reading& r) { return is_whole(r); });
    if (has_whole) return fails();
    judge_rest();
  }

 private:
  static bool is_whole(const Reading& reading) {
    return !reading.is_cut_short && reading.end.kind != SpanKind::pooled_years;
  }

  void holds(Verdict verdict, const Reading& reading) {
    checked_.verdict = verdict;
    checked_.basis = full_basis(reading);
    checked_.why = reading.working + ".";
    const auto others = std::ranges::count_if(checked_.readings.readings, [](const Reading& r) { return !r.agrees; });
    if (others > 0) {
      checked_.why += fmt::format(" {} of {} bases do not give it.", others, checked_.readings.readings.size());
    }
  }

  void judge_agreeing(const Reading& agreeing, bool has_stated) {
    const std::vector<Reading>& readings = checked_.readings.readings;
    const bool all = std::ranges::all_of(readings, &Reading::agrees);
    holds(all && !has_stated ? Verdict::holds : Verdict::holds_on_another_basis, agreeing);
    if (has_stated) checked_.why += fmt::format(" As printed it would be {}.", readings.front().working);
    if (!has_stated && !all) checked_.why += " The words do not say which of the series is meant.";
  }

  void fails() {
    checked_.verdict = Verdict::does_not_hold;
    const std::vector<Reading>& readings = checked_.readings.readings;
    const Reading& first = readings.front();
    checked_.why = fmt::format("{}: {}; printed: {}.", full_basis(first), first.working, claim_.size.words);
    tell_of_near();
    tell_of_range();
    if (first.match.card->caveats.has(Caveat::definition_differs)) {
      checked_.why += " The publisher's definition may differ from the one behind the statement.";
    }
  }

  void tell_of_near() {
    if (claim_.kind != ClaimKind::change_percent) return;
    for (const Reading& reading : checked_.readings.readings) {
      if (reading.is_cut_short) continue;
      const double printed = 1 + claim_.size.middle() / 100;
      const double found = 1 + reading.figure / 100;
      if (found <= 0 || printed <= 0 || std::abs(printed / found - 1) > k_near) continue;
      checked_.why += fmt::format(
          " Near: {}, {}. It would hold with {} in place of {} at its beginning, as an older release or another "
          "definition "
          "may have had it.",
          reading.basis, reading.working, base::format_integer(std::llround(reading.end_value / printed)),
          base::format_integer(std::llround(*reading.base_value)));
      return;
    }
  }

  void tell_of_range() {
    if (claim_.kind == ClaimKind::level || checked_.readings.readings.size() < 2) return;
    const auto [low, high] = std::ranges::minmax_element(checked_.readings.readings, {}, &Reading::figure);
    if (low->figure > claim_.size.high || high->figure < claim_.size.low) return;
    checked_.why +=
        fmt::format(" It depends on the basis: the bases give {:.1f} to {:.1f}, and the printed figure lies between.",
                    low->figure, high->figure);
  }

  // Only readings that stop short of the claim's end, or pool years, or none at all.
  void judge_rest() {
    const std::vector<Reading>& readings = checked_.readings.readings;
    const auto cut = std::ranges::find_if(readings, &Reading::is_cut_short);
    if (cut == readings.end()) return lacks();
    const auto [low, high] = needed_end(claim_, *cut);
    const std::string needed =
        fmt::format("{} to {}: {}; the period that is missing would have to bring {:.4g} to {:.4g} after {:.4g}",
                    title_of(cut->match), words_of(cut->end), cut->working, low, high, cut->end_value);
    if (is_ordinary(claim_, *cut)) {
      checked_.verdict = Verdict::consistent;
      checked_.basis = full_basis(*cut);
      checked_.why = needed + ", a step that the series has taken before.";
      return;
    }
    checked_.why = needed + ", a larger step than any that is stored.";
  }

  void lacks() {
    checked_.verdict = Verdict::no_data;
    if (!checked_.matches.lines.empty()) {
      std::vector<std::string> reasons = checked_.readings.missing;
      reasons.insert(reasons.end(), checked_.readings.refusals.begin(), checked_.readings.refusals.end());
      for (const Reading& reading : checked_.readings.readings) {
        reasons.push_back(fmt::format("stored only {}: {}", reading.basis, reading.working));
      }
      for (std::string& reason : reasons) {
        if (reason.ends_with('.')) reason.pop_back();
      }
      checked_.why = fmt::format("{}.", fmt::join(reasons, "; "));
      return;
    }
    checked_.why = claim_.unknown.empty()
                       ? "No stored series counts this."
                       : fmt::format("No stored series knows “{}”.", fmt::join(claim_.unknown, "”, “"));
    if (!checked_.matches.meant.empty()) {
      checked_.why += fmt::format(" Did you mean “{}”?", fmt::join(checked_.matches.meant, "”, “"));
    }
    if (!checked_.matches.nearest.empty()) {
      checked_.why += fmt::format(" Nearest: {}.", fmt::join(checked_.matches.nearest, "; "));
    }
  }

  const Claim& claim_;
  CheckedClaim& checked_;
};

// What is agreed to on a period that is not whole yet may not stay so.
void tell_of_greyed(CheckedClaim& checked) {
  for (const Reading& reading : checked.readings.readings) {
    if (!reading.greyed || !reading.agrees) continue;
    checked.why +=
        fmt::format(" {} in {}: {}", name_of(reading.greyed->rule), title_of(reading.match), reading.greyed->reason);
    return;
  }
}

}  // namespace

std::string_view words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "holds";
    case Verdict::holds_on_another_basis: return "holds on another basis";
    case Verdict::consistent: return "consistent as far as stored";
    case Verdict::does_not_hold: return "does not hold";
    case Verdict::conflicts: return "conflicts";
    case Verdict::no_data: return "no data stored here";
  }
  return {};
}

std::string_view code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "holds";
    case Verdict::holds_on_another_basis: return "holds_on_another_basis";
    case Verdict::consistent: return "consistent";
    case Verdict::does_not_hold: return "does_not_hold";
    case Verdict::conflicts: return "conflicts";
    case Verdict::no_data: return "no_data";
  }
  return {};
}

CheckedClaim check_claim(const Claim& claim, const Catalogue& catalogue) {
  CheckedClaim checked;
  checked.matches = match_series(claim, catalogue);
  checked.readings = all_readings(claim, checked.matches);
  for (const Reading& reading : checked.readings.readings) checked.caveats.unite(reading.match.card->caveats);
  Judge(claim, checked).judge();
  tell_of_greyed(checked);
  return checked;
}

}  // namespace throughline::evidence

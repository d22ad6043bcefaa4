#include "evidence/claims/statement.h"

#include <algorithm>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "evidence/claims/claim_periods.h"
#include "evidence/claims/forbidden_uses.h"
#include "evidence/claims/measure_words.h"
#include "evidence/claims/plain_words.h"
#include "evidence/claims/size_words.h"

namespace throughline::evidence {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_statement_bytes_max = 1000;

Error bad(std::string code, std::string what, std::string remedy) {
  return {ErrorKind::bad_command, std::move(code), std::move(what), "", std::move(remedy)};
}

// A code such as E08000020 in the text, if it is one that is no longer in use.
std::optional<Error> ended_area(std::string_view text, const Catalogue& catalogue) {
  const std::string plain = plain_letters(text);
  for (const EndedArea& area : catalogue.ended_areas) {
    if (plain.find(plain_letters(area.code)) == std::string::npos) continue;
    return bad("area_ended", fmt::format("The area code {} ({}) is no longer in use", area.code, area.name),
               area.now.empty() ? "Name the authority that took it over, for the years since"
                                : fmt::format("{} bears the name now", area.now));
  }
  return std::nullopt;
}

bool is_change(const FoundSizes& sizes, const FoundPeriods& periods) {
  if (std::ranges::any_of(sizes.sizes, [](const FoundSize& size) {
        return size.unit == SizeUnit::points || size.unit == SizeUnit::ratio;
      })) {
    return true;
  }
  const bool has_both = std::ranges::any_of(sizes.sizes, &FoundSize::is_after_from) &&
                        std::ranges::any_of(sizes.sizes, &FoundSize::is_after_to);
  return has_both || sizes.direction != Direction::none || (periods.is_since && !sizes.sizes.empty());
}

PrintedFigure figure_of(const FoundSize& size, bool is_count) {
  const FigureShape shape{.decimals = size.decimals, .is_count = is_count, .qualifier = size.qualifier};
  PrintedFigure figure = printed_figure(size.value, shape, size.words);
  if (size.range_end) figure.high = std::max(figure.high, *size.range_end);
  return figure;
}

PrintedFigure turned(PrintedFigure figure) {
  std::swap(figure.low, figure.high);
  std::swap(figure.is_low_open, figure.is_high_open);
  figure.low = -figure.low;
  figure.high = -figure.high;
  return figure;
}

// "Rose" or "fell" alone says only the sign.
PrintedFigure direction_alone(Direction direction) {
  constexpr double k_far = std::numeric_limits<double>::infinity();
  if (direction == Direction::none) return {-k_far, k_far, false, false, "a change"};
  if (direction == Direction::down) return {-k_far, 0, false, true, "a fall"};
  return {0, k_far, true, false, "a rise"};
}

// How much a change was: "by 61 per cent", "doubled". What stands after "from" and "to" is a level.
void take_size(const FoundSize& size, Direction direction, Claim& claim) {
  if (size.unit == SizeUnit::ratio) claim.size = printed_ratio(size.value, size.qualifier, size.words);
  const bool is_share = size.unit == SizeUnit::percent || size.unit == SizeUnit::points;
  if (!is_share || size.is_after_from || size.is_after_to) return;
  claim.kind = size.unit == SizeUnit::points ? ClaimKind::change_points : ClaimKind::change_percent;
  claim.size = figure_of(size, false);
  if (direction == Direction::down && size.value > 0) claim.size = turned(claim.size);
}

void take_change(const FoundSizes& found, Claim& claim) {
  claim.kind = ClaimKind::change_percent;
  claim.size = direction_alone(found.direction);
  for (const FoundSize& size : found.sizes) take_size(size, found.direction, claim);
  for (const FoundSize& size : found.sizes) {
    if (size.is_after_from) claim.from = figure_of(size, size.unit == SizeUnit::plain);
    if (size.is_after_to && claim.from) claim.to = figure_of(size, size.unit == SizeUnit::plain);
  }
  if (!claim.to) claim.from.reset();
}

void take_level(const FoundSizes& found, Claim& claim) {
  const FoundSize& size = found.sizes.front();
  claim.kind = ClaimKind::level;
  claim.is_percentage = size.unit == SizeUnit::percent;
  claim.per = found.per;
  claim.size = figure_of(size, size.unit == SizeUnit::plain && found.per == 0);
}

Result<void> take_periods(const FoundPeriods& found, Claim& claim) {
  if (claim.kind == ClaimKind::level) {
    if (found.periods.empty()) {
      return bad("year_missing", "The statement names no year", "Say for which: “in 2018”, “in 2017/18”");
    }
    claim.end = found.periods.back();
    return {};
  }
  if (found.periods.empty() || (found.periods.size() < 2 && !found.is_since)) {
    return bad("base_year_missing", "The statement names no year that the change is measured from",
               "Say between which: “from 2012 to 2018”, “since 1993”, “2008/09 to 2018/19”");
  }
  claim.base = found.periods.front();
  if (found.periods.size() > 1) claim.end = found.periods.back();
  return {};
}

}  // namespace

Result<Claim> parse_statement(std::string_view text, const Catalogue& catalogue) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return bad("statement_empty", "There is no statement to check", "Give one in quotes: throughline claim \"…\"");
  }
  if (text.size() > k_statement_bytes_max) {
    return bad("statement_too_long",
               fmt::format("The statement has {} bytes; {} are the most", text.size(), k_statement_bytes_max),
               "One sentence with one figure is a claim; give several one by one");
  }
  if (auto ended = ended_area(text, catalogue)) return *std::move(ended);
  const FoundPeriods periods = find_periods(text, PeriodPlace::statement);
  const FoundSizes sizes = find_sizes(periods.rest);
  MeasureWords measure = measure_words(sizes.rest, catalogue.vocabulary);
  if (auto forbidden =
          forbidden_use({.text = periods.rest, .words = measure, .direction = sizes.direction}, catalogue)) {
    return Error{ErrorKind::refused, std::string(name_of(forbidden->refusal.rule)), forbidden->refusal.reason,
                 forbidden->series, forbidden->refusal.remedy};
  }
  if (sizes.sizes.empty() && sizes.direction == Direction::none) {
    return bad("size_missing", "The statement says nothing of how much",
               "Give a figure or a direction: “fell 61 per cent”, “doubled”, “rose”, “stood at 693”");
  }
  Claim claim;
  claim.words = std::string(text);
  if (is_change(sizes, periods)) {
    take_change(sizes, claim);
  } else {
    take_level(sizes, claim);
  }
  TRY(take_periods(periods, claim));
  claim.concepts = std::move(measure.concepts);
  claim.unknown = std::move(measure.unknown);
  claim.area = std::move(measure.area);
  return claim;
}

}  // namespace throughline::evidence

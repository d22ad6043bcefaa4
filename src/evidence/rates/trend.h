// Counts over time as rates, years that roll, an index, and changes over years, each with an exact interval.
//
// - Sources: intervals.h (Garwood; the conditional comparison of two counts).
// - Assumptions: events are independent, so that counts vary as Poisson counts do. Recorded offences vary more: every
//   interval here is then too narrow. Two rolling years that share months are not independent: the months that only one
//   of them has are compared, and those that both have are taken as they were counted.
// - Undecidable: a year with a missing period has no sum, no rate and no index; a change under ten events or to a
// period
//   that is not whole is refused (see caveats.h).
// - Cost: some hundreds of nanoseconds a period once PoissonLimits and RatioLimits hold their counts.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/caveats.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// Garwood's limits of every count up to the largest that is kept, worked out once: millions of cells hold few counts.
class PoissonLimits {
 public:
  explicit PoissonLimits(std::int64_t kept_max, Confidence confidence = {});
  [[nodiscard]] Interval of(std::int64_t count) const;

 private:
  std::vector<Interval> kept_;
  Confidence confidence_;
};

// Limits of the ratio of two counts for millions of cells: the exact ones of every pair of small counts, worked out
// once; beyond them those that the exact limits of either count give (Zou and Donner 2008, on logarithms). These lie
// within 3.5 per cent of the exact interval's width where both counts are ten or more, and within 0.7 where they are a
// hundred; where one is under ten the exact one is worked out.
class RatioLimits {
 public:
  // Keeps pairs below so many. REQUIRES kept >= 0; cost: some twenty microseconds a pair, half of kept squared.
  RatioLimits(std::int64_t kept, const PoissonLimits& limits);
  // Of after over before. REQUIRES before > 0, after >= 0.
  [[nodiscard]] Interval of(std::int64_t before, std::int64_t after) const;

 private:
  std::int64_t kept_ = 0;
  std::vector<Interval> pairs_;  // Of the second count over the first, by the first, then the second.
  const PoissonLimits* limits_;
};

// One line of counts over consecutive periods. Nothing where a period is absent.
struct CountLine {
  std::vector<std::optional<std::int64_t>> counts;
  std::vector<std::optional<double>> people;  // Empty: nobody was counted. Else as long as the counts.
  int periods_in_year = 12;                   // 12 or 1.
};

// The year that ends with a period: twelve months, or the year itself.
struct YearPoint {
  std::optional<std::int64_t> count;  // Of the period.
  Interval interval;                  // Of the mean behind it.
  std::optional<std::int64_t> year;   // Of the year that ends here; nothing where a period of it is absent.
  Interval year_interval;
  double people = 0;            // Mean over the year; 0: not known.
  std::optional<Rate> rate;     // Of the year, for each 100,000 people.
  std::optional<double> index;  // Of the rate, or of the count where nobody was counted; the base is 100.
  Interval index_interval;      // Exact, of the ratio to the base, which is 100 itself; see above for shared months.
};

// `base`: the period in which the year ends that is 100. Where that year is not whole there is no index. REQUIRES base
// within the line. Without `ratios` every interval of the index is worked out exactly, at tens of microseconds a
// period.
[[nodiscard]] std::vector<YearPoint> trend_of(const CountLine& line, std::size_t base, const PoissonLimits& limits,
                                              const RatioLimits* ratios = nullptr);
// The year that ends there alone, without an index. REQUIRES at within the line.
[[nodiscard]] YearPoint year_point(const CountLine& line, std::size_t at, const PoissonLimits& limits);

// From the year that ends in one period to the year that ends in another.
struct YearChange {
  std::int64_t before = 0;
  std::int64_t after = 0;
  bool is_of_rates = false;
  double percent = 0;
  Interval interval;  // Of the percentage.
  double p_value = 1;
  std::int64_t shared_periods = 0;  // That both years have: by these they cannot differ.
};

struct ChangeAsked {
  std::size_t from = 0;  // The period in which the first year ends.
  std::size_t to = 0;
  bool reaches_latest = true;  // `to` is the last period that the series has.
};

// Refused where a year is not whole, under ten events, where the years have nothing apart, and as the caveats forbid.
// REQUIRES from < to within the line.
[[nodiscard]] OrRefusal<YearChange> change_of(const CountLine& line, const ChangeAsked& asked, const Caveats& caveats);

}  // namespace throughline::evidence

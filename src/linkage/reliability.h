// Whether probabilities mean what they say, and how many links are right: both from pairs that people have judged.
//
// Sources: Murphy and Winkler 1977 (reliability curves); Naeini, Cooper and Hauskrecht 2015 (expected calibration
// error); Wilson 1927 (interval for a share); Cohen 1960, Fleiss, Cohen and Everitt 1969 (kappa and its standard
// error). Assumptions: judged pairs are drawn without regard to whether they match, and judged rightly and
// independently. Pairs drawn from a queue of doubtful ones say nothing of the rest. Bias: the expected calibration
// error of few pairs is above zero even for perfect probabilities, by about the root of bins over pairs. Undecidable:
// without judged pairs every share is unknown: the interval is 0 to 1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace throughline::linkage {

// A share of counted things with its interval: value, low and high within 0 to 1, and of how many.
struct SharePart {
  double value = 0;
  double low = 0;
  double high = 1;
  std::int64_t of = 0;
};
// Wilson's interval at 95 per cent. REQUIRES: 0 <= part <= of.
[[nodiscard]] SharePart share_of(std::int64_t part, std::int64_t of);

// A pair that somebody judged, beside what the model said.
struct LabelledPair {
  double probability = 0;
  bool is_match = false;
};

struct CalibrationBin {
  double probability_low = 0;  // The least and the greatest probability in the bin.
  double probability_high = 0;
  double probability_mean = 0;
  SharePart matched;
};

struct Reliability {
  std::vector<CalibrationBin> bins{};  // Of equally many pairs, to within one; ascending.
  double calibration_error = 0;        // The mean distance of mean probability and share matched, by pairs.
};

// REQUIRES: bins > 0. Fewer pairs than bins: a bin for each pair. Pairs of equal probability may fall into two bins;
// they are dealt out so that the order given does not matter.
[[nodiscard]] Reliability reliability(std::span<const LabelledPair> pairs, std::int64_t bins);

// Pairs by whether they are of one person and whether they were linked; a true pair that blocking never made was missed
// by it, any other by the weight or the clustering.
struct AccuracyCounts {
  std::int64_t true_links = 0;
  std::int64_t false_links = 0;
  std::int64_t missed = 0;  // By weight or clustering.
  std::int64_t missed_by_blocking = 0;
};

struct Accuracy {
  SharePart precision;
  SharePart recall;                 // Of all true pairs.
  SharePart recall_among_compared;  // Of the true pairs that blocking made.
  double f1 = 0;                    // Of precision and recall over all true pairs; 0 where nothing is linked rightly.
};
// REQUIRES: no count is negative.
[[nodiscard]] Accuracy accuracy_of(const AccuracyCounts& counts);

// How two reviewers judged the same pairs: row of the first, column of the second, in the same order of answers.
using AgreementTable = std::vector<std::vector<std::int64_t>>;

struct RaterAgreement {
  double kappa = 0;  // 1: always the same answer; 0: as often as by chance.
  double low = -1;   // At 95 per cent, from the large-sample standard error.
  double high = 1;
  SharePart observed;
  double expected = 0;    // By chance, given how often each reviewer gives each answer.
  bool is_known = false;  // False where no pair was judged twice, or both always gave one and the same answer.
};
// REQUIRES: the table is square; no count is negative.
[[nodiscard]] RaterAgreement agreement_of(const AgreementTable& table);

}  // namespace throughline::linkage

// From the model's weight to a probability that fits what people judged, held near the model's own.
//
// In bits, the odds become weight + offset + (slope - 1) × weight + together, the last weight taken within 10 bits
// either way: beyond, where nobody judges, the odds move along as they do there. The last term is for pairs that the
// run put together; one that it left apart has none. It is there because the queue of review asks about the two by
// other rules: of two pairs of one weight it prefers the one, and what is together is of one person more often than its
// own two records say. Offset, slope and that term are those most likely given the labels and a prior that believes the
// model: 0 with a standard deviation of 2 bits, 1 with one of 0.5, 0 with one of 2 bits. Few labels therefore move
// little; that is the shrinkage. The slope is held at 0.1 or more, so that what is likelier to the model stays
// likelier.
//
// - Source: Cox 1958 (a line in log-odds); the interval is Laplace's approximation at 95 per cent.
// - Assumptions: labels are right; given the model's weight and whether the run put the pair together, which pairs were
//   judged does not hang on whether they match. The queue keeps to that: it knows no more of a pair than these two, the
//   sizes of the people and whose the records are. Whoever picks pairs that they know the answer of does not.
// - Bias: towards the model, by the prior. Cannot tell: a misfit that is no line, or that differs by source.
// - Undecidable: fewer than k_labels_min labels, or fewer than k_labels_each of either kind: the model's own stands.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace throughline::linkage {

inline constexpr std::int64_t k_labels_min = 30;
inline constexpr std::int64_t k_labels_each = 5;

// The log2 of the odds that the probability has.
[[nodiscard]] double bits_of_probability(double probability);
// The probability whose odds have that log2.
[[nodiscard]] double probability_of_bits(double bits);

// A pair as the model has it, and how the run left it.
struct StandingWeight {
  double weight_bits = 0;  // With what the pair's standing beside third records takes off it.
  double together = 0;     // 1 where the run put the two together, 0 where it left them apart.

  // Of a pair that is in no run: it would be together about as often as the weight alone says.
  [[nodiscard]] static StandingWeight of_no_run(double weight_bits) {
    return {.weight_bits = weight_bits, .together = probability_of_bits(weight_bits)};
  }
  friend bool operator==(const StandingWeight&, const StandingWeight&) = default;
};

// A pair that somebody judged.
struct LabelledWeight {
  StandingWeight of{};
  bool is_match = false;
};

struct CalibratedProbability {
  double probability = 0;
  double low = 0;  // At 95 per cent.
  double high = 1;

  friend bool operator==(const CalibratedProbability&, const CalibratedProbability&) = default;
};

struct Recalibration {
  std::int64_t same = 0;  // Labels it was learnt from.
  std::int64_t different = 0;
  double offset_bits = 0;
  double slope = 1;
  double together_bits = 0;
  // Of the three, in bits, and of each two of them. Where the slope is held, as they were did it move freely.
  double offset_variance = 0;
  double slope_variance = 0;
  double together_variance = 0;
  double offset_slope_covariance = 0;
  double offset_together_covariance = 0;
  double slope_together_covariance = 0;

  // Rises with the weight, of pairs together and of pairs apart.
  [[nodiscard]] CalibratedProbability at(const StandingWeight& pair) const;
  friend bool operator==(const Recalibration&, const Recalibration&) = default;
};
// Its numbers by the names they are written under.
inline constexpr std::array<std::pair<const char*, double Recalibration::*>, 9> k_recalibration_numbers = {
    {{"offset_bits", &Recalibration::offset_bits},
     {"slope", &Recalibration::slope},
     {"together_bits", &Recalibration::together_bits},
     {"offset_variance", &Recalibration::offset_variance},
     {"slope_variance", &Recalibration::slope_variance},
     {"together_variance", &Recalibration::together_variance},
     {"offset_slope_covariance", &Recalibration::offset_slope_covariance},
     {"offset_together_covariance", &Recalibration::offset_together_covariance},
     {"slope_together_covariance", &Recalibration::slope_together_covariance}}};

// Nothing where the labels are too few. Labels in any order give the same answer.
[[nodiscard]] std::optional<Recalibration> recalibrate(std::span<const LabelledWeight> labels);

// What recalibration goes by: labels wanted, prior, floor. For the hash of a run's settings.
[[nodiscard]] std::string recalibration_settings();

}  // namespace throughline::linkage

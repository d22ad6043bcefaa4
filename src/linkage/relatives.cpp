#include "linkage/relatives.h"

#include <cmath>

namespace throughline::linkage {

namespace {

constexpr double k_unlike_of_one_person = 0.005;
constexpr double k_unlike_of_relatives = 0.95;
constexpr double k_relatives_for_one_person = 3;
constexpr double k_twins = 0.012;
constexpr double k_birth_equal_of_one_person = 0.9;

int part_of(const Pattern& pattern, Comparison comparison, int part) {
  return part_level(shape_of(comparison), pattern.level(comparison), part);
}

bool is_grid(const Pattern& pattern, Comparison comparison) {
  return pattern.level(comparison) < grid_levels(shape_of(comparison));
}

bool may_be_relatives(const Pattern& pattern) {
  if (!is_grid(pattern, Comparison::names)) return false;  // The names are the same, the other way round.
  const auto given = static_cast<NameLevel>(part_of(pattern, Comparison::names, 0));
  const auto family = static_cast<NameLevel>(part_of(pattern, Comparison::names, 1));
  const bool is_unlike = given == NameLevel::different;
  const bool is_one_family =
      family == NameLevel::exact || family == NameLevel::variant || family == NameLevel::one_edit;
  constexpr int k_number_equal = 1;
  return is_unlike && is_one_family && pattern.level(Comparison::identifier) != k_number_equal;
}

bool is_birth_equal(const Pattern& pattern) {
  if (!is_grid(pattern, Comparison::birth)) return false;
  for (int part = 0; part < 3; ++part) {
    if (static_cast<BirthPartLevel>(part_of(pattern, Comparison::birth, part)) != BirthPartLevel::exact) return false;
  }
  return true;
}

}  // namespace

RelativeWeight weigh_relatives(const Pattern& pattern, double weight_bits) {
  RelativeWeight weighed{.weight_bits = weight_bits};
  if (may_be_relatives(pattern)) {
    double relatives = k_unlike_of_relatives / k_unlike_of_one_person * k_relatives_for_one_person;
    if (is_birth_equal(pattern)) relatives *= k_twins / k_birth_equal_of_one_person;
    // What speaks against the link already, and the relatives, together.
    weighed.weight_bits = -std::log2(std::exp2(-weight_bits) + relatives);
    weighed.is_lowered = true;
  }
  weighed.probability = 1 / (1 + std::exp2(-weighed.weight_bits));
  return weighed;
}

}  // namespace throughline::linkage

// Which pair to look at next: the one whose judgement is expected to put most right, a record of one's own agency
// first.
//
// What a judgement puts right is counted in pairs of records. "The same" for a pair that is apart joins every record of
// the one person with every record of the other; "different" for a pair that is together parts those that go with the
// one from those that go with the other. A pair that is together is wrong with 1 - p, one that is apart with p. Of
// these the ones near the purpose's threshold come first, for there a judgement changes what is shown.
//
// A reviewer sees the values of their own agency's records alone: whoever has neither record before them can say
// little, and the agencies that do are asked, too. So pairs with a record of the reviewer's agency come before all
// others.
//
// - Source: Settles 2009 (uncertainty sampling by expected change of the model), with the clustering as the model.
// - Assumptions: probabilities are calibrated; the rest of the clustering stays as it is; the reviewer can tell.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace throughline::linkage {

// The weight between two records of a person, by their places in it; nothing smaller exists than that of a pair that
// nobody weighed.
using WeightBetween = std::function<double(std::int64_t one, std::int64_t other)>;

// Two records of one person.
struct PairWithin {
  std::int64_t records = 0;  // Of the person, these two among them.
  std::int64_t one = 0;
  std::int64_t other = 0;
};
// The pairs of records that "different" would part: each record goes with the one of the two that it is closer to, with
// the first where it is as close to both. REQUIRES: one and other are two places of the person. Cost: the records.
[[nodiscard]] std::int64_t pairs_parted(const PairWithin& pair, const WeightBetween& weight);

struct Reviewable {
  double probability = 0;
  bool is_together = false;
  std::int64_t pairs_changed = 1;  // That would join, or part, were it judged otherwise than it stands.
  bool has_own = false;            // A record of the reviewer's agency is one of the two.
};

// The most that any pair of a person of so many records parts: half of them from the other half.
[[nodiscard]] constexpr std::int64_t pairs_parted_max(std::int64_t records) {
  return records / 2 * (records - records / 2);
}

// In pairs expected to be put right.
[[nodiscard]] double expected_gain(const Reviewable& pair, double probability_min);

// Places; those with an own record first, then most gain first, of equal ones the first. At most as many as asked for.
[[nodiscard]] std::vector<std::size_t> review_order(std::span<const Reviewable> pairs, double probability_min,
                                                    std::int64_t pairs_max);

// How many pairs the one at that place would part.
using PartedBy = std::function<std::int64_t(std::size_t place)>;
inline constexpr std::int64_t k_parted_asked_max = 1000;
// The place that review_order() would put first, where `pairs_changed` of those together is the most they could part:
// asks what they do part for those alone that may lead, and writes it there. At most k_parted_asked_max are asked
// about, those that could do most; where that leaves doubt, the first of these. Nothing where there is no pair. Cost: a
// sort.
[[nodiscard]] std::optional<std::size_t> first_to_review(std::span<Reviewable> pairs, double probability_min,
                                                         const PartedBy& parted_by);

}  // namespace throughline::linkage

// How the people whom a run put together hold against who they are, where that is known: for made-up data alone.
//
// Pairs of records are counted over everybody; precision, recall and F1 are shares of sums over groups that have
// nothing to do with each other: people, and whoever they were put together with. Their intervals are those of a ratio
// (Cochran, 1977) with the variance between groups, put into Wilson's (1927) by the size of a plain sample that would
// say as much (Kish, 1965). Assumes that another made-up world would differ as these groups do. Bias: one person of
// many records weighs as the square of their number; the measures of people (Bagga and Baldwin, 1998) do not let them.
// Undecidable: without a pair a share has the interval from 0 to 1.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "linkage/accuracy.h"
#include "linkage/pair_truth.h"

namespace throughline::linkage {

// A record of a person who is known.
struct KnownMention {
  std::uint32_t truth = 0;    // Who it is.
  std::uint32_t cluster = 0;  // Who it was taken for.
  std::uint16_t agency = 0;
  std::uint16_t kind = 0;
  bool is_child = false;  // When what the record tells of happened.
};

struct ScoredShare {
  double value = 1;
  ShareInterval interval{};
  friend bool operator==(const ScoredShare& one, const ScoredShare& other) {
    return one.value == other.value && one.interval.low == other.interval.low &&
           one.interval.high == other.interval.high;
  }
};

struct PairScore {
  PairTruth pairs;
  std::int64_t groups = 0;  // In which there is a pair.
  ScoredShare precision, recall, f1;
};
[[nodiscard]] PairScore score_pairs(std::span<const KnownMention> mentions);

// Pairs between two agencies, or two kinds, or within one.
struct PairScoreBetween {
  std::uint16_t one = 0;  // Not more than other.
  std::uint16_t other = 0;
  PairScore score;
};
// By one and other; those without a pair, true or linked, are left out.
[[nodiscard]] std::vector<PairScoreBetween> score_between(std::span<const KnownMention> mentions,
                                                          std::uint16_t KnownMention::* by);

struct PeopleScore {
  std::int64_t people = 0;             // Who they are.
  std::int64_t people_in_several = 0;  // Of more than one record.
  std::int64_t whole = 0;              // Of these: all their records together, and nobody else's with them.
  std::int64_t split = 0;              // Of these: taken for more than one.
  std::int64_t joined = 0;             // People who were taken for one with somebody else.
  std::int64_t clusters = 0;           // Whom they were taken for.
  std::int64_t clusters_mixed = 0;     // Of these: more than one person.
  double precision = 1;                // Of a record's fellows, what share is of its person; the mean over records.
  double recall = 1;                   // Of its person's records, what share are its fellows.
};
[[nodiscard]] PeopleScore score_people(std::span<const KnownMention> mentions);

}  // namespace throughline::linkage

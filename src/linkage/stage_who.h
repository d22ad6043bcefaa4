// Who else knows this person: the records weighed against what was asked.
//
// Everybody is encoded once and asked about many times; of what was asked nothing is kept. A question looks at the
// records that bear a name like one of those asked for (name_places.h), or share the year of birth, its day and month,
// a postcode, a home, the end of a telephone number or a number of the person. Where there are few records, or where
// very many are so alike, all are looked at instead; so nobody is left out but who agrees in none of these.
//
// PeopleIndex::find() answers another question: which people, by the record of each that is nearest and by odds of its
// own. Here every record counts, for each says which agency knows the person, by the odds of the run.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "linkage/stage.h"

namespace throughline::linkage {

struct AskedMatch {
  MentionId mention;
  double probability = 0;

  friend bool operator==(const AskedMatch&, const AskedMatch&) = default;
};

struct WhoLimits {
  std::int64_t all_looked_at = 50'000;     // So few records are all looked at.
  std::int64_t keyed_looked_at = 400'000;  // More that share a key: then all are looked at, which costs no more.
};

class WhoIndex {
 public:
  // The links must outlive it. Cost: nothing yet; the first question encodes everybody.
  explicit WhoIndex(const Links& links, WhoLimits limits = {});
  WhoIndex(const WhoIndex&) = delete;
  WhoIndex& operator=(const WhoIndex&) = delete;
  ~WhoIndex();

  // Records at least so likely to be of the person, by mention. What is asked may be partial and misspelt; a record
  // known by another name is asked by that too, and the better of the two stands. May be called by many at a time; they
  // take turns. Errors: "too_little_asked" where what is given could be anybody: no name, no number of a person, and no
  // date of birth with a postcode.
  [[nodiscard]] base::Result<std::vector<AskedMatch>> find(const PersonTexts& asked, double probability_min) const;

 private:
  class Everybody;
  [[nodiscard]] Everybody& everybody(NumberKind kind) const;

  const Links& links_;
  WhoLimits limits_;
  NumberKind usual_kind_ = NumberKind::nhs_number;
  mutable std::mutex turn_;
  // By the number that is compared: two numbers of different kinds never agree, so one kind is.
  mutable std::map<NumberKind, std::unique_ptr<Everybody>> everybody_;
};

}  // namespace throughline::linkage

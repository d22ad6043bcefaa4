#include "linkage/link.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/parallel.h"
#include "base/random.h"
#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

constexpr LinkOptions k_few_drawn = {.random_pairs = 200'000};

LinkAnswer linked(const People& people, const LinkOptions& options = k_few_drawn) {
  const base::Interrupt interrupt;
  base::Progress progress;
  return link(people, options, interrupt, progress).value();
}

constexpr std::array k_given = {"Abigail", "Benjamin", "Charlotte", "Daniel",    "Eleanor", "Frederick", "Georgina",
                                "Harold",  "Isabella", "Joshua",    "Katherine", "Leonard", "Matilda",   "Nathaniel",
                                "Olivia",  "Patrick",  "Rosalind",  "Sebastian", "Theresa", "Victor"};
constexpr std::array k_family = {"Ackroyd",     "Bennington", "Cartwright",   "Dunmore",       "Ellsworth",
                                 "Fairbrother", "Gillespie",  "Hargreaves",   "Ironside",      "Jessop",
                                 "Kettlewell",  "Lockwood",   "Merriweather", "Norcross",      "Ormerod",
                                 "Pemberton",   "Quigley",    "Ravenscroft",  "Satterthwaite", "Thistlewood"};

// Households of two parents and two children, each with a record in both sources, the second often with a slip.
class MadeUpTown {
 public:
  explicit MadeUpTown(int households) {
    for (int i = 0; i < households; ++i) add_household(i);
  }
  // Two records of one person, or one record each of two.
  std::size_t add(MadeUpPerson person, std::uint16_t source) {
    person.source = source;
    people_.push_back(std::move(person));
    return people_.size() - 1;
  }
  [[nodiscard]] const std::vector<MadeUpPerson>& people() const { return people_; }
  [[nodiscard]] const std::vector<int>& truth() const { return truth_; }

 private:
  void add_household(int number) {
    const std::string family = k_family[chance_.below(k_family.size())];
    const std::string address =
        fmt::format("{} {} Road", 1 + number % 60, k_family[static_cast<std::size_t>(number / 60)]);
    const std::string postcode = fmt::format("AB{} {}XY", 1 + number / 90, number % 9);
    for (const int born : {1960, 1962, 1990, 1993}) {
      const MadeUpPerson person = {.given = k_given[chance_.below(k_given.size())],
                                   .family = family,
                                   .birth = fmt::format("{}-{:02}-{:02}", born + static_cast<int>(chance_.below(8)),
                                                        1 + chance_.below(12), 2 + chance_.below(27)),
                                   .address = address,
                                   .postcode = postcode};
      const int who = static_cast<int>(truth_.size());
      add(person, 0);
      add(with_slip(person), 1);
      truth_.insert(truth_.end(), {who, who});
    }
  }
  MadeUpPerson with_slip(MadeUpPerson person) {
    const std::uint64_t kind = chance_.below(8);
    if (kind == 0) person.given.erase(2, 1);
    if (kind == 1) std::swap(person.family[2], person.family[3]);
    if (kind == 2) person.birth[9] = person.birth[9] == '9' ? '8' : '9';
    if (kind == 3) person.address = "7 Elsewhere Avenue", person.postcode = "ZE1 1AA";
    return person;
  }

  base::Random chance_{{.seed = 3, .stream = base::stream_of("link test")}};
  std::vector<MadeUpPerson> people_;
  std::vector<int> truth_;
};

struct Town {
  People people;
  LinkAnswer answer;

  [[nodiscard]] bool together(std::size_t one, std::size_t other) const {
    return answer.first_of_cluster[one] == answer.first_of_cluster[other];
  }
};

// Two brothers and the twin of one, two people of one name, and one person whose second record has slips; each in a
// town.
struct Neighbours {
  std::size_t tom, tom_again, tim, twin, namesake_north, namesake_south;
};

const MadeUpPerson k_tom = {.given = "Thomas",
                            .family = "Underhill",
                            .birth = "1991-06-14",
                            .sex = "M",
                            .address = "99 Mill Lane",
                            .postcode = "AB1 9ZZ"};

struct TownWithNeighbours {
  Neighbours who;
  Town town;
};

const TownWithNeighbours& neighbours() {
  static const TownWithNeighbours made = [] {
    MadeUpTown town(150);
    Neighbours who{};
    who.tom = town.add(k_tom, 0);
    MadeUpPerson again = k_tom;
    again.given = "Thoms";
    who.tom_again = town.add(again, 1);
    MadeUpPerson brother = k_tom;
    brother.given = "Walter";
    brother.birth = "1994-01-30";
    who.tim = town.add(brother, 1);
    MadeUpPerson twin = k_tom;
    twin.given = "Rebecca";
    twin.sex = "F";
    who.twin = town.add(twin, 1);
    MadeUpPerson namesake = {.given = "Olivia",
                             .family = "Lockwood",
                             .birth = "1971-08-02",
                             .address = "3 North Street",
                             .postcode = "AB7 1AA"};
    who.namesake_north = town.add(namesake, 0);
    namesake.birth = "1958-11-23";
    namesake.address = "84 Southgate";
    namesake.postcode = "ZE4 8QQ";
    who.namesake_south = town.add(namesake, 1);
    People people = people_of(town.people());
    LinkAnswer answer = linked(people);
    return TownWithNeighbours{.who = who, .town = {.people = std::move(people), .answer = std::move(answer)}};
  }();
  return made;
}

TEST(Link, puts_the_records_of_one_person_together_in_spite_of_a_slip) {
  const auto& [who, town] = neighbours();
  EXPECT_TRUE(town.together(who.tom, who.tom_again));
}

TEST(Link, keeps_brothers_apart) {
  const auto& [who, town] = neighbours();
  EXPECT_FALSE(town.together(who.tom, who.tim));
}

TEST(Link, keeps_twins_apart) {
  const auto& [who, town] = neighbours();
  EXPECT_FALSE(town.together(who.tom, who.twin));
}

TEST(Link, keeps_two_people_of_one_name_apart) {
  const auto& [who, town] = neighbours();
  EXPECT_FALSE(town.together(who.namesake_north, who.namesake_south));
}

TEST(Link, of_a_whole_town_merges_nobody_of_one_household) {
  const MadeUpTown made(150);
  const People people = people_of(made.people());
  const LinkAnswer answer = linked(people);
  std::int64_t right = 0;
  std::int64_t merged = 0;
  for (std::size_t i = 0; i < people.records.size(); ++i) {
    for (std::size_t j = i + 1; j < people.records.size(); ++j) {
      if (answer.first_of_cluster[i] != answer.first_of_cluster[j]) continue;
      (made.truth()[i] == made.truth()[j] ? right : merged) += 1;
    }
  }
  EXPECT_EQ(merged, 0);
  EXPECT_GE(right, 590) << "of 600 people with two records";
}

TEST(Link, gives_the_same_bits_at_one_thread_and_at_two) {
  const People people = people_of(MadeUpTown(150).people());
  base::set_thread_limit(1);
  const LinkAnswer alone = linked(people);
  base::set_thread_limit(2);
  const LinkAnswer together = linked(people);
  base::set_thread_limit(0);
  EXPECT_EQ(alone.first_of_cluster, together.first_of_cluster);
  EXPECT_EQ(alone.model->mixture.share, together.model->mixture.share);
  ASSERT_EQ(alone.pairs.size(), together.pairs.size());
  const auto bits = [](const WeighedPair& pair) { return std::tuple(pair.one, pair.other, pair.weight_bits); };
  EXPECT_TRUE(std::ranges::equal(alone.pairs, together.pairs, {}, bits, bits));
}

TEST(Link, across_sources_puts_nothing_of_an_empty_source_together) {
  std::vector<MadeUpPerson> people = {k_tom, k_tom, k_tom};
  for (MadeUpPerson& person : people) person.source = 1;
  const LinkAnswer answer = linked(people_of(people), {.scope = PairScope::across_sources});
  EXPECT_EQ(answer.pairs_compared, 0);
  EXPECT_EQ(answer.first_of_cluster, (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(Link, of_no_record_and_of_one_is_nothing_to_do) {
  EXPECT_TRUE(linked(people_of({})).first_of_cluster.empty());
  const std::vector<MadeUpPerson> one = {k_tom};
  EXPECT_EQ(linked(people_of(one)).first_of_cluster, (std::vector<std::uint32_t>{0}));
}

TEST(Link, lets_judgements_win_over_weights) {
  const auto& [who, town] = neighbours();
  const std::vector<RecordPair> same = {
      {static_cast<std::uint32_t>(who.namesake_north), static_cast<std::uint32_t>(who.namesake_south)}};
  const std::vector<RecordPair> different = {
      {static_cast<std::uint32_t>(who.tom), static_cast<std::uint32_t>(who.tom_again)}};
  LinkOptions options;
  options.judged = {.same = same, .different = different};
  const std::vector<std::uint32_t> firsts =
      cluster_by(town.people, town.answer.pairs, *town.answer.model, options).first;
  EXPECT_EQ(firsts[who.namesake_north], firsts[who.namesake_south]);
  EXPECT_NE(firsts[who.tom], firsts[who.tom_again]);
}

TEST(Link, stops_when_it_is_asked_to) {
  base::Interrupt interrupt;
  base::Progress progress;
  interrupt.request();
  const std::vector<MadeUpPerson> two = {k_tom, k_tom};
  EXPECT_EQ(link(people_of(two), {}, interrupt, progress).error().code, "interrupted");
}

// Everybody in the town has two records: whoever is together with one already is the less likely to be with a third.
TEST(Link, a_third_record_is_less_likely_than_its_pair_alone_says) {
  const LinkAnswer& answer = neighbours().town.answer;
  ASSERT_LT(answer.third_record_bits, -1);
  std::map<std::uint32_t, int> records;
  for (const std::uint32_t first : answer.first_of_cluster) ++records[first];
  int thirds = 0;
  const std::vector<double> third_bits = third_record_bits_of(
      answer.pairs, {.first = answer.first_of_cluster, .third_record_bits = answer.third_record_bits});
  for (std::size_t i = 0; i < answer.pairs.size(); ++i) {
    const WeighedPair& pair = answer.pairs[i];
    const std::uint32_t one = answer.first_of_cluster[pair.one];
    const std::uint32_t other = answer.first_of_cluster[pair.other];
    const bool is_third = one != other && records[one] + records[other] > 2;
    const double bits = static_cast<double>(pair.weight_bits) + (is_third ? answer.third_record_bits : 0);
    ASSERT_NEAR(pair.probability, 1 / (1 + std::exp2(-bits)), 1e-5);
    ASSERT_EQ(third_bits[i], is_third ? answer.third_record_bits : 0);
    thirds += is_third ? 1 : 0;
  }
  EXPECT_GT(thirds, 0);
}

}  // namespace
}  // namespace throughline::linkage

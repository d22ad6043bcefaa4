#include "linkage/expected_recall.h"

#include <algorithm>
#include <array>

#include "base/random.h"

namespace throughline::linkage {
namespace {

using Atoms = std::uint32_t;  // Bit by bit whether the atoms agree.

constexpr Atoms bit(Atom atom) {
  return Atoms{1} << static_cast<unsigned>(atom);
}

// Chances that the first three letters, the first letter and the sound of two names agree, by how the names do.
struct NameChances {
  double start = 0;
  double initial = 0;
  double sound = 0;
};
constexpr std::array<NameChances, 8> k_name_chances = {{{},
                                                        {.start = 1, .initial = 1, .sound = 1},
                                                        {.start = 0.4, .initial = 0.6, .sound = 0.4},
                                                        {.start = 0.6, .initial = 0.9, .sound = 0.6},
                                                        {.start = 0, .initial = 1, .sound = 0},
                                                        {.start = 0.6, .initial = 0.85, .sound = 0.4},
                                                        {.start = 1, .initial = 1, .sound = 0.4},
                                                        {.start = 0.01, .initial = 0.06, .sound = 0.01}}};
constexpr double k_district_after_edit = 0.5;  // Half of a postcode's letters name the district.
constexpr double k_email_start_when_near = 0.8;
constexpr double k_phone_end_after_slip = 0.5;

class Draw {
 public:
  Draw(const Mixture& mixture, base::Random& chance) : levels_(mixture.levels[0]), chance_(chance) {}

  Atoms of(const PersonRecord& one, const PersonRecord& other) {
    atoms_ = 0;
    const bool name_agrees = draw_names(one, other);
    draw_birth(one.birth, other.birth);
    const bool place_agrees = draw_place(one, other);
    const auto both = [](auto left, auto right) { return left != 0 && right != 0; };
    const int locality = plain(Comparison::locality, both(one.locality_id, other.locality_id), place_agrees);
    set(Atom::locality, locality == 1);
    draw_email(plain(Comparison::email, both(one.email_id, other.email_id), name_agrees));
    const int phone = plain(Comparison::phone, both(one.phone, other.phone), false);
    set(Atom::phone, phone == 1);
    set(Atom::phone_end, phone == 1 || (phone == 2 && chance_.bernoulli(k_phone_end_after_slip)));
    set(Atom::identifier, plain(Comparison::identifier, both(one.identifier, other.identifier), false) == 1);
    return atoms_;
  }

 private:
  void set(Atom atom, bool agrees) {
    if (agrees) atoms_ |= bit(atom);
  }

  // A level of the comparison among those of the group, as likely as the model has it.
  int level(Comparison comparison, unsigned group) {
    const ComparisonShape& shape = shape_of(comparison);
    const LevelProbabilities& all = levels_[static_cast<std::size_t>(comparison)];
    double left = chance_.uniform01();
    int last = 0;
    for (int level = 0; level < static_cast<int>(all.size()); ++level) {
      if (group_of(shape, level) != group) continue;
      last = level;
      left -= all[static_cast<std::size_t>(level)];
      if (left < 0) return level;
    }
    return last;  // What rounding left over.
  }

  // For a comparison of one part: its level, 0 where it is missing.
  int plain(Comparison comparison, bool is_there, bool in_second_context) {
    if (!is_there) return 0;
    const ComparisonShape& shape = shape_of(comparison);
    const unsigned context = in_second_context && shape.contexts > 1 ? 8 : 0;
    return part_level(shape, level(comparison, context), 0);
  }

  static const NameChances& chances_at(NameLevel level) { return k_name_chances[static_cast<std::size_t>(level)]; }

  bool draw_names(const PersonRecord& one, const PersonRecord& other) {
    const bool has_given = one.given_id != 0 && other.given_id != 0;
    const bool has_family = one.family_id != 0 && other.family_id != 0;
    const int drawn = level(Comparison::names, (has_given ? 0U : 1U) | (has_family ? 0U : 2U));
    if (drawn >= k_names_swapped) {
      set(Atom::names_either_way, drawn == k_names_swapped);
      return true;
    }
    const auto given = static_cast<NameLevel>(drawn / 8);
    const auto family = static_cast<NameLevel>(drawn % 8);
    set(Atom::given, given == NameLevel::exact);
    set(Atom::given_start, chance_.bernoulli(chances_at(given).start));
    set(Atom::given_initial, chance_.bernoulli(chances_at(given).initial));
    set(Atom::given_sound, chance_.bernoulli(chances_at(given).sound));
    set(Atom::family, family == NameLevel::exact);
    set(Atom::family_start, chance_.bernoulli(chances_at(family).start));
    set(Atom::family_sound, chance_.bernoulli(chances_at(family).sound));
    set(Atom::names_either_way, given == NameLevel::exact && family == NameLevel::exact);
    return given == NameLevel::exact || family == NameLevel::exact;
  }

  void draw_birth(const BirthParts& one, const BirthParts& other) {
    const bool has_day = one.day != 0 && other.day != 0;
    const bool has_month = one.month != 0 && other.month != 0;
    const bool has_year = one.year != 0 && other.year != 0;
    const unsigned missing = (has_day ? 0U : 1U) | (has_month ? 0U : 2U) | (has_year ? 0U : 4U);
    const int drawn = level(Comparison::birth, missing);
    if (drawn >= k_birth_swapped) {
      set(Atom::birth_year, drawn == k_birth_swapped);
      return;
    }
    set(Atom::birth_day, drawn / 16 == 1);
    set(Atom::birth_month, drawn / 4 % 4 == 1);
    set(Atom::birth_year, drawn % 4 == 1);
    set(Atom::birth, drawn == 16 + 4 + 1);
  }

  bool draw_place(const PersonRecord& one, const PersonRecord& other) {
    const bool has_street = one.street_id != 0 && other.street_id != 0;
    const bool has_house = (one.house & k_house_bits) != 0 && (other.house & k_house_bits) != 0;
    const bool has_postcode = one.postcode != 0 && other.postcode != 0;
    const bool has_address = has_street || has_house;
    const int drawn = level(Comparison::place, (has_address ? 0U : 1U) | (has_postcode ? 0U : 2U));
    const auto address = static_cast<AddressLevel>(drawn / 6);
    const auto postcode = static_cast<PostcodeLevel>(drawn % 6);
    const bool same_street = address == AddressLevel::exact || address == AddressLevel::street_only;
    const bool same_house =
        address == AddressLevel::exact || address == AddressLevel::street_near || address == AddressLevel::house_only;
    set(Atom::street, has_street && same_street);
    set(Atom::house, has_house && same_house);
    set(Atom::postcode, postcode == PostcodeLevel::exact);
    const bool same_sector = postcode == PostcodeLevel::exact || postcode == PostcodeLevel::sector;
    const bool edited = postcode == PostcodeLevel::one_edit;
    set(Atom::postcode_district,
        same_sector || postcode == PostcodeLevel::district || (edited && chance_.bernoulli(k_district_after_edit)));
    return address == AddressLevel::exact || same_sector || edited;
  }

  void draw_email(int level) {
    const bool same_local = level == 1 || level == 2;
    set(Atom::email, level == 1);
    set(Atom::email_local, same_local);
    set(Atom::email_start, same_local || (level == 3 && chance_.bernoulli(k_email_start_when_near)));
  }

  const ClassProbabilities& levels_;
  base::Random& chance_;
  Atoms atoms_ = 0;
};

std::vector<Atoms> atoms_of(std::span<const BlockingRule> rules) {
  std::vector<Atoms> all;
  for (const BlockingRule& rule : rules) {
    Atoms atoms = 0;
    for (const Atom atom : rule.atoms) atoms |= bit(atom);
    all.push_back(atoms);
  }
  return all;
}

}  // namespace

ExpectedRecall expected_recall(std::span<const BlockingRule> rules, std::span<const PersonRecord> records,
                               const Mixture& mixture, const RecallOptions& options) {
  const std::vector<Atoms> wanted = atoms_of(rules);
  std::vector<std::int64_t> caught(rules.size());
  std::vector<std::int64_t> caught_first(rules.size());
  std::int64_t together = 0;
  const std::int64_t draws = records.size() < 2 ? 0 : options.draws;
  base::Random chance({.seed = options.seed, .stream = base::stream_of("expected recall")});
  Draw draw(mixture, chance);
  for (std::int64_t i = 0; i < draws; ++i) {
    const PersonRecord& one = records[static_cast<std::size_t>(chance.below(records.size()))];
    const PersonRecord& other = records[static_cast<std::size_t>(chance.below(records.size()))];
    const Atoms agreeing = draw.of(one, other);
    bool is_caught = false;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      if ((agreeing & wanted[rule]) != wanted[rule]) continue;
      ++caught[rule];
      caught_first[rule] += is_caught ? 0 : 1;
      is_caught = true;
    }
    together += is_caught ? 1 : 0;
  }
  ExpectedRecall recall{.together = share_of(together, draws)};
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    recall.rules.push_back(
        {.caught = share_of(caught[rule], draws), .caught_first = share_of(caught_first[rule], draws)});
  }
  return recall;
}

}  // namespace throughline::linkage

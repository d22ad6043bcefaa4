#include "linkage/stage_who.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "linkage/compare.h"
#include "linkage/indexed_people.h"
#include "linkage/link.h"
#include "linkage/name_places.h"
#include "linkage/relatives.h"
#include "linkage/weigh.h"

namespace throughline::linkage {

namespace {

using base::Result;

// A source of its own, which no register of a run has.
constexpr std::uint16_t k_asked_source = 0xFFFF;

bool says_enough(const PersonTexts& asked) {
  const bool is_named =
      !asked.forename.empty() || !asked.surname.empty() || !asked.full_name.empty() || !asked.known_as.empty();
  const bool is_numbered = !asked.phone.empty() || !asked.nhs_number.empty() || !asked.police_id.empty();
  return is_named || is_numbered || (!asked.birth.empty() && !asked.postcode.empty());
}

// Beside names. Loose, so that whoever is likely shares one of them at least, or a name like theirs.
const std::array<BlockingRule, 6>& finding_rules() {
  using enum Atom;
  static const std::array<BlockingRule, 6> k_rules = {
      {{{identifier}}, {{phone_end}}, {{birth_year}}, {{birth_month, birth_day}}, {{postcode}}, {{street, house}}}};
  return k_rules;
}

struct NameOfPerson {
  BorneName given;
  BorneName family;
  TextId family_part = 0;
};

// Each of their names. A part that was not said is as in the record's own name.
std::vector<NameOfPerson> names_of(const PersonRecord& record, const ComparedTexts& texts) {
  const NameOfPerson own{.given = {.id = record.given_id, .text = record.given, .variants = record.given_variants},
                         .family = {.id = record.family_id, .text = record.family},
                         .family_part = record.family_part};
  std::vector<NameOfPerson> names = {own};
  for (const OtherName& each : texts.other_names[record.other_names]) {
    NameOfPerson& name = names.emplace_back(own);
    if (each.given_id != 0) name.given = {.id = each.given_id, .text = each.given, .variants = each.given_variants};
    if (each.family_id == 0) continue;
    name.family = {.id = each.family_id, .text = each.family};
    name.family_part = each.family_part;
  }
  return names;
}

// Day and month the other way round; nothing where that is no other date.
std::optional<PersonRecord> with_birth_swapped(const PersonRecord& record) {
  constexpr int k_months = 12;
  if (record.birth.day > k_months || record.birth.day == record.birth.month) return std::nullopt;
  PersonRecord swapped = record;
  std::swap(swapped.birth.day, swapped.birth.month);
  return swapped;
}

}  // namespace

// Everybody of the run as one kind of number compares them, in the order of their mentions.
class WhoIndex::Everybody {
 public:
  Everybody(const Links& links, NumberKind kind, const WhoLimits& limits)
      : links_(links),
        kind_(kind),
        limits_(limits),
        records_(encoded(links)),
        rarity_(learnt_rarity(records_, encoder_.texts(), {.seed = links.run.seed})),
        scale_(links.derived.mixture, rarity_) {
    if (std::ssize(records_) > limits_.all_looked_at) insert_keys();
  }

  [[nodiscard]] std::vector<AskedMatch> find(const PersonTexts& asked, double probability_min) {
    const Encoder::Mark before = encoder_.mark();
    const PersonRecord sought = encode_one(encoder_, asked, k_asked_source, kind_);
    std::vector<AskedMatch> matches;
    const auto look = [&](Place place) {
      const Pattern pattern = compare(records_[place], sought, encoder_.texts());
      const double weight = scale_.weigh(pattern, records_[place], sought).weight_bits;
      const double probability =
          links_.derived.calibrated(StandingWeight::of_no_run(weigh_relatives(pattern, weight).weight_bits))
              .probability;
      if (probability >= probability_min) matches.push_back({links_.world.mentions[place].id, probability});
    };
    if (const auto near = candidates(sought)) {
      for (const Place place : *near) look(place);
    } else {
      for (Place place = 0; place < records_.size(); ++place) look(place);
    }
    encoder_.go_back(before);  // What somebody typed stays nowhere.
    return matches;
  }

 private:
  base::LargeVector<PersonRecord> encoded(const Links& links) {
    for (const Mention& mention : links.world.mentions) encode(encoder_, mention.person, 0, kind_);
    return encoder_.take_records();
  }

  void insert_keys() {
    for (std::size_t rule = 0; rule < tables_.size(); ++rule) {
      KeyTable::Entries entries;
      for (Place place = 0; place < records_.size(); ++place) {
        const auto key = block_of(finding_rules().at(rule), records_[place], encoder_.texts());
        if (key) entries.push_back(KeyTable::entry_of(*key, place));
      }
      tables_.at(rule).insert(std::move(entries));
    }
    for (Place place = 0; place < records_.size(); ++place) {
      for (const NameOfPerson& name : names_of(records_[place], encoder_.texts())) {
        given_.add(name.given, place);
        family_.add(name.family, place);
        family_.add_part(name.family_part, place);
      }
    }
    given_.close();
    family_.close();
  }

  void add_by_keys(const PersonRecord& sought, std::vector<Place>& near) const {
    for (std::size_t rule = 0; rule < tables_.size(); ++rule) {
      const auto key = block_of(finding_rules().at(rule), sought, encoder_.texts());
      if (!key) continue;
      for (const auto run : tables_.at(rule).find(*key)) {
        for (const KeyTable::Entry entry : run) near.push_back(KeyTable::place_of(entry));
      }
    }
  }

  void add_by_name(const NameOfPerson& name, std::vector<Place>& near) const {
    const auto add = [&](const auto& places) { near.insert(near.end(), places.begin(), places.end()); };
    add(given_.bearing_like(name.given, limits_.keyed_looked_at));
    add(family_.bearing_like(name.family, limits_.keyed_looked_at));
    add(family_.bearing(name.family_part));
    // The names the other way round.
    add(given_.bearing(name.family.id));
    add(family_.bearing(name.given.id));
  }

  // Places that share a key or a name, ascending; nothing where all are to be looked at.
  [[nodiscard]] std::optional<std::vector<Place>> candidates(const PersonRecord& sought) const {
    if (std::ssize(records_) <= limits_.all_looked_at) return std::nullopt;
    std::vector<Place> near;
    add_by_keys(sought, near);
    if (const auto swapped = with_birth_swapped(sought)) add_by_keys(*swapped, near);
    for (const NameOfPerson& name : names_of(sought, encoder_.texts())) add_by_name(name, near);
    if (std::ssize(near) > limits_.keyed_looked_at) return std::nullopt;
    std::ranges::sort(near);
    const auto repeated = std::ranges::unique(near);
    near.erase(repeated.begin(), repeated.end());
    return near;
  }

  const Links& links_;
  NumberKind kind_;
  WhoLimits limits_;
  Encoder encoder_;
  base::LargeVector<PersonRecord> records_;
  Rarity rarity_;
  Scale scale_;
  std::array<KeyTable, 6> tables_;
  NamePlaces given_;
  NamePlaces family_;
};

WhoIndex::WhoIndex(const Links& links, WhoLimits limits) : links_(links), limits_(limits) {
  const bool is_any =
      std::ranges::any_of(links.world.mentions, [](const Mention& each) { return !each.person.nhs_number.empty(); });
  usual_kind_ = is_any ? NumberKind::nhs_number : NumberKind::police_id;
}

WhoIndex::~WhoIndex() = default;

WhoIndex::Everybody& WhoIndex::everybody(NumberKind kind) const {
  std::unique_ptr<Everybody>& of_kind = everybody_[kind];
  if (of_kind == nullptr) of_kind = std::make_unique<Everybody>(links_, kind, limits_);
  return *of_kind;
}

Result<std::vector<AskedMatch>> WhoIndex::find(const PersonTexts& asked, double probability_min) const {
  if (!says_enough(asked)) {
    return base::Error{base::ErrorKind::bad_command, "too_little_asked", "What was asked could be anybody", "",
                       "Give a name or a number of the person, or a date of birth with a postcode"};
  }
  const bool is_by_nhs = !asked.nhs_number.empty();
  const bool is_by_police = !is_by_nhs && !asked.police_id.empty();
  const NumberKind kind = is_by_nhs ? NumberKind::nhs_number : is_by_police ? NumberKind::police_id : usual_kind_;
  const std::scoped_lock lock(turn_);
  return everybody(kind).find(asked, probability_min);
}

}  // namespace throughline::linkage

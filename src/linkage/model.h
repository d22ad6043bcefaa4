// The nouns of linkage: mentions, entities, capacities, judgements, purposes.
//
// A mention is a person as one record names them. An entity is what linkage believes lasts behind mentions; its id
// never names anybody else. The numbers of the enumerations are part of the ledger's format (docs/formats/ledger.md).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "ledger/model.h"

namespace throughline::linkage {

using EntityId = base::Id<struct EntityTag>;
using LinkRunId = base::Id<struct LinkRunTag>;

// A person item of a row. Numbers are the workspace's own; people see the name (mention_name).
struct MentionId {
  ledger::ExtractNo extract{};
  std::int64_t place = 0;
  std::int32_t item = 0;
  friend auto operator<=>(const MentionId&, const MentionId&) = default;
};

// Whether one row names both: it names each person once, so they are two.
[[nodiscard]] inline bool is_one_row(const MentionId& one, const MentionId& other) {
  return one.extract == other.extract && one.place == other.place;
}

// "3f9a0c12ab345678:10482.1": the record's name, and the item in its row.
[[nodiscard]] std::string mention_name(std::string_view extract_name, const MentionId& mention);
struct MentionText {
  std::string extract;
  std::int64_t place = 0;
  std::int32_t item = -1;  // -1: the record's only one.
};
// Nothing unless the text has that shape, so that what parses holds nobody's name. The item may be left out where the
// record names one person.
[[nodiscard]] std::optional<MentionText> parse_mention(std::string_view text);

// "person 1042": how an entity is written.
[[nodiscard]] std::string entity_name(EntityId entity);
// Takes "1042" and "person 1042".
[[nodiscard]] std::optional<EntityId> parse_entity(std::string_view text);

// How an agency knows a person. Several may hold at once; none is ever merged into another: to be referred says that
// somebody thought a person exploited, to be detained that somebody was held, and neither says more.
enum class Capacity : std::uint8_t {
  harmed,
  missing,
  in_care,
  suspected,
  named,
  referred,  // As possibly exploited.
  detained,
  in_treatment,
  patient,
};
inline constexpr int k_capacities = 9;
[[nodiscard]] std::string_view words_of(Capacity capacity);  // "harmed", "in care", "referred", "in treatment"…
[[nodiscard]] std::optional<Capacity> capacity_named(std::string_view words);
[[nodiscard]] std::vector<std::string> capacity_words();

// What one person decided of two mentions.
enum class Verdict : std::uint8_t { same = 1, different = 2, cannot_tell = 3 };
[[nodiscard]] std::string_view words_of(Verdict verdict);  // "same", "different", "cannot-tell".
[[nodiscard]] std::optional<Verdict> verdict_named(std::string_view words);

// The lower mention first: a pair has one name.
struct MentionPair {
  MentionId one;
  MentionId other;
  [[nodiscard]] static MentionPair of(const MentionId& a, const MentionId& b) {
    return b < a ? MentionPair{b, a} : MentionPair{a, b};
  }
  friend auto operator<=>(const MentionPair&, const MentionPair&) = default;
};

}  // namespace throughline::linkage

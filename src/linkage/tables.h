// What linkage reads from the record store and keeps there: mentions, and what the last run derived of them.
//
// The registry of entities and judgements lies in the ledger: see tables_registry.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "linkage/cluster.h"
#include "linkage/mention_fields.h"
#include "linkage/mixture.h"
#include "linkage/model.h"
#include "linkage/recalibration.h"
#include "linkage/registry.h"
#include "store/duck.h"
#include "store/duck_writer.h"
#include "store/workspace.h"

namespace throughline::linkage {

// The derived tables of linkage, as a numbered step of the record store.
[[nodiscard]] std::vector<store::Migration> linkage_migrations();

// A person as one record names them, with what governs the record.
struct Mention {
  MentionId id;
  std::string record;        // "3f9a0c12ab345678:10482".
  ledger::AgencyId owner{};  // Whose account brought the extract in.
  std::string agency{};      // Whose record it is: the event's agency or force, else the owner's name.
  std::string source{};      // Which of an agency's registers: the extract's source.
  ledger::DataClass data_class = ledger::DataClass::personal;
  bool is_sealed = false;   // Handling C, a marking above OFFICIAL, or a patient, anywhere in the record.
  std::uint32_t roles = 0;  // Bits of records::Role.
  PersonTexts person{};     // As the agency wrote them.
  std::string ethnicity{};
  std::string placement{};
  std::string event_kind{};
  std::string event_category{};
  std::string event_outcome{};
  std::optional<base::Date> event_start{};

  [[nodiscard]] std::string name() const { return record + "." + std::to_string(id.item); }
};

// Every mention of the extracts given that says who somebody is, by id; a row without a name, a birth date or a number
// of a person is none. `agencies` gives the names of owners.
[[nodiscard]] base::Result<std::vector<Mention>> read_mentions(store::DuckConnection& connection,
                                                               const std::vector<ledger::RegisteredExtract>& extracts,
                                                               const std::map<ledger::AgencyId, std::string>& agencies);

// Who they are to their agency, by what it holds; "named" where nothing more is said. Never empty.
[[nodiscard]] std::vector<Capacity> capacities_of(const Mention& mention);

// A pair of the run.
struct LinkedPair {
  MentionPair pair;
  double weight_bits = 0;  // By the model, from the two records alone.
  double third_bits = 0;   // What the standing of the two beside third records adds; never above 0.
  double probability = 0;  // Of both: by the labels, where the run had enough of them; else by the model.
  PatternKey pattern = 0;

  [[nodiscard]] double model_bits() const { return weight_bits + third_bits; }
  friend bool operator==(const LinkedPair&, const LinkedPair&) = default;
};

// What one run derived.
struct DerivedLinks {
  LinkRunId run;
  std::vector<ledger::ExtractNo> extracts;  // What it read, by number.
  std::vector<LinkedPair> pairs;            // By pair.
  std::vector<Membership> members;          // By mention.
  Mixture mixture;
  std::optional<Recalibration> recalibration{};  // What the pairs' probabilities come from, where labels were enough.

  // Whether the run put the two together.
  [[nodiscard]] bool is_together(const MentionPair& pair) const;
  [[nodiscard]] StandingWeight standing(const LinkedPair& pair) const;
  [[nodiscard]] CalibratedProbability calibrated(const StandingWeight& pair) const;
};
// In place of what an earlier run left. REQUIRES: a transaction is open.
[[nodiscard]] base::Result<void> write_derived(store::DuckWriter& writer, const DerivedLinks& links);
// Nothing where no run left anything.
[[nodiscard]] base::Result<std::optional<DerivedLinks>> read_derived(store::DuckConnection& connection);

}  // namespace throughline::linkage

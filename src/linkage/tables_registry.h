// What linkage keeps in the ledger: runs, entities with their history, judgements, and who acted on which link.
//
// Nothing is deleted. A membership and a judgement end by a number of what ended them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "linkage/judgement.h"
#include "linkage/model.h"
#include "linkage/registry.h"

namespace throughline::linkage {

struct LinkRun {
  LinkRunId id;
  base::Instant at{};
  std::optional<base::Date> as_of{};
  base::Hash inputs{};    // Of the extracts and judgements read.
  base::Hash settings{};  // Of thresholds, limits and purpose terms.
  std::string model{};    // "throughline-link 1".
  std::uint64_t seed = 0;
  std::int64_t mentions = 0;
  std::int64_t entities = 0;
  std::int64_t entry = 0;
};
[[nodiscard]] base::Result<std::vector<LinkRun>> read_runs(ledger::Ledger& ledger);
// Gives the run its number, and writes what it did to entities.
[[nodiscard]] base::Result<LinkRunId> next_run(ledger::Ledger& ledger);
[[nodiscard]] base::Result<EntityId> next_entity(ledger::Ledger& ledger);
[[nodiscard]] base::Result<void> write_run(ledger::Transaction& transaction, const LinkRun& run,
                                           const Reconciled& reconciled);

// Memberships that stand, by mention.
[[nodiscard]] base::Result<std::vector<Membership>> read_members(ledger::Ledger& ledger);

// A membership with its run numbers: from which, and up to which it no longer held.
struct DatedMembership {
  Membership member;
  LinkRunId from;
  std::optional<LinkRunId> until{};
};
// Every one the entity ever had, by mention and run.
[[nodiscard]] base::Result<std::vector<DatedMembership>> memberships_of(ledger::Ledger& ledger, EntityId entity);

struct DatedEvent {
  EntityEvent event;
  LinkRunId run;
  base::Instant at{};
};
// What happened to the entity, as itself or as the other of an event; oldest first.
[[nodiscard]] base::Result<std::vector<DatedEvent>> events_of(ledger::Ledger& ledger, EntityId entity);
// The entity that lives on where this one was merged; itself where it was not. Nothing where there never was one.
[[nodiscard]] base::Result<std::optional<EntityId>> living(ledger::Ledger& ledger, EntityId entity);

// All judgements, by number.
[[nodiscard]] base::Result<std::vector<Judgement>> read_judgements(ledger::Ledger& ledger);
// The number of the new one. What the same account said of that pair before is superseded by it.
[[nodiscard]] base::Result<std::int64_t> write_judgement(ledger::Transaction& transaction, const Judgement& judgement);

// A link that was shown to somebody, or on which somebody acted, for one purpose.
enum class UseKind : std::uint8_t { shown = 1, acted = 2 };
struct LinkUse {
  EntityId entity;
  LinkRunId run;
  UseKind kind = UseKind::shown;
  ledger::Purpose purpose = ledger::Purpose::unstated;
  ledger::AccountId account{};
  ledger::AgencyId agency{};
  base::Instant at{};
  std::int64_t entry = 0;
};
[[nodiscard]] base::Result<void> write_use(ledger::Transaction& transaction, const LinkUse& use);
// By time.
[[nodiscard]] base::Result<std::vector<LinkUse>> uses_of(ledger::Ledger& ledger, EntityId entity);

// Whom to ring at an agency. The last one stands.
struct Desk {
  ledger::AgencyId agency;
  std::string text;
};
[[nodiscard]] base::Result<std::map<ledger::AgencyId, std::string>> read_desks(ledger::Ledger& ledger);
[[nodiscard]] base::Result<void> write_desk(ledger::Transaction& transaction, const Desk& desk);

}  // namespace throughline::linkage

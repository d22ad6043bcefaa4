// A run of linkage over a workspace: read → encode → link → honour judgements → reconcile → write → summary.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"
#include "linkage/blocking.h"
#include "linkage/tables.h"
#include "linkage/tables_registry.h"
#include "store/duck.h"

namespace throughline::linkage {

// What stands at one moment, read for a run or for a question.
struct LinkWorld {
  std::vector<ledger::ExtractNo> extracts;  // Of people, by number.
  std::vector<Mention> mentions;            // By id.
  std::vector<Judgement> judgements;
  base::Hash inputs{};  // Of the extracts' contents and the judgements.
};
[[nodiscard]] base::Result<LinkWorld> read_world(ledger::Ledger& ledger, store::DuckConnection& connection,
                                                 std::optional<base::Date> as_of);

// How many pairs each rule would make, before anything runs.
[[nodiscard]] base::Result<Blocking> plan(const LinkWorld& world);

struct RunRequest {
  std::optional<base::Date> as_of{};
  std::uint64_t seed = 1;
};
struct RunSummary {
  LinkRun run;
  std::int64_t extracts = 0;
  std::vector<EntityEvent> events;  // Created, merged and split; those of single mentions are only counted.
  std::int64_t joined = 0;
  std::int64_t moved = 0;
  std::int64_t withdrawn = 0;
  std::int64_t judgements_bound = 0;
  std::int64_t judgements_unseen = 0;                 // Of records that cannot be seen now; they bind nothing.
  std::vector<std::string> sources_without_births{};  // None of whose records has any part of a date of birth.
  std::int64_t labels_same = 0;                       // Judged pairs that the run kept.
  std::int64_t labels_different = 0;
  std::int64_t labels_pending = 0;               // Judged pairs that wait for a second person, and are no labels yet.
  std::optional<Recalibration> recalibration{};  // What they made of the model's probabilities, where enough.
};
// Writes the derived tables and the registry under the transaction, which the caller commits. Errors: "nothing_to_link"
// without a person; "judgements_disagree", which names three records and says what to do.
[[nodiscard]] base::Result<RunSummary> run_links(ledger::Transaction& transaction, ledger::Ledger& ledger,
                                                 const RunRequest& request);

// The last run as questions read it, with the mentions that can be seen now. Errors: "links_missing" before the first
// run; "links_stale" where the derived tables are not of the ledger's last run.
struct Links {
  LinkRun run;
  LinkWorld world;
  DerivedLinks derived;                    // Pairs and members of mentions that can be seen, no others.
  std::int64_t extracts_since = 0;         // That came after the run and are in no entity yet.
  std::vector<std::uint32_t> by_entity{};  // Places of members, by entity and mention.

  [[nodiscard]] const Mention* mention(const MentionId& id) const;
  // Nothing for a mention that came after the run.
  [[nodiscard]] std::optional<EntityId> entity_of(const MentionId& id) const;
  // By id.
  [[nodiscard]] std::vector<const Mention*> members_of(EntityId entity) const;
  [[nodiscard]] const LinkedPair* pair(const MentionPair& pair) const;
};
[[nodiscard]] base::Result<Links> read_links(ledger::Ledger& ledger, store::DuckConnection& connection,
                                             std::optional<base::Date> as_of);

}  // namespace throughline::linkage

#include "linkage/tables_registry.h"

#include <algorithm>

#include "ledger/stored.h"

namespace throughline::linkage {

namespace {

using base::Result;
using ledger::Ledger;
using ledger::stored_code;
using ledger::Transaction;
using store::SqliteStatement;

MentionId mention_at(const SqliteStatement& row, int column) {
  return {.extract = ledger::ExtractNo(row.integer(column)),
          .place = row.integer(column + 1),
          .item = static_cast<std::int32_t>(row.integer(column + 2))};
}

void bind_mention(SqliteStatement& statement, int position, const MentionId& mention) {
  statement.bind(position, mention.extract.number()).bind(position + 1, mention.place).bind(position + 2, mention.item);
}

Result<std::int64_t> one_more(Ledger& ledger, std::string_view sql) {
  auto last = TRY(ledger.sqlite().read(sql));
  const bool is_any = TRY(last.step_row());
  return (is_any && !last.is_null(0) ? last.integer(0) : 0) + 1;
}

Result<void> write_entities(Transaction& transaction, const LinkRun& run, const Reconciled& reconciled) {
  auto insert = TRY(transaction.sqlite().write(transaction.permit(), "INSERT INTO entity VALUES (?1, ?2)"));
  for (const EntityEvent& event : reconciled.events) {
    if (event.kind != EntityEventKind::created) continue;
    TRY(insert.bind(1, event.entity.number()).bind(2, run.id.number()).run());
  }
  return {};
}

Result<void> write_events(Transaction& transaction, const LinkRun& run, const Reconciled& reconciled) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO entity_event (run_id, kind, entity_id, other_id, extract_no, place, item) VALUES (?1, ?2, ?3, ?4, "
      "?5, ?6, ?7)"));
  for (const EntityEvent& event : reconciled.events) {
    insert.bind(1, run.id.number()).bind(2, static_cast<std::int64_t>(event.kind)).bind(3, event.entity.number());
    if (event.other.number() != 0) insert.bind(4, event.other.number());
    if (event.mention.extract.number() != 0) bind_mention(insert, 5, event.mention);
    TRY(insert.run());
  }
  return {};
}

Result<void> write_members(Transaction& transaction, const LinkRun& run, const Reconciled& reconciled) {
  auto end = TRY(transaction.sqlite().write(transaction.permit(),
                                            "UPDATE membership SET until_run = ?1 WHERE extract_no = ?2 AND place = ?3 "
                                            "AND item = ?4 AND until_run IS NULL"));
  auto begin = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO membership (from_run, extract_no, place, item, entity_id) VALUES (?1, ?2, ?3, ?4, ?5)"));
  for (const EntityEvent& event : reconciled.events) {
    const bool is_new = event.kind == EntityEventKind::joined;
    const bool is_end = event.kind == EntityEventKind::withdrawn;
    const bool is_move = event.kind == EntityEventKind::moved;
    if (is_move || is_end) {
      end.bind(1, run.id.number());
      bind_mention(end, 2, event.mention);
      TRY(end.run());
    }
    if (is_move || is_new) {
      begin.bind(1, run.id.number()).bind(5, event.entity.number());
      bind_mention(begin, 2, event.mention);
      TRY(begin.run());
    }
  }
  return {};
}

}  // namespace

Result<std::vector<LinkRun>> read_runs(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT run_id, at, as_of, inputs, settings, model, seed, mentions, entities, entry FROM link_run ORDER BY "
      "run_id"));
  std::vector<LinkRun> runs;
  while (TRY(select.step_row())) {
    const base::Hash inputs = TRY(ledger::stored_hash(select.bytes(3)));
    const base::Hash settings = TRY(ledger::stored_hash(select.bytes(4)));
    LinkRun run{.id = LinkRunId(select.integer(0)), .at = {select.integer(1)}, .inputs = inputs, .settings = settings};
    if (!select.is_null(2)) run.as_of = base::parse_iso_date(select.text(2));
    run.model = std::string(select.text(5));
    run.seed = static_cast<std::uint64_t>(select.integer(6));
    run.mentions = select.integer(7);
    run.entities = select.integer(8);
    run.entry = select.integer(9);
    runs.push_back(std::move(run));
  }
  return runs;
}

Result<LinkRunId> next_run(Ledger& ledger) {
  return LinkRunId(TRY(one_more(ledger, "SELECT max(run_id) FROM link_run")));
}

Result<EntityId> next_entity(Ledger& ledger) {
  return EntityId(TRY(one_more(ledger, "SELECT max(entity_id) FROM entity")));
}

Result<void> write_run(Transaction& transaction, const LinkRun& run, const Reconciled& reconciled) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(), "INSERT INTO link_run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  insert.bind(1, run.id.number()).bind(2, run.at.microseconds).bind(4, run.inputs.bytes).bind(5, run.settings.bytes);
  if (run.as_of) insert.bind(3, base::to_string(*run.as_of));
  insert.bind(6, run.model)
      .bind(7, static_cast<std::int64_t>(run.seed))
      .bind(8, run.mentions)
      .bind(9, run.entities)
      .bind(10, run.entry);
  TRY(insert.run());
  TRY(write_entities(transaction, run, reconciled));
  TRY(write_events(transaction, run, reconciled));
  return write_members(transaction, run, reconciled);
}

Result<std::vector<Membership>> read_members(Ledger& ledger) {
  auto select = TRY(
      ledger.sqlite().read("SELECT extract_no, place, item, entity_id FROM membership WHERE until_run IS NULL ORDER BY "
                           "extract_no, place, item"));
  std::vector<Membership> members;
  while (TRY(select.step_row())) members.push_back({mention_at(select, 0), EntityId(select.integer(3))});
  return members;
}

Result<std::vector<DatedMembership>> memberships_of(Ledger& ledger, EntityId entity) {
  auto select =
      TRY(ledger.sqlite().read("SELECT extract_no, place, item, from_run, until_run FROM membership WHERE entity_id = "
                               "?1 ORDER BY extract_no, place, item, from_run"));
  select.bind(1, entity.number());
  std::vector<DatedMembership> members;
  while (TRY(select.step_row())) {
    DatedMembership member{.member = {mention_at(select, 0), entity}, .from = LinkRunId(select.integer(3))};
    if (!select.is_null(4)) member.until = LinkRunId(select.integer(4));
    members.push_back(member);
  }
  return members;
}

Result<std::vector<DatedEvent>> events_of(Ledger& ledger, EntityId entity) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT e.kind, e.entity_id, e.other_id, e.extract_no, e.place, e.item, e.run_id, r.at FROM entity_event e JOIN "
      "link_run r USING (run_id) WHERE e.entity_id = ?1 OR e.other_id = ?1 ORDER BY e.event_id"));
  select.bind(1, entity.number());
  std::vector<DatedEvent> events;
  while (TRY(select.step_row())) {
    const auto kind = TRY(stored_code(select.integer(0), EntityEventKind::created, EntityEventKind::withdrawn));
    DatedEvent dated{.event = {.kind = kind, .entity = EntityId(select.integer(1))},
                     .run = LinkRunId(select.integer(6)),
                     .at = {select.integer(7)}};
    if (!select.is_null(2)) dated.event.other = EntityId(select.integer(2));
    if (!select.is_null(3)) dated.event.mention = mention_at(select, 3);
    events.push_back(dated);
  }
  return events;
}

Result<std::optional<EntityId>> living(Ledger& ledger, EntityId entity) {
  auto known = TRY(ledger.sqlite().read("SELECT 1 FROM entity WHERE entity_id = ?1"));
  known.bind(1, entity.number());
  if (!TRY(known.step_row())) return std::optional<EntityId>();
  auto merged = TRY(ledger.sqlite().read("SELECT other_id FROM entity_event WHERE entity_id = ?1 AND kind = ?2"));
  // An id ends once and is never given again, so the way is short and has no circle.
  while (true) {
    merged.reset();
    merged.bind(1, entity.number()).bind(2, static_cast<std::int64_t>(EntityEventKind::merged_into));
    if (!TRY(merged.step_row())) return std::optional(entity);
    entity = EntityId(merged.integer(0));
  }
}

Result<std::vector<Judgement>> read_judgements(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT judgement_id, one_extract, one_place, one_item, other_extract, other_place, other_item, verdict, "
      "account_id, at, wants_second, superseded_by, entry FROM judgement ORDER BY judgement_id"));
  std::vector<Judgement> judgements;
  while (TRY(select.step_row())) {
    const auto verdict = TRY(stored_code(select.integer(7), Verdict::same, Verdict::cannot_tell));
    Judgement judgement{.number = select.integer(0),
                        .pair = {mention_at(select, 1), mention_at(select, 4)},
                        .verdict = verdict,
                        .account = ledger::AccountId(select.integer(8)),
                        .at = {select.integer(9)},
                        .wants_second = select.integer(10) != 0,
                        .entry = select.integer(12)};
    if (!select.is_null(11)) judgement.superseded_by = select.integer(11);
    judgements.push_back(judgement);
  }
  return judgements;
}

Result<std::int64_t> write_judgement(Transaction& transaction, const Judgement& judgement) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO judgement (one_extract, one_place, one_item, other_extract, other_place, other_item, verdict, "
      "account_id, at, wants_second, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
  bind_mention(insert, 1, judgement.pair.one);
  bind_mention(insert, 4, judgement.pair.other);
  insert.bind(7, static_cast<std::int64_t>(judgement.verdict))
      .bind(8, judgement.account.number())
      .bind(9, judgement.at.microseconds)
      .bind(10, judgement.wants_second)
      .bind(11, judgement.entry);
  TRY(insert.run());
  const std::int64_t number = transaction.sqlite().last_insert_id();
  auto supersede = TRY(transaction.sqlite().write(
      transaction.permit(),
      "UPDATE judgement SET superseded_by = ?1 WHERE one_extract = ?2 AND one_place = ?3 AND one_item = ?4 AND "
      "other_extract = ?5 AND other_place = ?6 AND other_item = ?7 AND account_id = ?8 AND judgement_id < ?1 AND "
      "superseded_by IS NULL"));
  supersede.bind(1, number).bind(8, judgement.account.number());
  bind_mention(supersede, 2, judgement.pair.one);
  bind_mention(supersede, 5, judgement.pair.other);
  TRY(supersede.run());
  return number;
}

Result<void> write_use(Transaction& transaction, const LinkUse& use) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO link_use (entity_id, run_id, kind, purpose, account_id, agency_id, at, entry) VALUES (?1, ?2, ?3, "
      "?4, ?5, ?6, ?7, ?8)"));
  return insert.bind(1, use.entity.number())
      .bind(2, use.run.number())
      .bind(3, static_cast<std::int64_t>(use.kind))
      .bind(4, static_cast<std::int64_t>(use.purpose))
      .bind(5, use.account.number())
      .bind(6, use.agency.number())
      .bind(7, use.at.microseconds)
      .bind(8, use.entry)
      .run();
}

Result<std::vector<LinkUse>> uses_of(Ledger& ledger, EntityId entity) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT run_id, kind, purpose, account_id, agency_id, at, entry FROM link_use WHERE entity_id = ?1 ORDER BY "
      "use_id"));
  select.bind(1, entity.number());
  std::vector<LinkUse> uses;
  while (TRY(select.step_row())) {
    const auto kind = TRY(stored_code(select.integer(1), UseKind::shown, UseKind::acted));
    const auto purpose = TRY(stored_code(select.integer(2), ledger::Purpose::unstated, ledger::Purpose::operate));
    uses.push_back({.entity = entity,
                    .run = LinkRunId(select.integer(0)),
                    .kind = kind,
                    .purpose = purpose,
                    .account = ledger::AccountId(select.integer(3)),
                    .agency = ledger::AgencyId(select.integer(4)),
                    .at = {select.integer(5)},
                    .entry = select.integer(6)});
  }
  return uses;
}

Result<std::map<ledger::AgencyId, std::string>> read_desks(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read("SELECT agency_id, text FROM desk ORDER BY desk_id"));
  std::map<ledger::AgencyId, std::string> desks;
  while (TRY(select.step_row())) desks.insert_or_assign(ledger::AgencyId(select.integer(0)), select.text(1));
  return desks;
}

Result<void> write_desk(Transaction& transaction, const Desk& desk) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(), "INSERT INTO desk (agency_id, text, set_at, entry) VALUES (?1, ?2, ?3, ?4)"));
  return insert.bind(1, desk.agency.number())
      .bind(2, desk.text)
      .bind(3, transaction.entry().at.microseconds)
      .bind(4, transaction.entry().number)
      .run();
}

}  // namespace throughline::linkage

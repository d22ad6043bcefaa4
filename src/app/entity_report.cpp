#include "app/entity_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "linkage/link_graph.h"

namespace throughline::app {

namespace {

using base::Result;
using linkage::EntityId;
using linkage::GraphLink;
using linkage::Mention;

// An entity's members, hidden ones too, for these may hold the others together; and the links that the purpose shows.
struct Held {
  std::vector<const Mention*> members;
  std::vector<GraphLink> links;  // At least as likely as the purpose asks.
  std::vector<double> how_sure;  // Of each member to belong to the strand that is shown; 0 where it does not.
};

// The largest group that the links hold together, of equal ones the first.
std::vector<double> largest_strand(const Held& held) {
  std::vector<double> best;
  std::int64_t size = 0;
  std::vector<bool> is_seen(held.members.size(), false);
  for (std::uint32_t from = 0; from < held.members.size(); ++from) {
    if (is_seen[from]) continue;
    std::vector<double> ways = linkage::best_ways(static_cast<std::int64_t>(held.members.size()), held.links, from);
    std::int64_t reached = 0;
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (ways[i] <= 0) continue;
      is_seen[i] = true;
      ++reached;
    }
    if (reached <= size) continue;
    size = reached;
    best = std::move(ways);
  }
  return best;
}

Held held_by(const LinkView& view, EntityId entity) {
  Held held{.members = view.links().members_of(entity), .links = {}, .how_sure = {}};
  for (std::uint32_t i = 0; i < held.members.size(); ++i) {
    for (std::uint32_t j = i + 1; j < held.members.size(); ++j) {
      const auto pair = linkage::MentionPair::of(held.members[i]->id, held.members[j]->id);
      const double probability = view.probability(pair);
      if (probability >= view.terms().probability_min) held.links.push_back({i, j, probability});
    }
  }
  held.how_sure = largest_strand(held);
  return held;
}

std::string name_of(const Mention& mention) {
  const linkage::PersonTexts& person = mention.person;
  const std::string& first = person.forename.empty() ? person.known_as : person.forename;
  if (first.empty() && person.surname.empty()) return person.full_name;
  return first + (first.empty() || person.surname.empty() ? "" : " ") + person.surname;
}

std::vector<Value> record_row(const LinkView& view, const Mention& mention, double how_sure) {
  std::vector<Value> row = {mention.name(), mention.agency, capacities_text(mention),
                            std::string(linkage::sureness_words(how_sure)), probability_text(how_sure)};
  const bool is_own = view.shows_values(mention);
  const linkage::PersonTexts& person = mention.person;
  row.push_back(is_own ? text_or_nothing(name_of(mention)) : Value());
  row.push_back(is_own ? text_or_nothing(person.birth) : Value());
  row.push_back(is_own ? text_or_nothing(person.address + (person.postcode.empty() ? "" : " " + person.postcode))
                       : Value());
  return row;
}

Table records_table(const LinkView& view, const Held& held) {
  Table table{.name = "records",
              .title = "Records",
              .columns = {{"record", "Record", ColumnKind::id},
                          {"agency", "Agency"},
                          {"capacities", "Capacity"},
                          {"how_sure", "How sure"},
                          {"probability", "Probability", ColumnKind::number},
                          {"name", "Name"},
                          {"birth", "Born"},
                          {"address", "Address"}},
              .rows = {},
              .empty_text = "No record of this person can be seen now."};
  for (std::size_t i = 0; i < held.members.size(); ++i) {
    if (held.how_sure[i] <= 0 || view.is_hidden(*held.members[i])) continue;
    table.rows.push_back(record_row(view, *held.members[i], held.how_sure[i]));
  }
  return table;
}

Table links_table(const LinkView& view, const Held& held) {
  Table table{.name = "links",
              .title = "Links",
              .columns = {{"one", "One", ColumnKind::id},
                          {"other", "Other", ColumnKind::id},
                          {"probability", "Probability", ColumnKind::number},
                          {"how_sure", "How sure"}},
              .rows = {},
              .empty_text = "A single record, linked to no other."};
  for (const GraphLink& link : held.links) {
    const Mention& one = *held.members[link.one];
    const Mention& other = *held.members[link.other];
    if (view.is_hidden(one) || view.is_hidden(other) || held.how_sure[link.one] <= 0) continue;
    const linkage::ReviewedPair* judged = view.review(linkage::MentionPair::of(one.id, other.id));
    const bool is_judged = judged != nullptr && judged->verdict == linkage::Verdict::same;
    table.rows.push_back(
        {one.name(), other.name(), probability_text(link.probability),
         is_judged ? std::string("judged the same") : std::string(linkage::sureness_words(link.probability))});
  }
  return table;
}

// Links of that run: whether its members of then are all in one entity still.
bool still_stands(const std::vector<linkage::DatedMembership>& members, const LinkView& view, linkage::LinkRunId run) {
  std::optional<EntityId> entity;
  for (const linkage::DatedMembership& member : members) {
    const bool was_in = member.from <= run && (!member.until || *member.until > run);
    if (!was_in) continue;
    const auto now = view.links().entity_of(member.member.mention);
    if (!now || (entity && *entity != *now)) return false;
    entity = now;
  }
  return true;
}

}  // namespace

Section entity_section(const LinkView& view, EntityId entity) {
  const Held held = held_by(view, entity);
  const auto hidden = std::ranges::count_if(held.members, [&](const Mention* each) { return view.is_hidden(*each); });
  const auto apart = std::ranges::count(held.how_sure, 0.0);
  Section section{.name = "entity", .title = linkage::entity_name(entity), .facts = {}, .tables = {}, .notes = {}};
  section.tables = {records_table(view, held), links_table(view, held)};
  section.facts = {{"entity", "Person", entity.number()},
                   {"records", "Records shown", static_cast<std::int64_t>(section.tables.front().rows.size())},
                   {"purpose", "Purpose", std::string(code_of(view.terms().purpose))},
                   {"threshold", "Links at least this likely", Decimal{view.terms().probability_min, 2}},
                   {"run", "Run", view.links().run.id.number()}};
  section.notes.push_back(std::string(view.terms().terms) + ".");
  if (hidden > 0) section.notes.emplace_back("Something of this person stands under seal and is not shown.");
  if (apart > 0) {
    section.notes.emplace_back(
        "Further records are linked too weakly for this purpose and are not shown: another purpose has another "
        "threshold.");
  }
  section.notes.emplace_back(
      "Capacities stand side by side: somebody may be harmed and suspected, and neither takes the other away.");
  return section;
}

Result<Section> history_section(Session& session, const LinkView& view, EntityId entity) {
  Table table{.name = "events",
              .title = "",
              .columns = {{"at", "When"},
                          {"run", "Run", ColumnKind::number},
                          {"event", "What"},
                          {"entity", "Person", ColumnKind::number},
                          {"other", "Other", ColumnKind::number},
                          {"record", "Record", ColumnKind::id}},
              .rows = {},
              .empty_text = "Nothing has happened to this person's records."};
  for (const linkage::DatedEvent& dated : TRY(linkage::events_of(session.ledger(), entity))) {
    const linkage::EntityEvent& event = dated.event;
    const bool is_of_record = event.mention.extract.number() != 0;
    const Mention* mention = is_of_record ? view.links().mention(event.mention) : nullptr;
    if (mention != nullptr && view.is_hidden(*mention)) continue;
    Value record;
    if (mention != nullptr) record = mention->name();
    // Whether a record that can no longer be seen stood under seal is not known any more, so it is not named.
    if (is_of_record && mention == nullptr) record = std::string("no longer seen");
    table.rows.push_back({base::to_string(dated.at), dated.run.number(), std::string(words_of(event.kind)),
                          event.entity.number(), event.other.number() == 0 ? Value() : Value(event.other.number()),
                          record});
  }
  return Section{.name = "history",
                 .title = "History of " + linkage::entity_name(entity),
                 .facts = {{"entity", "Person", entity.number()}},
                 .tables = {std::move(table)},
                 .notes = {}};
}

Result<Section> acted_section(Session& session, const LinkView& view, EntityId entity) {
  std::map<ledger::AccountId, std::string> names;
  for (const ledger::Account& account : TRY(session.ledger().accounts())) names.emplace(account.id, account.name);
  const auto agencies = TRY(session.ledger().agencies());
  const auto members = TRY(linkage::memberships_of(session.ledger(), entity));
  Table table{.name = "uses",
              .title = "",
              .columns = {{"at", "When"},
                          {"agency", "Agency"},
                          {"account", "Account"},
                          {"purpose", "Purpose"},
                          {"kind", "What"},
                          {"stands", "The links of then"}},
              .rows = {},
              .empty_text = "Nobody was shown these links or acted on them."};
  bool is_any_withdrawn = false;
  for (const linkage::LinkUse& use : TRY(linkage::uses_of(session.ledger(), entity))) {
    const bool stands = still_stands(members, view, use.run);
    is_any_withdrawn = is_any_withdrawn || !stands;
    const bool is_own = use.agency == session.account().agency;
    table.rows.push_back({base::to_string(use.at), agencies.at(use.agency),
                          is_own ? Value(names[use.account]) : Value(), std::string(code_of(use.purpose)),
                          std::string(use.kind == linkage::UseKind::acted ? "acted on them" : "was shown them"),
                          std::string(stands ? "stand" : "withdrawn")});
  }
  std::ranges::reverse(table.rows);  // The newest first.
  Section section{.name = "acted",
                  .title = "Who used the links of " + linkage::entity_name(entity),
                  .facts = {{"entity", "Person", entity.number()}},
                  .tables = {std::move(table)},
                  .notes = {}};
  if (is_any_withdrawn) {
    section.notes.emplace_back("Links marked withdrawn no longer hold: tell each of those agencies.");
  }
  return section;
}

Result<ledger::EntryRef> note_use(Session& session, const Permitted& permitted, const LinkView& view,
                                  const NotedUse& use) {
  ledger::Transaction transaction = TRY(session.ledger().begin(permitted.actor, permitted.act));
  for (const EntityId entity : use.entities) {
    TRY(linkage::write_use(transaction, {.entity = entity,
                                         .run = view.links().run.id,
                                         .kind = use.kind,
                                         .purpose = view.terms().purpose,
                                         .account = session.account().id,
                                         .agency = session.account().agency,
                                         .at = transaction.entry().at,
                                         .entry = transaction.entry().number}));
  }
  return transaction.commit();
}

}  // namespace throughline::app

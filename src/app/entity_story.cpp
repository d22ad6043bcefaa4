#include "app/entity_story.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace throughline::app {

namespace {

using base::Result;
using linkage::Judgement;
using linkage::Mention;

struct Happening {
  const Mention* mention = nullptr;
  linkage::Capacity capacity = linkage::Capacity::named;
  std::optional<base::Date> at{};  // Of the caller's own records alone.
};

// What has no day stands last; the rest as it happened.
bool is_earlier(const Happening& left, const Happening& right) {
  const auto key = [](const Happening& each) {
    const base::Date day = each.at.value_or(base::Date());
    return std::tuple(!each.at.has_value(), day, each.mention->agency, each.mention->id, each.capacity);
  };
  return key(left) < key(right);
}

std::string what_of(const Mention& mention) {
  if (!mention.event_category.empty()) return mention.event_category;
  return mention.event_kind;
}

std::string state_of(const LinkView& view, const Judgement& judgement) {
  if (judgement.superseded_by) return "judged anew since";
  const linkage::ReviewedPair* reviewed = view.review(judgement.pair);
  return reviewed == nullptr ? "" : std::string(words_of(reviewed->state));
}

bool waits_for_second(const LinkView& view, const Judgement& judgement) {
  const linkage::ReviewedPair* reviewed = view.review(judgement.pair);
  return reviewed != nullptr && reviewed->state == linkage::ReviewState::second_wanted;
}

}  // namespace

Table story_table(const LinkView& view, const std::vector<const Mention*>& shown) {
  std::vector<Happening> happenings;
  for (const Mention* mention : shown) {
    for (const linkage::Capacity capacity : linkage::capacities_of(*mention)) {
      Happening happening{.mention = mention, .capacity = capacity};
      if (view.shows_values(*mention)) happening.at = mention->event_start;
      happenings.push_back(happening);
    }
  }
  std::ranges::sort(happenings, is_earlier);
  Table table{.name = "story",
              .title = "What happened",
              .columns = {{"at", "When"},
                          {"capacity", "Capacity"},
                          {"what", "What"},
                          {"agency", "Agency"},
                          {"record", "Record", ColumnKind::id},
                          {"outcome", "Outcome"}},
              .rows = {},
              .empty_text = "Nothing of this person can be seen now."};
  for (const Happening& each : happenings) {
    const bool is_own = view.shows_values(*each.mention);
    table.rows.push_back({each.at ? Value(base::to_string(*each.at)) : Value(), std::string(words_of(each.capacity)),
                          is_own ? text_or_nothing(what_of(*each.mention)) : Value(), each.mention->agency,
                          each.mention->name(), is_own ? text_or_nothing(each.mention->event_outcome) : Value()});
  }
  return table;
}

Result<Table> judgements_table(Session& session, const LinkView& view, const std::vector<const Mention*>& shown) {
  std::map<linkage::MentionId, const Mention*> by_id;
  for (const Mention* mention : shown) by_id.emplace(mention->id, mention);
  std::map<ledger::AccountId, ledger::Account> accounts;
  for (ledger::Account& account : TRY(session.ledger().accounts())) {
    const ledger::AccountId id = account.id;
    accounts.emplace(id, std::move(account));
  }
  Table table{.name = "judgements",
              .title = "What people judged",
              .columns = {{"one", "One", ColumnKind::id},
                          {"other", "Other", ColumnKind::id},
                          {"verdict", "Verdict"},
                          {"state", "State"},
                          {"at", "When"},
                          {"agency", "Agency"},
                          {"account", "Account"}},
              .rows = {},
              .empty_text = "Nobody has judged any two of these records."};
  for (const Judgement& judgement : view.links().world.judgements) {
    const auto one = by_id.find(judgement.pair.one);
    const auto other = by_id.find(judgement.pair.other);
    if (one == by_id.end() || other == by_id.end() || waits_for_second(view, judgement)) continue;
    const ledger::Account& account = accounts.at(judgement.account);
    const bool is_own = account.agency == session.account().agency;
    table.rows.push_back({one->second->name(), other->second->name(), std::string(words_of(judgement.verdict)),
                          state_of(view, judgement), base::to_string(judgement.at), account.agency_name,
                          is_own ? Value(account.name) : Value()});
  }
  return table;
}

}  // namespace throughline::app

#include "app/link_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

// Another agency's record under seal is refused as every other record of another agency is.
constexpr ledger::RuleId k_other_agency = 311;

Error mention_unknown(const std::string& name) {
  return {ErrorKind::bad_command, "mention_unknown", fmt::format("There is no record '{}' that names a person", name),
          "", "Write it as EXTRACT:PLACE.ITEM, as throughline link entity shows it"};
}

}  // namespace

Result<LinkView> LinkView::open(Session& session) {
  const linkage::PurposeTerms terms = TRY(linkage::terms_of(session.purpose()));
  std::shared_ptr<const KeptLinks> kept = TRY(session.links());
  LinkView view(session, std::move(kept), terms);
  view.desks_ = TRY(linkage::read_desks(session.ledger()));
  view.agencies_ = TRY(session.ledger().agencies());
  return view;
}

LinkView::LinkView(Session& session, std::shared_ptr<const KeptLinks> kept, linkage::PurposeTerms terms)
    : session_(&session), kept_(std::move(kept)), terms_(terms), reviewed_(reviewed(kept_->links().world.judgements)) {}

bool LinkView::is_hidden(const Mention& mention) const {
  return mention.is_sealed && mention.owner != session_->account().agency;
}

bool LinkView::shows_values(const Mention& mention) const {
  const Wanted wanted{.data_class = mention.data_class, .object = {}, .owner = mention.owner};
  return std::ranges::any_of(session_->account().roles, [&](ledger::Role role) {
    return session_->would(wanted, role).decision == ledger::Decision::allow;
  });
}

Error LinkView::sealed(const std::string& what) const {
  const ledger::Account& account = session_->account();
  const ledger::Act act{.operation = ledger::Operation::consultation,
                        .purpose = terms_.purpose,
                        .decision = ledger::Decision::deny,
                        .rule = k_other_agency,
                        .object = "link of " + what,
                        .reason = session_->settings().reason};
  const ledger::Actor actor{.account = account.id,
                            .agency = account.agency,
                            .role = account.roles.front(),
                            .login = session_->settings().login};
  const auto noted = session_->ledger().note(actor, act);
  if (!noted.ok()) return noted.error();
  return {ErrorKind::refused, "sealed", "What was asked for stands under seal", what,
          "Only the agency that holds it may show it; the program does not say which that is"};
}

Result<const Mention*> LinkView::mention(const std::string& name) const {
  const auto parsed = linkage::parse_mention(name);
  if (!parsed) return mention_unknown(name);
  const Mention* found = nullptr;
  for (const Mention& mention : links().world.mentions) {
    const bool is_row = mention.id.place == parsed->place && mention.record.starts_with(parsed->extract);
    if (!is_row || (parsed->item >= 0 && mention.id.item != parsed->item)) continue;
    if (found != nullptr) {
      return Error{ErrorKind::bad_command, "mention_ambiguous",
                   fmt::format("'{}' may be several people, or begins the names of several extracts", name), "",
                   "Give the extract's 16 digits and the item: EXTRACT:PLACE.ITEM"};
    }
    found = &mention;
  }
  if (found == nullptr) return mention_unknown(name);
  if (is_hidden(*found)) return sealed("record " + name);
  return found;
}

Result<linkage::EntityId> LinkView::entity(const std::string& name) const {
  const auto parsed = linkage::parse_entity(name);
  std::optional<linkage::EntityId> alive;
  if (parsed) alive = TRY(linkage::living(session_->ledger(), *parsed));
  if (!alive) {
    return Error{ErrorKind::bad_command, "entity_unknown", fmt::format("There is no person '{}'", name), "",
                 "People are numbered: see throughline who, or throughline link report"};
  }
  const auto members = links().members_of(*alive);
  const bool is_all_hidden =
      !members.empty() && std::ranges::all_of(members, [&](const Mention* each) { return is_hidden(*each); });
  if (is_all_hidden) return sealed(linkage::entity_name(*alive));
  return *alive;
}

const linkage::LinkedPair* LinkView::pair(const Mention& one, const Mention& other) const {
  return links().pair(linkage::MentionPair::of(one.id, other.id));
}

const linkage::ReviewedPair* LinkView::review(const linkage::MentionPair& pair) const {
  const auto at = std::ranges::lower_bound(reviewed_, pair, {}, &linkage::ReviewedPair::pair);
  return at == reviewed_.end() || at->pair != pair ? nullptr : &*at;
}

double LinkView::probability(const linkage::MentionPair& pair) const {
  const linkage::ReviewedPair* judged = review(pair);
  if (judged != nullptr && judged->verdict == linkage::Verdict::same) return 1;
  if (judged != nullptr && judged->verdict == linkage::Verdict::different) return 0;
  const linkage::LinkedPair* kept = links().pair(pair);
  return kept == nullptr ? 0 : kept->probability;
}

std::vector<linkage::LinkedPair> LinkView::judged_pairs() const {
  std::vector<linkage::LinkedPair> pairs = links().derived.pairs;
  for (linkage::LinkedPair& pair : pairs) pair.probability = probability(pair.pair);
  for (const linkage::ReviewedPair& judged : reviewed_) {
    const bool is_same = judged.verdict == linkage::Verdict::same;
    const bool is_seen = links().mention(judged.pair.one) != nullptr && links().mention(judged.pair.other) != nullptr;
    if (is_same && is_seen && links().pair(judged.pair) == nullptr) {
      pairs.push_back({.pair = judged.pair, .probability = 1});
    }
  }
  return pairs;
}

std::string LinkView::desk_of(const Mention& mention) const {
  if (const auto desk = desks_.find(mention.owner); desk != desks_.end()) return desk->second;
  const auto agency = agencies_.find(mention.owner);
  return "No desk given: ask " + (agency == agencies_.end() ? std::string("the agency") : agency->second);
}

Result<void> check_mention_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!linkage::parse_mention(name)) return mention_unknown(name);
  }
  return {};
}

std::string probability_text(double probability) {
  if (probability > 0.9999) return "above 0.9999";
  if (probability < 0.0001) return "below 0.0001";
  return fmt::format("{:.4f}", probability);
}

std::string capacities_text(const Mention& mention) {
  std::string text;
  for (const linkage::Capacity capacity : linkage::capacities_of(mention)) {
    text += std::string(text.empty() ? "" : ", ") + std::string(words_of(capacity));
  }
  return text;
}

}  // namespace throughline::app

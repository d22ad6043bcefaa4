// throughline review: two records, one decision, by a named person.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/entity_report.h"
#include "app/link_view.h"
#include "app/linkage_verbs.h"
#include "app/pair_report.h"
#include "app/review_accuracy.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "base/text.h"
#include "linkage/review_queue.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ledger::DataClass;
using ledger::Operation;
using linkage::LinkedPair;
using linkage::Mention;

// A pair that waits for this account: not judged by it, and not settled.
bool is_waiting(const LinkView& view, const Session& session, const LinkedPair& pair) {
  const linkage::ReviewedPair* judged = view.review(pair.pair);
  if (judged == nullptr) return true;
  if (judged->state == linkage::ReviewState::settled) return false;
  return std::ranges::none_of(view.links().world.judgements, [&](const linkage::Judgement& each) {
    return each.pair == pair.pair && each.account == session.account().id && !each.superseded_by;
  });
}

struct Queue {
  std::vector<const LinkedPair*> pairs;
  std::vector<linkage::Reviewable> reviewable;
};

// Records of a person, by mention.
using PersonRecords = std::map<linkage::EntityId, std::vector<linkage::MentionId>>;

PersonRecords records_by_person(const LinkView& view) {
  PersonRecords members;
  for (const linkage::Membership& member : view.links().derived.members) {
    members[member.entity].push_back(member.mention);
  }
  return members;
}

std::int64_t place_in(const std::vector<linkage::MentionId>& members, const linkage::MentionId& id) {
  return std::ranges::lower_bound(members, id) - members.begin();
}

std::int64_t pairs_parted_by(const LinkView& view, const LinkedPair& pair,
                             const std::vector<linkage::MentionId>& members) {
  const auto weight = [&](std::int64_t one, std::int64_t other) {
    constexpr double k_not_weighed = -1e6;
    const LinkedPair* kept = view.links().pair(
        linkage::MentionPair::of(members[static_cast<std::size_t>(one)], members[static_cast<std::size_t>(other)]));
    return kept == nullptr ? k_not_weighed : kept->weight_bits;
  };
  return linkage::pairs_parted({.records = std::ssize(members),
                                .one = place_in(members, pair.pair.one),
                                .other = place_in(members, pair.pair.other)},
                               weight);
}

Queue queue_for(const LinkView& view, const Session& session) {
  const PersonRecords members = records_by_person(view);
  Queue queue;
  for (const LinkedPair& pair : view.links().derived.pairs) {
    const Mention& one = *view.links().mention(pair.pair.one);
    const Mention& other = *view.links().mention(pair.pair.other);
    const bool is_hidden = view.is_hidden(one) || view.is_hidden(other);
    if (is_hidden || is_one_row(one.id, other.id) || !is_waiting(view, session, pair)) continue;
    const auto& of_one = members.at(*view.links().entity_of(one.id));
    const auto& of_other = members.at(*view.links().entity_of(other.id));
    const bool is_together = &of_one == &of_other;
    const ledger::AgencyId own = session.account().agency;
    queue.pairs.push_back(&pair);
    queue.reviewable.push_back({.probability = pair.probability,
                                .is_together = is_together,
                                .pairs_changed = is_together ? linkage::pairs_parted_max(std::ssize(of_one))
                                                             : std::ssize(of_one) * std::ssize(of_other),
                                .has_own = one.owner == own || other.owner == own});
  }
  return queue;
}

// The place of the pair that comes first. How many pairs each would part is reckoned for those alone that lead by the
// most they could: of a large person, reckoning every pair would cost the cube of its records.
std::optional<std::size_t> first_in(Queue& queue, const LinkView& view) {
  const PersonRecords members = records_by_person(view);
  return linkage::first_to_review(queue.reviewable, view.terms().probability_min, [&](std::size_t place) {
    const LinkedPair& pair = *queue.pairs[place];
    return pairs_parted_by(view, pair, members.at(*view.links().entity_of(pair.pair.one)));
  });
}

Wanted judging(Operation operation, const std::string& object) {
  return {.operation = operation, .data_class = DataClass::links, .object = object};
}

Answer next(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "review next"));
  Permitted permitted = TRY(session->may(judging(Operation::consultation, "the next pair to review")));
  const LinkView view = TRY(LinkView::open(*session));
  Queue queue = queue_for(view, *session);
  const std::optional<std::size_t> first = first_in(queue, view);
  if (!first) {
    static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
    return Report{.verb = "review",
                  .sections = {{.name = "review",
                                .title = "REVIEW",
                                .facts = {{"waiting", "Pairs waiting", std::int64_t{0}}},
                                .tables = {},
                                .notes = {"No pair waits for you."}}}};
  }
  const LinkedPair& chosen = *queue.pairs[*first];
  const ShownPair pair{.one = view.links().mention(chosen.pair.one), .other = view.links().mention(chosen.pair.other)};
  Section section = pair_section(view, pair);
  section.name = "review";
  const linkage::ReviewedPair* judged = view.review(chosen.pair);
  const bool is_second = judged != nullptr;
  section.facts.push_back({"threshold", "Threshold of the purpose", Decimal{view.terms().probability_min, 2}});
  section.facts.push_back({"gain", "Pairs expected to be put right",
                           Decimal{linkage::expected_gain(queue.reviewable[*first], view.terms().probability_min), 2}});
  section.facts.push_back({"waiting", "Pairs waiting", static_cast<std::int64_t>(queue.pairs.size())});
  section.facts.push_back({"second", "A second person is wanted", std::string(is_second ? "yes" : "no")});
  // What the first person said would lead the second: it is not shown.
  std::erase_if(section.facts, [](const Fact& fact) { return fact.name == "judgement"; });
  section.commands = {
      {.line = shown_command(settings, {"review", "judge", pair.one->name(), pair.other->name(), "--verdict", "same",
                                        "--purpose", std::string(code_of(view.terms().purpose)), "--reason", "…"}),
       .what = "or different, or cannot-tell"}};
  permitted.act.object = "review of records " + pair.one->name() + " and " + pair.other->name();
  NotedUse use{.entities = {*view.links().entity_of(chosen.pair.one)}};
  const linkage::EntityId other = *view.links().entity_of(chosen.pair.other);
  if (other != use.entities.front()) use.entities.push_back(other);
  static_cast<void>(TRY(note_use(*session, permitted, view, use)));
  return Report{.verb = "review", .sections = {std::move(section)}};
}

Result<linkage::Verdict> verdict_of(const ReviewRequest& request) {
  if (const auto verdict = linkage::verdict_named(request.verdict)) return *verdict;
  const std::vector<std::string> verdicts = {"same", "different", "cannot-tell"};
  const auto nearest = base::nearest_name(request.verdict, verdicts);
  return Error{ErrorKind::bad_command, "verdict_unknown",
               request.verdict.empty() ? "No verdict is given" : "'" + request.verdict + "' is not a verdict",
               "--verdict",
               (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) +
                   "The verdicts are same, different, cannot-tell"};
}

Result<void> check_judging(const Settings& settings, const ReviewRequest& request) {
  if (request.names.size() != 2) {
    return Error{ErrorKind::bad_command, "names_wrong",
                 fmt::format("review judge takes two records, and {} are given", request.names.size()), "",
                 "Write it as throughline review judge ONE OTHER --verdict same --reason \"…\""};
  }
  if (settings.reason.empty()) {
    return Error{ErrorKind::bad_command, "reason_missing", "Why is not said", "--reason",
                 "Say it in a few words; it is kept encrypted with the entry"};
  }
  return {};
}

std::string state_note(const linkage::ReviewedPair& pair) {
  switch (pair.state) {
    case linkage::ReviewState::settled: return "It binds the next run: throughline link run.";
    case linkage::ReviewState::second_wanted:
      return "It binds nothing until a second person has said the same: policy asks for two where a record stands "
             "under "
             "seal, and where a judgement overturns what the model is nearly sure of.";
    case linkage::ReviewState::disputed:
      return "Somebody else judged otherwise, so neither binds: talk to each other, and judge anew.";
  }
  return "";
}

// Before anybody judged it; a pair that was not kept is taken to be as unlikely as can be.
double model_probability(const LinkedPair* kept) {
  return kept == nullptr ? 0 : linkage::probability_of_bits(kept->model_bits());
}

Answer judge(const Outside& outside, const Settings& settings, const ReviewRequest& request) {
  TRY(check_judging(settings, request));
  const linkage::Verdict verdict = TRY(verdict_of(request));
  TRY(check_mention_names(request.names));
  const auto session = TRY(Session::open(outside, settings, "review judge", Access::writing));
  const Permitted permitted =
      TRY(session->may(judging(Operation::alteration, fmt::format("records {} and {}: judged {}", request.names[0],
                                                                  request.names[1], words_of(verdict)))));
  const LinkView view = TRY(LinkView::open(*session));
  const Mention* one = TRY(view.mention(request.names[0]));
  const Mention* other = TRY(view.mention(request.names[1]));
  if (one == other) {
    return Error{ErrorKind::bad_command, "one_record", "Both names are of one record", "", "Name two records"};
  }
  const LinkedPair* kept = view.pair(*one, *other);
  ledger::Transaction transaction = TRY(session->ledger().begin(permitted.actor, permitted.act));
  linkage::Judgement judgement{
      .pair = linkage::MentionPair::of(one->id, other->id),
      .verdict = verdict,
      .account = session->account().id,
      .at = transaction.entry().at,
      .wants_second = linkage::wants_second_person(
          verdict, {.probability = model_probability(kept), .is_sealed = one->is_sealed || other->is_sealed}),
      .entry = transaction.entry().number};
  judgement.number = TRY(linkage::write_judgement(transaction, judgement));
  const ledger::EntryRef entry = TRY(transaction.commit());
  const auto all = linkage::reviewed(TRY(linkage::read_judgements(session->ledger())));
  const auto now = std::ranges::find(all, judgement.pair, &linkage::ReviewedPair::pair);
  return Report{.verb = "review",
                .sections = {{.name = "judgement",
                              .title = "JUDGED",
                              .facts = {{"judgement", "Judgement", judgement.number},
                                        {"verdict", "Verdict", std::string(words_of(verdict))},
                                        {"state", "State", std::string(words_of(now->state))},
                                        {"entry", "Entry in the log", entry.number}},
                              .tables = {},
                              .notes = {state_note(*now)}}}};
}

Answer agreement(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "review agreement"));
  static_cast<void>(TRY(session->may(judging(Operation::combination, "agreement of reviewers"))));
  const LinkView view = TRY(LinkView::open(*session));
  const linkage::Agreement found = linkage::agreement(view.links().world.judgements);
  Table table{.name = "disputed",
              .title = "Pairs on which people disagree, or that wait for a second person",
              .columns = {{"one", "One", ColumnKind::id}, {"other", "Other", ColumnKind::id}, {"state", "State"}},
              .rows = {},
              .empty_text = "None."};
  for (const linkage::ReviewedPair& pair : linkage::reviewed(view.links().world.judgements)) {
    const Mention* one = view.links().mention(pair.pair.one);
    const Mention* other = view.links().mention(pair.pair.other);
    const bool is_seen = one != nullptr && other != nullptr && !view.is_hidden(*one) && !view.is_hidden(*other);
    if (pair.state == linkage::ReviewState::settled || !is_seen) continue;
    table.rows.push_back({one->name(), other->name(), std::string(words_of(pair.state))});
  }
  Section section{
      .name = "agreement",
      .title = "DO REVIEWERS AGREE?",
      .facts = {{"pairs", "Pairs that two people judged", found.pairs}, {"agreed", "Of these, alike", found.agreed}},
      .tables = {std::move(table)},
      .notes = {}};
  if (found.kappa) {
    section.facts.push_back({"kappa", "Cohen's kappa", Decimal{*found.kappa, 2}});
    section.facts.push_back({"low", "From", Decimal{found.low, 2}});
    section.facts.push_back({"high", "To", Decimal{found.high, 2}});
    section.notes.emplace_back(
        "Kappa is 1 where people always agree, 0 where they agree as chance would; the interval "
        "is at 95 per cent.");
  } else {
    section.notes.emplace_back("Too few pairs were judged by two people, or all alike, to say more than that.");
  }
  return Report{.verb = "review", .sections = {std::move(section)}};
}

}  // namespace

Answer review(const Outside& outside, const Settings& settings, const ReviewRequest& request) {
  if (request.act == "next") return next(outside, settings);
  if (request.act == "judge") return judge(outside, settings, request);
  if (request.act == "agreement") return agreement(outside, settings);
  if (request.act == "accuracy") return review_accuracy(outside, settings);
  const std::vector<std::string> acts = {"next", "judge", "agreement", "accuracy"};
  const auto nearest = base::nearest_name(request.act, acts);
  return Error{ErrorKind::bad_command, "act_unknown", "'" + request.act + "' is not something that review does", "",
               nearest ? "Did you mean '" + *nearest + "'?" : "It does next, judge, agreement, accuracy"};
}

}  // namespace throughline::app

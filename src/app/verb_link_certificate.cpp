#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/entity_report.h"
#include "app/link_certificate.h"
#include "app/link_view.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/version.h"
#include "linkage/stage_evidence.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

Wanted certifying(const std::string& object) {
  return {.operation = ledger::Operation::consultation, .data_class = ledger::DataClass::links, .object = object};
}

// Contents by extract: how a certificate names what a record came in.
using Contents = std::map<ledger::ExtractNo, base::Hash>;

Result<Contents> contents_of(Session& session) {
  Contents contents;
  for (const ledger::RegisteredExtract& extract : TRY(ledger::visible(session.ledger(), session.settings().as_of))) {
    contents[extract.announced.extract] = extract.announced.content_hash;
  }
  return contents;
}

linkage::CertificateInput input_of(const Contents& contents, const Mention& mention) {
  return {.extract = contents.at(mention.id.extract), .row = fmt::format("{}#{}", mention.id.place, mention.id.item)};
}

std::vector<linkage::CertifiedJudgement> judgements_of(const LinkView& view, const linkage::MentionPair& pair) {
  std::vector<linkage::CertifiedJudgement> judged;
  const linkage::ReviewedPair* review = view.review(pair);
  // What waits for a second person, or is disputed, decides nothing.
  if (review == nullptr || review->state != linkage::ReviewState::settled) return judged;
  for (const linkage::Judgement& judgement : view.links().world.judgements) {
    if (judgement.pair != pair || judgement.superseded_by.has_value()) continue;
    // Reason and name are sealed in the log's entry; the certificate says which.
    judged.push_back({.verdict = judgement.verdict,
                      .reason = fmt::format("entry {} of the log", judgement.entry),
                      .by = fmt::format("account {}", judgement.account.number()),
                      .on = base::to_string(judgement.at.date())});
  }
  return judged;
}

linkage::Certificate certificate_of(const LinkView& view, const Mention& one, const Mention& other) {
  const linkage::PairEvidence evidence = linkage::evidence_of(view.links(), one, other);
  const auto key = linkage::MentionPair::of(one.id, other.id);
  const linkage::ReviewedPair* review = view.review(key);
  linkage::Certificate certificate;
  certificate.program = program_version();
  certificate.model = view.links().derived.mixture;
  certificate.facts = evidence.facts;
  certificate.explanation = evidence.explanation;
  certificate.recalibration = view.links().derived.recalibration;
  const linkage::LinkedPair* kept = view.links().pair(key);
  certificate.standing = {.third_record_bits = kept == nullptr ? 0 : kept->third_bits,
                          .is_together = view.links().derived.is_together(key)};
  certificate.decided = linkage::decided_weight(certificate);
  certificate.threshold_probability = view.terms().probability_min;
  certificate.judgements = judgements_of(view, key);
  certificate.settings = {{"purpose", std::string(code_of(view.terms().purpose))},
                          {"run", std::to_string(view.links().run.id.number())},
                          {"inputs", view.links().run.inputs.hex()},
                          {"settings", view.links().run.settings.hex()},
                          {"seed", std::to_string(view.links().run.seed)},
                          {"review", std::string(review == nullptr ? "not judged" : words_of(review->state))},
                          {"one_person_in_the_run", certificate.standing.is_together ? "yes" : "no"}};
  certificate.is_linked = linkage::decision(certificate);
  return certificate;
}

// Of the two records, each once.
std::vector<linkage::EntityId> entities_of(const LinkView& view, const std::array<const Mention*, 2>& records) {
  std::vector<linkage::EntityId> entities;
  for (const Mention* each : records) {
    const auto of = view.links().entity_of(each->id);
    if (of && std::ranges::find(entities, *of) == entities.end()) entities.push_back(*of);
  }
  return entities;
}

const Mention* mention_at(const LinkView& view, const Contents& contents, const linkage::CertificateInput& input) {
  for (const Mention& mention : view.links().world.mentions) {
    const auto content = contents.find(mention.id.extract);
    if (content == contents.end() || content->second != input.extract) continue;
    if (input_of(contents, mention).row == input.row) return &mention;
  }
  return nullptr;
}

Result<const Mention*> found_again(const LinkView& view, const Contents& contents,
                                   const linkage::CertificateInput& input) {
  const Mention* mention = mention_at(view, contents, input);
  if (mention == nullptr) {
    return Error{ErrorKind::bad_command, "record_gone",
                 fmt::format("Row {} of the content {} is not here now", input.row, input.extract.hex().substr(0, 16)),
                 "the certificate",
                 "It may have been withdrawn, corrected or erased: ask with --as-of a day when it stood"};
  }
  // Through the view, so that what stands under seal is refused as everywhere.
  return view.mention(mention->name());
}

}  // namespace

Answer link_certificate(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  if (request.names.size() != 2) {
    return Error{
        ErrorKind::bad_command, "names_wrong",
        fmt::format("link certificate takes two records, and {} are given", request.names.size()), "",
        "Write it as throughline link certificate 3f9a0c12ab345678:10482.1 77aa0c12ab345678:96.0 --output link.json"};
  }
  TRY(check_mention_names(request.names));
  const auto session = TRY(Session::open(outside, settings, "link certificate"));
  const Permitted permitted =
      TRY(session->may(certifying("certificate of records " + request.names[0] + " and " + request.names[1])));
  const LinkView view = TRY(LinkView::open(*session));
  const Mention* one = TRY(view.mention(request.names[0]));
  const Mention* other = TRY(view.mention(request.names[1]));
  if (one == other) {
    return Error{ErrorKind::bad_command, "one_record", "Both names are of one record", "", "Name two records"};
  }
  const Contents contents = TRY(contents_of(*session));
  linkage::Certificate certificate = certificate_of(view, *one, *other);
  certificate.issued = base::to_string(outside.clock.now().date());
  certificate.one = input_of(contents, *one);
  certificate.other = input_of(contents, *other);
  std::string text = linkage::certificate_text(certificate);
  // The entry first: no certificate leaves without one.
  const ledger::EntryRef entry =
      TRY(note_use(*session, permitted, view, {.entities = entities_of(view, {one, other})}));
  if (!request.output.empty()) TRY(store::write_whole(request.output, text));
  Section section{.name = "certificate", .title = "THE CERTIFICATE", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"one", "One", one->name()},
                   {"other", "Other", other->name()},
                   {"probability", "Probability of one person", probability_text(certificate.decided.probability)},
                   {"linked", "Linked for this purpose", std::string(certificate.is_linked ? "yes" : "no")},
                   {"entry", "Entry in the log", entry.number}};
  section.notes.emplace_back("It names records by hash and place and holds no value of theirs.");
  if (request.output.empty()) {
    section.verbatim = std::move(text);
  } else {
    section.facts.push_back({"file", "Written to", request.output});
    section.commands = {
        {.line = shown_command(settings, {"link", "replay", request.output}), .what = "to reckon it again"}};
  }
  return Report{.verb = "link", .sections = {std::move(section)}};
}

Answer link_replay(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  if (request.names.size() != 1) {
    return Error{ErrorKind::bad_command, "names_wrong", "link replay takes one certificate", "",
                 "Write it as throughline link replay link.json"};
  }
  const std::string text = TRY(store::read_whole(request.names[0]));
  const linkage::Certificate certificate = TRY(linkage::read_certificate(text));
  const auto session = TRY(Session::open(outside, settings, "link replay"));
  const Permitted permitted = TRY(session->may(certifying("replay of a certificate")));
  const LinkView view = TRY(LinkView::open(*session));
  const Contents contents = TRY(contents_of(*session));
  const Mention* one = TRY(found_again(view, contents, certificate.one));
  const Mention* other = TRY(found_again(view, contents, certificate.other));
  const linkage::Replay replay =
      linkage::replay_in(view.links(), certificate, {.one = *one, .other = *other, .program = program_version()});
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  Section section{.name = "replay", .title = "THE CERTIFICATE, RECKONED AGAIN", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"stands", "It stands", std::string(replay.stands ? "yes" : "no")},
                   {"one", "One", one->name()},
                   {"other", "Other", other->name()},
                   {"issued", "Issued", certificate.issued}};
  for (const std::string& difference : replay.differences) section.notes.push_back(difference + ".");
  for (const std::string& note : replay.notes) section.notes.push_back(note + ".");
  return Report{.verb = "link",
                .sections = {std::move(section)},
                .outcome = replay.stands ? Outcome::done : Outcome::done_with_findings};
}

}  // namespace throughline::app

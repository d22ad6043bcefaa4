#include <fmt/format.h>

#include <algorithm>

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
  const auto entity = view.links().entity_of(one.id);
  linkage::Certificate certificate;
  certificate.program = program_version();
  certificate.model = view.links().derived.mixture;
  certificate.facts = evidence.facts;
  certificate.explanation = evidence.explanation;
  certificate.threshold_probability = view.terms().probability_min;
  certificate.judgements = judgements_of(view, linkage::MentionPair::of(one.id, other.id));
  certificate.settings = {
      {"purpose", std::string(code_of(view.terms().purpose))},
      {"run", std::to_string(view.links().run.id.number())},
      {"inputs", view.links().run.inputs.hex()},
      {"settings", view.links().run.settings.hex()},
      {"seed", std::to_string(view.links().run.seed)},
      {"one_person_in_the_run", entity && entity == view.links().entity_of(other.id) ? "yes" : "no"}};
  certificate.is_linked = linkage::decision(certificate);
  return certificate;
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
  if (request.names.size() != 2 || request.output.empty()) {
    return Error{
        ErrorKind::bad_command, "output_missing", "A certificate is of two records, and goes into a file", "",
        "Write it as throughline link certificate 3f9a0c12ab345678:10482.1 77aa0c12ab345678:96.0 --output link.json"};
  }
  const auto session = TRY(Session::open(outside, settings, "link certificate"));
  const Permitted permitted =
      TRY(session->may(certifying("certificate of records " + request.names[0] + " and " + request.names[1])));
  const LinkView view = TRY(LinkView::open(*session));
  const Mention* one = TRY(view.mention(request.names[0]));
  const Mention* other = TRY(view.mention(request.names[1]));
  const Contents contents = TRY(contents_of(*session));
  linkage::Certificate certificate = certificate_of(view, *one, *other);
  certificate.issued = base::to_string(outside.clock.now().date());
  certificate.one = input_of(contents, *one);
  certificate.other = input_of(contents, *other);
  TRY(store::write_whole(request.output, linkage::certificate_text(certificate)));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  Section section{.name = "certificate", .title = "THE CERTIFICATE", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"one", "One", one->name()},
                   {"other", "Other", other->name()},
                   {"probability", "Probability of one person", probability_text(certificate.explanation.probability)},
                   {"linked", "Linked for this purpose", std::string(certificate.is_linked ? "yes" : "no")},
                   {"file", "Written to", request.output}};
  section.notes.emplace_back("It names records by hash and place and holds no value of theirs.");
  section.commands = {
      {.line = shown_command(settings, {"link", "replay", request.output}), .what = "to reckon it again"}};
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

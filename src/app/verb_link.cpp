// throughline link: who is who, run by run.

#include <fmt/format.h>

#include <algorithm>

#include "app/entity_report.h"
#include "app/entity_story.h"
#include "app/link_certificate.h"
#include "app/link_report.h"
#include "app/link_view.h"
#include "app/linkage_verbs.h"
#include "app/pair_report.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ledger::DataClass;
using ledger::Operation;

const std::vector<std::string> k_acts = {"run",   "plan", "report", "entity",      "explain", "history",
                                         "acted", "act",  "desk",   "certificate", "replay"};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<void> check_names(const LinkRequest& request, std::size_t wanted, const std::string& example) {
  if (request.names.size() == wanted) return {};
  return Error{ErrorKind::bad_command, "names_wrong",
               fmt::format("link {} takes {} names, and {} are given", request.act, wanted, request.names.size()), "",
               "Write it as throughline link " + example};
}

Wanted combining(const std::string& object) {
  return {.operation = Operation::combination, .data_class = DataClass::links, .object = object};
}
Wanted asking(const std::string& object) {
  return {.operation = Operation::consultation, .data_class = DataClass::links, .object = object};
}

Answer run(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "link run", Access::writing));
  const Permitted permitted = TRY(session->may(combining("linkage of people")));
  ledger::Transaction transaction = TRY(session->ledger().begin(permitted.actor, permitted.act));
  const linkage::RunSummary summary =
      TRY(linkage::run_links(transaction, session->ledger(), {.as_of = settings.as_of, .seed = request.seed}));
  transaction.set_object(fmt::format("linkage of people, run {}, inputs {}, settings {}", summary.run.id.number(),
                                     summary.run.inputs.hex(), summary.run.settings.hex()));
  static_cast<void>(TRY(transaction.commit()));
  Section section = run_section(summary);
  section.commands = {{.line = shown_command(settings, {"link", "report", "--purpose", "COUNT"}),
                       .what = "pairs, people, and how right they are"},
                      {.line = shown_command(settings, {"review", "next", "--purpose", "PROTECT"}),
                       .what = "the pair whose judgement helps most"}};
  return Report{.verb = "link", .sections = {std::move(section)}};
}

Answer plan(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "link plan"));
  static_cast<void>(TRY(session->may(combining("plan of linkage"))));
  store::DuckConnection connection = TRY(session->connect());
  const linkage::LinkWorld world = TRY(linkage::read_world(session->ledger(), connection, settings.as_of));
  const linkage::Blocking blocking = TRY(linkage::plan(world));
  return Report{.verb = "link", .sections = {plan_section(blocking, static_cast<std::int64_t>(world.mentions.size()))}};
}

Answer report(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "link report"));
  Permitted permitted = TRY(session->may(combining("report of linkage")));
  std::optional<Deprivation> deprivation;
  if (!request.deprivation.empty()) deprivation = TRY(Deprivation::read(request.deprivation));
  const LinkView view = TRY(LinkView::open(*session));
  if (deprivation) {
    // Whoever brings a look-up chooses whose addresses are counted together: that is an entry.
    permitted.act.object += ", by the deprivation look-up " + deprivation->hash().hex();
    static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  }
  return Report{.verb = "link",
                .sections = report_sections(
                    view, {.rows_max = request.rows_max, .deprivation = deprivation ? &*deprivation : nullptr})};
}

// The mentions behind the first table of an entity's section: what it leaves out is told nowhere else.
std::vector<const linkage::Mention*> shown_in(const Section& section, const LinkView& view, linkage::EntityId entity) {
  std::vector<const linkage::Mention*> shown = view.links().members_of(entity);
  const auto& rows = section.tables.front().rows;
  std::erase_if(shown, [&](const linkage::Mention* mention) {
    return std::ranges::none_of(rows, [&](const auto& row) { return row.front() == Value(mention->name()); });
  });
  return shown;
}

Answer entity(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  TRY(check_names(request, 1, "entity 1042"));
  const auto session = TRY(Session::open(outside, settings, "link entity"));
  Permitted permitted = TRY(session->may(asking("person " + request.names.front())));
  const LinkView view = TRY(LinkView::open(*session));
  const linkage::EntityId found = TRY(view.entity(request.names.front()));
  Section section = entity_section(view, found);
  const std::vector<const linkage::Mention*> shown = shown_in(section, view, found);
  section.tables.push_back(story_table(view, shown));
  Table judged = TRY(judgements_table(*session, view, shown));
  section.tables.push_back(std::move(judged));
  static_cast<void>(TRY(note_use(*session, permitted, view, {.entities = {found}})));
  return Report{.verb = "link", .sections = {std::move(section)}};
}

Answer explain(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  TRY(check_names(request, 2, "explain 3f9a0c12ab345678:10482.1 77aa0c12ab345678:96.0"));
  TRY(check_mention_names(request.names));
  const auto session = TRY(Session::open(outside, settings, "link explain"));
  const Permitted permitted =
      TRY(session->may(asking("link of records " + request.names[0] + " and " + request.names[1])));
  const LinkView view = TRY(LinkView::open(*session));
  const ShownPair pair{.one = TRY(view.mention(request.names[0])), .other = TRY(view.mention(request.names[1]))};
  if (pair.one == pair.other) {
    return Error{ErrorKind::bad_command, "one_record", "Both names are of one record", "", "Name two records"};
  }
  std::vector<linkage::EntityId> entities;
  for (const linkage::Mention* each : {pair.one, pair.other}) {
    const auto of = view.links().entity_of(each->id);
    if (of && std::ranges::find(entities, *of) == entities.end()) entities.push_back(*of);
  }
  Section section = pair_section(view, pair);
  static_cast<void>(TRY(note_use(*session, permitted, view, {.entities = std::move(entities)})));
  return Report{.verb = "link", .sections = {std::move(section)}};
}

Answer of_entity(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  TRY(check_names(request, 1, request.act + " 1042"));
  const auto session = TRY(Session::open(outside, settings, "link " + request.act));
  const Permitted permitted = TRY(session->may(asking("person " + request.names.front() + ": " + request.act)));
  const LinkView view = TRY(LinkView::open(*session));
  static_cast<void>(TRY(view.entity(request.names.front())));  // Refused where all of it stands under seal.
  const linkage::EntityId asked = *linkage::parse_entity(request.names.front());
  Section section = request.act == "history" ? TRY(history_section(*session, view, asked))
                                             : TRY(acted_section(*session, view, asked));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  return Report{.verb = "link", .sections = {std::move(section)}};
}

// A link that was shown for one purpose is not used for another: it may not be strong enough there.
Result<void> check_shown(Session& session, const LinkView& view, linkage::EntityId entity) {
  std::string others;
  for (const linkage::LinkUse& use : TRY(linkage::uses_of(session.ledger(), entity))) {
    if (use.account != session.account().id || use.kind != linkage::UseKind::shown) continue;
    if (use.purpose == view.terms().purpose) return {};
    others = std::string(code_of(use.purpose));
  }
  const std::string purpose(code_of(view.terms().purpose));
  const std::string so_far =
      others.empty() ? "to you for any purpose" : "to you for " + purpose + ", only for " + others;
  return Error{ErrorKind::refused, "link_other_purpose",
               fmt::format("The links of {} were not shown {}", linkage::entity_name(entity), so_far), "--purpose",
               fmt::format("Look at them for that purpose first: throughline link entity {} --purpose {}",
                           entity.number(), purpose)};
}

Answer act(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  TRY(check_names(request, 1, "act 1042 --purpose INVESTIGATE --reason \"a visit\""));
  if (settings.reason.empty()) {
    return Error{ErrorKind::bad_command, "reason_missing", "What was done is not said", "--reason",
                 "Say it in a few words; it is kept encrypted with the entry"};
  }
  const auto session = TRY(Session::open(outside, settings, "link act", Access::writing));
  Wanted wanted = asking("person " + request.names.front() + ": acted on");
  wanted.operation = Operation::alteration;
  const Permitted permitted = TRY(session->may(wanted));
  const LinkView view = TRY(LinkView::open(*session));
  const linkage::EntityId found = TRY(view.entity(request.names.front()));
  TRY(check_shown(*session, view, found));
  const ledger::EntryRef entry =
      TRY(note_use(*session, permitted, view, {.entities = {found}, .kind = linkage::UseKind::acted}));
  Section section = TRY(acted_section(*session, view, found));
  section.facts.push_back({"entry", "Entry in the log", entry.number});
  return Report{.verb = "link", .sections = {std::move(section)}};
}

constexpr std::size_t k_desk_bytes_max = 200;

Result<void> set_desk(Session& session, const std::string& text) {
  if (text.empty() || text.size() > k_desk_bytes_max) {
    return Error{ErrorKind::bad_command, "desk_text", "A desk is told in 1 to 200 bytes", "",
                 "Name it with its number, such as \"Safeguarding hub, 01632 960001\""};
  }
  const Permitted permitted = TRY(session.may({.operation = Operation::administration,
                                               .data_class = DataClass::accounts,
                                               .object = "desk of the agency",
                                               .owner = session.account().agency}));
  ledger::Transaction transaction = TRY(session.ledger().begin(permitted.actor, permitted.act));
  TRY(linkage::write_desk(transaction, {.agency = session.account().agency, .text = text}));
  static_cast<void>(TRY(transaction.commit()));
  return {};
}

Answer desk(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "link desk", Access::writing));
  if (!request.names.empty()) TRY(set_desk(*session, request.names.front()));
  static_cast<void>(TRY(session->may({.object = "desks"})));
  Table table{.name = "desks",
              .title = "",
              .columns = {{"agency", "Agency"}, {"desk", "Whom to ring"}},
              .rows = {},
              .empty_text = ""};
  const auto desks = TRY(linkage::read_desks(session->ledger()));
  for (const auto& [agency, name] : TRY(session->ledger().agencies())) {
    const auto known = desks.find(agency);
    table.rows.push_back({name, known == desks.end() ? Value() : Value(known->second)});
  }
  return Report{.verb = "link",
                .sections = {{.name = "desks",
                              .title = "WHOM TO RING",
                              .facts = {},
                              .tables = {std::move(table)},
                              .notes = {"An administrator gives their own agency's: throughline link desk \"…\"."}}}};
}

}  // namespace

Answer link(const Outside& outside, const Settings& settings, const LinkRequest& request) {
  if (request.act == "run") return run(outside, settings, request);
  if (request.act == "plan") return plan(outside, settings);
  if (request.act == "report") return report(outside, settings, request);
  if (request.act == "entity") return entity(outside, settings, request);
  if (request.act == "explain") return explain(outside, settings, request);
  if (request.act == "history" || request.act == "acted") return of_entity(outside, settings, request);
  if (request.act == "act") return act(outside, settings, request);
  if (request.act == "desk") return desk(outside, settings, request);
  if (request.act == "certificate") return link_certificate(outside, settings, request);
  if (request.act == "replay") return link_replay(outside, settings, request);
  const auto nearest = base::nearest_name(request.act, k_acts);
  return Error{ErrorKind::bad_command, "act_unknown", "'" + request.act + "' is not something that link does", "",
               nearest ? "Did you mean '" + *nearest + "'?" : "It does " + joined(k_acts)};
}

}  // namespace throughline::app

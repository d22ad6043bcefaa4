// throughline who: which agencies hold something of a person, in what capacity, how sure that is, and whom to ring.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "app/entity_report.h"
#include "app/link_view.h"
#include "app/linkage_verbs.h"
#include "app/session.h"
#include "linkage/link_graph.h"
#include "linkage/stage_who.h"

namespace throughline::app {

namespace {

using base::Result;
using linkage::EntityId;
using linkage::Mention;

// One person of the answer: an entity, or a record that came after the last run and is in none yet.
struct Match {
  std::optional<EntityId> entity;
  double probability = 0;                    // That the person asked for is this one.
  std::map<const Mention*, double> records;  // With how sure each is the person asked for.
};

using Matches = std::vector<Match>;

// Members that links hold to one that was matched: as sure as the weaker of the match and the way.
void add_members(const LinkView& view, Match& match) {
  const std::vector<const Mention*> members = view.links().members_of(*match.entity);
  std::vector<linkage::GraphLink> links;
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    for (std::uint32_t j = i + 1; j < members.size(); ++j) {
      links.push_back({i, j, view.probability(linkage::MentionPair::of(members[i]->id, members[j]->id))});
    }
  }
  const std::map<const Mention*, double> matched = match.records;
  for (std::uint32_t from = 0; from < members.size(); ++from) {
    const auto found = matched.find(members[from]);
    if (found == matched.end()) continue;
    const auto ways = linkage::best_ways(static_cast<std::int64_t>(members.size()), links, from);
    for (std::size_t i = 0; i < members.size(); ++i) {
      double& sure = match.records[members[i]];
      sure = std::max(sure, std::min(found->second, ways[i]));
    }
  }
}

// Most likely first. What stands under seal for the account finds nobody and is not in it.
Matches matches_of(const LinkView& view, const std::vector<linkage::AskedMatch>& found) {
  std::map<EntityId, Match> by_entity;
  Matches matches;
  for (const linkage::AskedMatch& each : found) {
    const Mention* mention = view.links().mention(each.mention);
    if (view.is_hidden(*mention)) continue;
    const auto entity = view.links().entity_of(each.mention);
    Match alone{.entity = entity, .records = {}};
    Match& match =
        entity ? by_entity.try_emplace(*entity, std::move(alone)).first->second : matches.emplace_back(alone);
    match.probability = std::max(match.probability, each.probability);
    match.records[mention] = each.probability;
  }
  for (auto& [entity, match] : by_entity) {
    add_members(view, match);
    matches.push_back(std::move(match));
  }
  std::ranges::stable_sort(matches, std::ranges::greater(), &Match::probability);
  return matches;
}

// An agency in one capacity, with the surest record behind it.
struct Holding {
  std::string agency;
  linkage::Capacity capacity = linkage::Capacity::named;
  double probability = 0;
  std::string desk;
};

std::vector<Holding> holdings_of(const LinkView& view, const Match& match) {
  std::map<std::pair<std::string, linkage::Capacity>, Holding> holdings;
  for (const auto& [mention, probability] : match.records) {
    if (view.is_hidden(*mention) || probability < view.terms().probability_min) continue;
    for (const linkage::Capacity capacity : linkage::capacities_of(*mention)) {
      Holding& holding = holdings[{mention->agency, capacity}];
      if (probability <= holding.probability) continue;
      holding = {mention->agency, capacity, probability, view.desk_of(*mention)};
    }
  }
  std::vector<Holding> all;
  for (auto& [key, holding] : holdings) all.push_back(std::move(holding));
  return all;
}

std::string asked_text(const WhoRequest& request) {
  // Which details were given, not what they said.
  std::string text;
  const auto add = [&](const std::string& value, const char* name) {
    if (!value.empty()) text += std::string(text.empty() ? "" : ", ") + name;
  };
  add(request.forename, "forename");
  add(request.surname, "surname");
  add(request.known_as, "known as");
  add(request.birth, "birth");
  add(request.sex, "sex");
  add(request.address, "address");
  add(request.postcode, "postcode");
  add(request.phone, "phone");
  add(request.nhs_number, "NHS number");
  add(request.police_id, "police id");
  return "who knows a person, asked by " + (text.empty() ? "nothing" : text);
}

linkage::PersonTexts texts_of(const WhoRequest& request) {
  return {.forename = request.forename,
          .surname = request.surname,
          .full_name = {},
          .known_as = request.known_as,
          .birth = request.birth,
          .sex = request.sex,
          .phone = request.phone,
          .nhs_number = request.nhs_number,
          .police_id = request.police_id,
          .address = request.address,
          .postcode = request.postcode};
}

Result<void> check_birth(const std::string& birth) {
  const bool is_year = birth.size() == 4 && birth.find_first_not_of("0123456789") == std::string::npos;
  if (birth.empty() || is_year || base::parse_month(birth) || base::parse_iso_date(birth)) return {};
  return base::Error{base::ErrorKind::bad_command, "birth_malformed", "The date of birth cannot be read", "--birth",
                     "Write as much as is known: 2009-04-20, 2009-04 or 2009"};
}

// The rows of the answer, and the people in them.
struct ShownPeople {
  Table table;
  std::vector<EntityId> entities;
  std::int64_t people = 0;
};

ShownPeople people_of(const LinkView& view, const Matches& matches) {
  ShownPeople shown;
  shown.table = {
      .name = "people",
      .title = "",
      .columns = {{"person", "Person"},
                  {"agency", "Agency"},
                  {"capacity", "Capacity"},
                  {"how_sure", "How sure"},
                  {"probability", "Probability", ColumnKind::number},
                  {"desk", "Whom to ring"}},
      .rows = {},
      .empty_text = "Nobody here is likely enough to be this person. That is not to say that no agency knows them."};
  std::int64_t unlinked = 0;
  for (const Match& match : matches) {
    const std::vector<Holding> holdings = holdings_of(view, match);
    if (holdings.empty()) continue;
    ++shown.people;
    if (match.entity) shown.entities.push_back(*match.entity);
    const std::string person =
        match.entity ? linkage::entity_name(*match.entity) : fmt::format("not linked yet, {}", ++unlinked);
    for (const Holding& holding : holdings) {
      shown.table.rows.push_back({person, holding.agency, std::string(words_of(holding.capacity)),
                                  std::string(linkage::sureness_words(holding.probability)),
                                  probability_text(holding.probability), holding.desk});
    }
  }
  return shown;
}

}  // namespace

Answer who(const Outside& outside, const Settings& settings, const WhoRequest& request) {
  TRY(check_birth(request.birth));
  const auto session = TRY(Session::open(outside, settings, "who"));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::consultation,
                                                .data_class = ledger::DataClass::links,
                                                .object = asked_text(request)}));
  const LinkView view = TRY(LinkView::open(*session));
  const auto found = TRY(view.who().find(texts_of(request), view.terms().probability_min));
  ShownPeople shown = people_of(view, matches_of(view, found));
  Section section{.name = "who",
                  .title = "WHO ELSE KNOWS THIS PERSON?",
                  .facts = {{"purpose", "Purpose", std::string(code_of(view.terms().purpose))},
                            {"people", "People who may be meant", shown.people}},
                  .tables = {std::move(shown.table)},
                  .notes = {std::string(view.terms().terms) + ".",
                            "Each person stands alone: a brother, sister or namesake has rows of their own. Capacities "
                            "stand side by side and none takes another away."}};
  if (view.links().extracts_since > 0) {
    section.notes.push_back(fmt::format("{} extracts came since the last run; their records stand for themselves.",
                                        view.links().extracts_since));
  }
  static_cast<void>(TRY(note_use(*session, permitted, view, {.entities = std::move(shown.entities)})));
  return Report{.verb = "who", .sections = {std::move(section)}};
}

}  // namespace throughline::app

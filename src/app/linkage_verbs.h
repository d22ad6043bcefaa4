// The verbs of linkage: link, review, who, cohort. One function per verb, as in verbs.h.
//
// Every question about people names its purpose (settings.purpose) and is an entry of the log; so are a cohort's share
// and the accuracy of links. What counts pairs and rules alone (plan, report, agreement) is none. A caller sees the
// values of records that their own agency brought in; of others' which agency, in what capacity and how sure; of what
// stands under seal elsewhere nothing. Sections and tables below are the names in the Report that each gives.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

// act:
//   run      → section "run" (facts run, mentions, entities, inputs, settings, model, seed, entry…; what
//   calibration_report.h adds)
//   plan     → section "plan", table "rules" (rule, records, blocks, pairs, left_out, largest, used, why)
//   report   → sections "run", "pairs" (table "bands": from, to, pairs; table "purposes": purpose, threshold, links,
//              false_links, missed_links, terms), "clusters" (table "sizes"; table "bridges": one, other, probability,
//              splits), "reliability" (table: band, judged, same, low, high), "errors" (table "groups": grouping,
//              group, same, missed, missed_low, missed_high, different, false, false_low, false_high)
//   entity   → names = {ID}. Section "entity" (facts entity, members, sealed, purpose, terms), table "records" (record,
//              agency, capacities, how_sure, probability, name, birth, address: the last three only of the caller's
//              own), table "links" (one, other, probability, how_sure), tables "story" and "judgements" of
//              entity_story.h
//   explain  → names = {MENTION, MENTION}. Section "link" (facts one, other, probability, weight_bits, household,
//              judgement), table "evidence" (comparison, finding, bits, says), table "records" side by side of the
//              caller's own (field, one, other, differs)
//   history  → names = {ID}. Section "history", table "events" (at, run, event, entity, other, record)
//   acted    → names = {ID}. Section "acted", table "uses" (at, agency, account, purpose, kind, stands); `act` writes
//   one act      → names = {ID}. Notes that the caller acted on the entity's links for the purpose, with --reason. desk
//   → names = {TEXT}, or none to list. Section "desks", table "desks" (agency, desk)
//   certificate → names = {MENTION, MENTION}, output or none. Section "certificate": see link_certificate.h
//   replay      → names = {FILE}. Section "replay" (facts stands, one, other, issued; what differs as notes)
struct LinkRequest {
  std::string act{};
  std::vector<std::string> names{};
  std::string output{};       // For certificate.
  std::string deprivation{};  // For report: a table from postcodes to deciles, see deprivation.h.
  std::uint64_t seed = 1;
  std::int64_t rows_max = 100;
};
[[nodiscard]] Answer link(const Outside& outside, const Settings& settings, const LinkRequest& request);

// act:
//   next      → section "review" (facts one, other, probability, threshold, gain, waiting, second), tables "evidence"
//   and
//               "records" as for explain
//   judge     → names = {MENTION, MENTION}, verdict. Section "judgement" (facts judgement, state, entry)
//   agreement → section "agreement" (facts pairs, agreed, kappa, low, high), table "disputed" (one, other, verdicts)
//   accuracy  → section "accuracy": see review_accuracy.h
struct ReviewRequest {
  std::string act = "next";
  std::vector<std::string> names{};
  std::string verdict{};  // same, different, cannot-tell.
};
[[nodiscard]] Answer review(const Outside& outside, const Settings& settings, const ReviewRequest& request);

// Who else knows this person? Any part may be left out or misspelt; at least a name, a date of birth with something
// beside it, or a number. → section "who" (facts purpose, terms, people), one table "people" (person, agency, capacity,
// how_sure, probability, desk), a row for each agency and capacity.
struct WhoRequest {
  std::string forename{}, surname{}, known_as{};
  std::string birth{};  // 2009-04-20, 2009-04 or 2009.
  std::string sex{}, address{}, postcode{}, phone{}, nhs_number{}, police_id{};
};
[[nodiscard]] Answer who(const Outside& outside, const Settings& settings, const WhoRequest& request);

// Of the people in one capacity in a period, what share had a history of another? → section "cohort" (facts people,
// with_history, share, low, high, low_sampling, high_sampling, draws), notes.
struct CohortRequest {
  std::string capacity = "suspected";
  std::string category{};    // Of the event, in the source's words, any part of them. Empty: any.
  std::string from{}, to{};  // Months, both included. Empty: all.
  std::string history = "harmed";
  std::string history_category{};
  std::int64_t draws = 200;
  std::uint64_t seed = 1;
};
[[nodiscard]] Answer cohort(const Outside& outside, const Settings& settings, const CohortRequest& request);

}  // namespace throughline::app

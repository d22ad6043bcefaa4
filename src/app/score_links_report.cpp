// What is told of links held against the truth: shares with their intervals, and counts. Never a name.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "app/score_links.h"

namespace throughline::app {

namespace {

using base::Result;
using linkage::KnownMention;
using linkage::PairScore;
using linkage::PairScoreBetween;
using linkage::ScoredShare;

void add_measures(Table& table, const std::string& of, const PairScore& score) {
  const std::array<std::pair<const char*, const ScoredShare*>, 3> measures{
      {{"precision", &score.precision}, {"recall", &score.recall}, {"F1", &score.f1}}};
  for (const auto& [measure, share] : measures) {
    table.rows.push_back({of, std::string(measure), score.groups > 0 ? Value(Decimal{share->value, 4}) : Value(),
                          Decimal{share->interval.low, 4}, Decimal{share->interval.high, 4}});
  }
}

Table measures_table(const PairScore& all, const PairScore& children) {
  Table table{.name = "measures",
              .title = "How right it is who is taken for whom",
              .columns = {{"of", "Of"},
                          {"measure", "Measure"},
                          {"value", "Value", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  add_measures(table, "all", all);
  add_measures(table, "children", children);
  return table;
}

struct TableWords {
  std::string name, title, one, other;
};

Table between_table(const TableWords& words, const std::vector<PairScoreBetween>& scores,
                    const std::vector<std::string>& labels) {
  Table table{.name = words.name,
              .title = words.title,
              .columns = {{"one", words.one},
                          {"other", words.other},
                          {"true_pairs", "Pairs of one person", ColumnKind::number},
                          {"linked", "Put together", ColumnKind::number},
                          {"right", "Rightly", ColumnKind::number},
                          {"precision", "Precision", ColumnKind::number},
                          {"recall", "Recall", ColumnKind::number},
                          {"f1", "F1", ColumnKind::number},
                          {"f1_low", "From", ColumnKind::number},
                          {"f1_high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = "No two records are of one person or taken for one."};
  for (const PairScoreBetween& each : scores) {
    const PairScore& score = each.score;
    table.rows.push_back(
        {labels[each.one], labels[each.other], score.pairs.true_pairs, score.pairs.linked_pairs,
         score.pairs.right_pairs, score.pairs.linked_pairs > 0 ? Value(Decimal{score.precision.value, 3}) : Value(),
         score.pairs.true_pairs > 0 ? Value(Decimal{score.recall.value, 3}) : Value(), Decimal{score.f1.value, 3},
         Decimal{score.f1.interval.low, 3}, Decimal{score.f1.interval.high, 3}});
  }
  return table;
}

std::vector<KnownMention> children_of(const KnownLinks& known) {
  std::vector<KnownMention> children;
  for (const KnownMention& mention : known.mentions) {
    if (mention.is_child) children.push_back(mention);
  }
  return children;
}

std::vector<std::string> partial_notes(const Truth& truth, const KnownLinks& known) {
  std::vector<std::string> notes;
  const auto extracts = std::ssize(truth.extracts);
  if (known.extracts_here < extracts) {
    notes.push_back(fmt::format(
        "Only {} of the truth's {} extracts are in the workspace as they lie beside it; the rest is in no figure.",
        known.extracts_here, extracts));
  }
  if (known.ambiguous > 0) {
    notes.push_back(
        fmt::format("{} records share their reference and capacity with somebody else's and could not be "
                    "told apart; they are in no figure.",
                    known.ambiguous));
  }
  return notes;
}

Section links_section(const LinkView& view, const Truth& truth, const KnownLinks& known) {
  const PairScore all = linkage::score_pairs(known.mentions);
  Section section{
      .name = "links",
      .title = "THE LINKS HELD AGAINST THE TRUTH",
      .facts = {{"run", "Run of linkage", view.links().run.id.number()},
                {"extracts", "Extracts of the truth", std::ssize(truth.extracts)},
                {"extracts_here", "Of these in the workspace", known.extracts_here},
                {"records", "Records of people in these, by the truth", known.records_here},
                {"records_matched", "Of these found in the workspace", known.records_matched},
                {"records_unknown", "Records in the workspace that the truth does not know", known.unknown},
                {"true_pairs", "Pairs of records of one person", all.pairs.true_pairs},
                {"linked_pairs", "Pairs put together", all.pairs.linked_pairs},
                {"right_pairs", "Pairs put together rightly", all.pairs.right_pairs}},
      .tables = {measures_table(all, linkage::score_pairs(children_of(known))),
                 between_table({"agencies", "By pair of agencies", "Agency", "With"},
                               linkage::score_between(known.mentions, &KnownMention::agency), known.agencies),
                 between_table({"kinds", "By pair of kinds of record", "Kind", "With"},
                               linkage::score_between(known.mentions, &KnownMention::kind), known.kinds)},
      .notes = partial_notes(truth, known)};
  section.notes.emplace_back(
      "Everybody is made up, and misspelt by rules that were written for it: a real county's links are less right than "
      "this. Records without a name, a birth or a number, rejected ones, and those under seal elsewhere are in no "
      "figure.");
  section.notes.emplace_back(
      "Intervals are at 95 per cent, as if another county had been made by the same rules; children are those below 18 "
      "when it happened.");
  return section;
}

Section people_section(const KnownLinks& known) {
  const linkage::PeopleScore score = linkage::score_people(known.mentions);
  return {.name = "people",
          .title = "PEOPLE, NOT PAIRS",
          .facts = {{"people", "People with a record", score.people},
                    {"people_in_several", "Of these with several", score.people_in_several},
                    {"whole", "Of these: all together, and nobody else with them", score.whole},
                    {"split", "Of these: taken for more than one", score.split},
                    {"joined", "People taken for one with somebody else", score.joined},
                    {"clusters", "People whom they are taken for", score.clusters},
                    {"clusters_mixed", "Of these made of more than one", score.clusters_mixed},
                    {"precision", "Of those a record is with, the share of its person", Decimal{score.precision, 4}},
                    {"recall", "Of its person's records, the share it is with", Decimal{score.recall, 4}}},
          .tables = {},
          .notes = {"Every record counts once here; among pairs a person of many records counts many times."}};
}

Section missed_section(const linkage::MissedPairs& missed) {
  Table table{.name = "reasons",
              .title = "Pairs of one person that are not together",
              .columns = {{"reason", "Reason"}, {"pairs", "Pairs", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  table.rows = {{std::string("a record came after the run"), missed.after_the_run},
                {std::string("judged different"), missed.judged_different},
                {std::string("likely as a pair, kept apart by the rest"), missed.kept_apart},
                {std::string("compared, below one half"), missed.low_probability},
                {std::string("compared, too unlikely to keep"), missed.too_unlikely},
                {std::string("no shared key: never compared"), missed.no_shared_key}};
  Section section{.name = "missed",
                  .title = "WHAT WAS MISSED, AND WHY",
                  .facts = {{"missed", "Pairs missed", missed.missed}, {"looked_at", "Looked at", missed.looked_at}},
                  .tables = {table},
                  .notes = {}};
  if (missed.looked_at < missed.missed) {
    section.notes.emplace_back("The reasons are of the pairs looked at, which are taken evenly from all.");
  }
  return section;
}

// Of pairs that the run kept, both records known.
std::vector<linkage::SettledPair> settled_pairs(const LinkView& view, const KnownLinks& known) {
  std::vector<std::uint32_t> truth_of(view.links().world.mentions.size(), 0);
  for (const linkage::KnownPlace& each : known.places) truth_of[each.place] = each.truth + 1;
  const auto truth_at = [&](const linkage::MentionId& id) {
    const linkage::Mention* mention = view.links().mention(id);
    return mention == nullptr ? 0U : truth_of[static_cast<std::size_t>(mention - view.links().world.mentions.data())];
  };
  std::vector<linkage::SettledPair> settled;
  for (const linkage::LinkedPair& pair : view.links().derived.pairs) {
    const std::uint32_t one = truth_at(pair.pair.one);
    const std::uint32_t other = truth_at(pair.pair.other);
    if (one > 0 && other > 0) settled.push_back({.probability = pair.probability, .is_same = one == other});
  }
  return settled;
}

Section calibration_section(const LinkView& view, const KnownLinks& known) {
  Table table{.name = "bands",
              .title = "Do probabilities mean what they say?",
              .columns = {{"from", "From", ColumnKind::number},
                          {"to", "To", ColumnKind::number},
                          {"pairs", "Pairs", ColumnKind::number},
                          {"said", "Mean probability", ColumnKind::number},
                          {"was", "Share of one person", ColumnKind::number},
                          {"low", "At least", ColumnKind::number},
                          {"high", "At most", ColumnKind::number}},
              .rows = {},
              .empty_text = "No pair was kept of which both records are known."};
  double distance = 0;
  double pairs = 0;
  for (const linkage::ReliabilityBand& band : linkage::reliability(settled_pairs(view, known))) {
    const auto judged = static_cast<double>(band.judged);
    const double was = static_cast<double>(band.same) / judged;
    distance += judged * std::abs(band.expected / judged - was);
    pairs += judged;
    table.rows.push_back({Decimal{band.from, 2}, Decimal{band.to, 2}, band.judged, Decimal{band.expected / judged, 3},
                          Decimal{was, 3}, Decimal{band.interval.low, 3}, Decimal{band.interval.high, 3}});
  }
  return {.name = "calibration",
          .title = "THE PROBABILITIES HELD AGAINST THE TRUTH",
          .facts = {{"error", "Mean distance of what is said from what is so",
                     pairs > 0 ? Value(Decimal{distance / pairs, 4}) : Value()}},
          .tables = {table},
          .notes = {"Of the pairs that the run kept; the interval takes pairs as if they had nothing to do with each "
                    "other."}};
}

}  // namespace

Result<std::vector<Section>> links_sections(const LinkView& view, const Truth& truth, const KnownLinks& known) {
  const linkage::MissedPairs missed = TRY(linkage::missed_pairs(view.links(), known.places));
  return std::vector<Section>{links_section(view, truth, known), people_section(known), missed_section(missed),
                              calibration_section(view, known)};
}

}  // namespace throughline::app

#include "app/link_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "app/calibration_report.h"
#include "app/capacity_records.h"
#include "base/number.h"
#include "linkage/accuracy.h"
#include "linkage/link_graph.h"

namespace throughline::app {

namespace {

using linkage::EntityId;
using linkage::LinkedPair;
using linkage::Mention;

constexpr double k_together = 0.5;
constexpr const char* k_deprivation = "deprivation";
constexpr const char* k_not_known = "not known";

std::string largest_text(const std::vector<std::int64_t>& blocks) {
  std::string text;
  for (const std::int64_t block : blocks) text += (text.empty() ? "" : ", ") + std::to_string(block);
  return text;
}

std::vector<Fact> run_facts(const linkage::LinkRun& run) {
  return {{"run", "Run", run.id.number()},
          {"at", "When", base::to_string(run.at)},
          {"as_of", "As of", run.as_of ? Value(base::to_string(*run.as_of)) : Value()},
          {"mentions", "Records of people", run.mentions},
          {"entities", "People", run.entities},
          {"inputs", "Inputs (hash)", run.inputs.hex()},
          {"settings", "Settings (hash)", run.settings.hex()},
          {"model", "Model", run.model},
          {"seed", "Seed", static_cast<std::int64_t>(run.seed)},
          {"entry", "Entry in the log", run.entry}};
}

Table bands_table(const LinkView& view) {
  constexpr std::array k_edges = {0.001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0};
  std::array<std::int64_t, k_edges.size() - 1> counts{};
  for (const LinkedPair& pair : view.links().derived.pairs) {
    std::size_t band = 0;
    while (band + 2 < k_edges.size() && pair.probability >= k_edges.at(band + 1)) ++band;
    ++counts.at(band);
  }
  Table table{.name = "bands",
              .title = "Pairs of records by the model's probability",
              .columns = {{"from", "From", ColumnKind::number},
                          {"to", "To", ColumnKind::number},
                          {"pairs", "Pairs", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    table.rows.push_back({Decimal{k_edges.at(i), 3}, Decimal{k_edges.at(i + 1), 3}, counts.at(i)});
  }
  return table;
}

Table purposes_table(const LinkView& view) {
  std::vector<linkage::WeighedPair> pairs;
  for (const LinkedPair& pair : view.judged_pairs()) {
    pairs.push_back({.probability = static_cast<float>(pair.probability)});
  }
  Table table{.name = "purposes",
              .title = "What each purpose is shown, and the errors to expect",
              .columns = {{"purpose", "Purpose"},
                          {"threshold", "Threshold", ColumnKind::number},
                          {"links", "Links", ColumnKind::number},
                          {"false_links", "False, expected", ColumnKind::number},
                          {"missed_links", "Missed, expected", ColumnKind::number},
                          {"terms", "Terms"}},
              .rows = {},
              .empty_text = ""};
  for (const linkage::PurposeTerms& terms : linkage::all_terms()) {
    const linkage::ExpectedErrors errors = linkage::expected_errors(pairs, terms.probability_min);
    table.rows.push_back({std::string(code_of(terms.purpose)), Decimal{terms.probability_min, 2}, errors.links,
                          Decimal{errors.false_links, 1}, Decimal{errors.missed_links, 1}, std::string(terms.terms)});
  }
  return table;
}

using Entities = std::map<EntityId, std::vector<const Mention*>>;

Entities entities_of(const LinkView& view) {
  Entities entities;
  for (const linkage::Membership& member : view.links().derived.members) {
    entities[member.entity].push_back(view.links().mention(member.mention));
  }
  return entities;
}

Table sizes_table(const Entities& entities) {
  std::map<std::int64_t, std::int64_t> sizes;
  for (const auto& [entity, members] : entities) ++sizes[static_cast<std::int64_t>(members.size())];
  Table table{.name = "sizes",
              .title = "People by their number of records",
              .columns = {{"records", "Records", ColumnKind::number}, {"people", "People", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const auto& [size, people] : sizes) table.rows.push_back({size, people});
  return table;
}

// A report counts, and of other agencies' records it names none.
Value own_name(const LinkView& view, const Mention& mention) {
  return view.shows_values(mention) ? Value(mention.name()) : Value();
}

using Members = Entities::mapped_type;

// The links within a person that hold for this purpose, by the places of their records.
std::vector<linkage::GraphLink> links_within(const LinkView& view, const Members& members) {
  std::vector<linkage::GraphLink> links;
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    for (std::uint32_t j = i + 1; j < members.size(); ++j) {
      const double probability = view.probability(linkage::MentionPair::of(members[i]->id, members[j]->id));
      if (probability >= k_together) links.push_back({i, j, probability});
    }
  }
  return links;
}

Table bridges_table(const LinkView& view, const Entities& entities, std::int64_t rows_max) {
  Table table{.name = "bridges",
              .title = "Links without which a person of three records or more would fall apart",
              .columns = {{"entity", "Person", ColumnKind::number},
                          {"one", "One", ColumnKind::id},
                          {"other", "Other", ColumnKind::id},
                          {"probability", "Probability", ColumnKind::number},
                          {"splits_off", "Records split off", ColumnKind::number}},
              .rows = {},
              .empty_text = "None: every person of three records or more holds without any one link."};
  for (const auto& [entity, members] : entities) {
    if (members.size() < 3) continue;
    const bool is_hidden = std::ranges::any_of(members, [&](const Mention* each) { return view.is_hidden(*each); });
    if (is_hidden) continue;
    const std::vector<linkage::GraphLink> links = links_within(view, members);
    for (const linkage::Bridge& bridge : linkage::bridges(static_cast<std::int64_t>(members.size()), links)) {
      const linkage::GraphLink& link = links[bridge.link];
      table.rows.push_back({entity.number(), own_name(view, *members[link.one]), own_name(view, *members[link.other]),
                            probability_text(link.probability), bridge.split_off});
    }
  }
  if (static_cast<std::int64_t>(table.rows.size()) > rows_max) table.rows.resize(static_cast<std::size_t>(rows_max));
  return table;
}

std::string age_band(const Mention& mention) {
  constexpr std::size_t k_year_bytes = 4;
  const auto year = base::parse_integer(std::string_view(mention.person.birth).substr(0, k_year_bytes));
  if (!year || !mention.event_start) return k_not_known;
  const std::int64_t age = mention.event_start->year() - *year;
  if (age < 10) return "under 10";
  if (age < 14) return "10 to 13";
  if (age < 18) return "14 to 17";
  return age < 25 ? "18 to 24" : "25 and over";
}

void add_group(linkage::SettledPair& pair, const std::string& grouping, const std::array<std::string, 2>& of) {
  for (const std::string& group : std::set<std::string>(of.begin(), of.end())) {
    pair.groups.emplace_back(grouping, group.empty() ? k_not_known : group);
  }
}

std::vector<linkage::SettledPair> settled_pairs(const LinkView& view, const Deprivation* deprivation) {
  std::vector<linkage::SettledPair> pairs;
  for (const linkage::ReviewedPair& judged : linkage::reviewed(view.links().world.judgements)) {
    const Mention* one = view.links().mention(judged.pair.one);
    const Mention* other = view.links().mention(judged.pair.other);
    if (!judged.verdict || *judged.verdict == linkage::Verdict::cannot_tell || !one || !other) continue;
    if (view.is_hidden(*one) || view.is_hidden(*other)) continue;
    const LinkedPair* kept = view.links().pair(judged.pair);
    // By the model alone: labels that taught a probability cannot test it.
    linkage::SettledPair pair{.probability = kept == nullptr ? 0 : linkage::probability_of_bits(kept->model_bits()),
                              .is_same = *judged.verdict == linkage::Verdict::same};
    add_group(pair, "ethnicity", {one->ethnicity, other->ethnicity});
    add_group(pair, "sex", {one->person.sex, other->person.sex});
    add_group(pair, "age", {age_band(*one), age_band(*other)});
    add_group(pair, "source", {one->source, other->source});
    if (deprivation != nullptr) {
      add_group(pair, k_deprivation,
                {deprivation->fifth_of(one->person.postcode), deprivation->fifth_of(other->person.postcode)});
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

Section reliability_section(const std::vector<linkage::SettledPair>& pairs) {
  Table table{.name = "reliability",
              .title = "",
              .columns = {{"from", "Probability from", ColumnKind::number},
                          {"to", "To", ColumnKind::number},
                          {"judged", "Judged", ColumnKind::number},
                          {"same", "The same", ColumnKind::number},
                          {"expected", "Expected", ColumnKind::number},
                          {"low", "Share from", ColumnKind::number},
                          {"high", "Share to", ColumnKind::number}},
              .rows = {},
              .empty_text = "No pair was judged yet: whether the probabilities hold is not known."};
  for (const linkage::ReliabilityBand& band : linkage::reliability(pairs)) {
    table.rows.push_back({Decimal{band.from, 2}, Decimal{band.to, 2}, band.judged, band.same, Decimal{band.expected, 1},
                          Decimal{band.interval.low, 2}, Decimal{band.interval.high, 2}});
  }
  return {.name = "reliability",
          .title = "RELIABILITY: WHAT WAS JUDGED BESIDE WHAT WAS PROMISED",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {"By the model alone. Shares are of pairs judged the same, with 95 per cent intervals (Wilson)."}};
}

// Groups of deprivation follow from a file that the caller wrote: one made for a single address would tell of it. So
// none of few judged pairs is told; where one is left out, "not known" is too, and the smallest others until those left
// out are themselves many, so that none follows from the whole.
std::vector<linkage::GroupErrors> told(std::vector<linkage::GroupErrors> groups) {
  const auto judged = [](const linkage::GroupErrors* group) { return group->same + group->different; };
  std::vector<const linkage::GroupErrors*> by_size;
  for (const linkage::GroupErrors& group : groups) {
    if (group.grouping == k_deprivation) by_size.push_back(&group);
  }
  std::ranges::stable_sort(by_size, {}, judged);
  if (by_size.empty() || judged(by_size.front()) >= k_people_told_min) return groups;
  std::ranges::stable_partition(by_size, [](const auto* group) { return group->group == k_not_known; });
  std::set<std::string> left_out;
  std::int64_t pairs = 0;
  for (const linkage::GroupErrors* group : by_size) {
    const bool is_told = judged(group) >= k_people_told_min && pairs >= k_people_told_min;
    if (is_told && group->group != k_not_known) continue;
    left_out.insert(group->group);
    pairs += judged(group);
  }
  std::erase_if(groups, [&](const linkage::GroupErrors& group) {
    return group.grouping == k_deprivation && left_out.contains(group.group);
  });
  return groups;
}

Section errors_section(const std::vector<linkage::SettledPair>& pairs, const Deprivation* deprivation) {
  Table table{.name = "groups",
              .title = "",
              .columns = {{"grouping", "By"},
                          {"group", "Group"},
                          {"same", "Judged same", ColumnKind::number},
                          {"missed", "Missed", ColumnKind::number},
                          {"missed_low", "Share from", ColumnKind::number},
                          {"missed_high", "Share to", ColumnKind::number},
                          {"different", "Judged different", ColumnKind::number},
                          {"false_links", "False", ColumnKind::number},
                          {"false_low", "Share from", ColumnKind::number},
                          {"false_high", "Share to", ColumnKind::number}},
              .rows = {},
              .empty_text = "No pair was judged yet: whom links miss, and whom they confuse, is not known."};
  for (const linkage::GroupErrors& group : told(linkage::errors_by_group(pairs, k_together))) {
    table.rows.push_back({group.grouping, group.group, group.same, group.missed, Decimal{group.missed_rate.low, 2},
                          Decimal{group.missed_rate.high, 2}, group.different, group.false_links,
                          Decimal{group.false_rate.low, 2}, Decimal{group.false_rate.high, 2}});
  }
  return {.name = "errors",
          .title = "MISSED AND FALSE LINKS BY GROUP",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {
              "What the model alone said at 0.5, beside what people judged. Reviewers see doubtful pairs first, so "
              "the rates compare groups with each other and are not those of all pairs.",
              deprivation == nullptr
                  ? "By deprivation nothing can be said: no look-up from postcodes to deprivation was named "
                    "(--deprivation)."
                  : "Deprivation is of the area of a record's postcode, in fifths of areas, and not of the person; a "
                    "record without a postcode that the look-up has is not known. Groups of fewer than 10 judged pairs "
                    "are left out, and others from which they would follow."}};
}

}  // namespace

Section plan_section(const linkage::Blocking& plan, std::int64_t mentions) {
  Table table{.name = "rules",
              .title = "What gathers records to be compared",
              .columns = {{"rule", "Rule"},
                          {"records", "Records", ColumnKind::number},
                          {"blocks", "Blocks", ColumnKind::number},
                          {"pairs", "Pairs", ColumnKind::number},
                          {"left_out", "Left out", ColumnKind::number},
                          {"largest", "Largest blocks"},
                          {"used", "Used"},
                          {"why", "Why not"}},
              .rows = {},
              .empty_text = "So few records are all compared with each other."};
  for (const linkage::RulePlan& rule : plan.rules) {
    table.rows.push_back({rule.rule, rule.records, rule.blocks, rule.pairs, rule.pairs_left_out,
                          text_or_nothing(largest_text(rule.largest_blocks)), std::string(rule.is_used ? "yes" : "no"),
                          text_or_nothing(rule.is_used ? "" : "too many pairs")});
  }
  return {.name = "plan",
          .title = "THE PLAN OF A RUN",
          .facts = {{"mentions", "Records of people", mentions},
                    {"pairs_possible", "Pairs there are", plan.pairs_possible},
                    {"pairs", "Pairs to compare", static_cast<std::int64_t>(plan.pairs.size())}},
          .tables = {std::move(table)},
          .notes = {}};
}

Section run_section(const linkage::RunSummary& summary) {
  const auto count = [&](linkage::EntityEventKind kind) {
    return static_cast<std::int64_t>(std::ranges::count(summary.events, kind, &linkage::EntityEvent::kind));
  };
  Section section{.name = "run", .title = "THE RUN", .facts = run_facts(summary.run), .tables = {}, .notes = {}};
  section.facts.push_back({"extracts", "Extracts", summary.extracts});
  section.facts.push_back({"judgements", "Judgements that bind", summary.judgements_bound});
  if (summary.judgements_unseen > 0) {
    section.facts.push_back({"judgements_unseen", "Judgements of records not seen now", summary.judgements_unseen});
    section.notes.emplace_back(
        "Some judgements are of records that were withdrawn, erased or come later than the day asked for: they bind "
        "nothing, and bind again once the records can be seen.");
  }
  section.facts.push_back({"created", "People new", count(linkage::EntityEventKind::created)});
  section.facts.push_back({"merged", "People merged into another", count(linkage::EntityEventKind::merged_into)});
  section.facts.push_back({"split", "People split from another", count(linkage::EntityEventKind::split_from)});
  section.facts.push_back({"joined", "Records new", summary.joined});
  section.facts.push_back({"moved", "Records moved", summary.moved});
  section.facts.push_back({"withdrawn", "Records withdrawn", summary.withdrawn});
  for (const std::string& source : summary.sources_without_births) {
    section.notes.push_back(fmt::format(
        "{}: no record has a date of birth, so that namesakes and relatives in it can hardly be told apart. "
        "If the source has one, its mapping should say where: throughline mappings show {}.",
        source, source));
  }
  add_calibration(section, {.same = summary.labels_same,
                            .different = summary.labels_different,
                            .pending = summary.labels_pending,
                            .recalibration = summary.recalibration});
  return section;
}

std::vector<Section> report_sections(const LinkView& view, const ReportOptions& options) {
  const Entities entities = entities_of(view);
  const std::vector<linkage::SettledPair> settled = settled_pairs(view, options.deprivation);
  Section run{.name = "run", .title = "THE LAST RUN", .facts = run_facts(view.links().run), .tables = {}, .notes = {}};
  if (view.links().extracts_since > 0) {
    run.notes.push_back(fmt::format("{} extracts came since and are not in it: throughline link run takes them in.",
                                    view.links().extracts_since));
  }
  Section pairs{.name = "pairs",
                .title = "PAIRS",
                .facts = {},
                .tables = {bands_table(view), purposes_table(view)},
                .notes = {"Expected errors follow from the probabilities, and hold as far as those do. Pairs that were "
                          "never compared are in neither."}};
  Section clusters{.name = "clusters",
                   .title = "PEOPLE",
                   .facts = {},
                   .tables = {sizes_table(entities), bridges_table(view, entities, options.rows_max)},
                   .notes = {}};
  Section reliability = reliability_section(settled);
  add_calibration(reliability, run_labels(view));
  return {std::move(run), std::move(pairs), std::move(clusters), std::move(reliability),
          errors_section(settled, options.deprivation)};
}

}  // namespace throughline::app

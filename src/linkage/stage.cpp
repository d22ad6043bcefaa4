#include "linkage/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/sha256.h"
#include "linkage/judged_clusters.h"
#include "linkage/link.h"
#include "linkage/pair_labels.h"
#include "linkage/purpose.h"
#include "linkage/relatives.h"
#include "linkage/stage_encode.h"

namespace throughline::linkage {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::string_view k_model = "throughline-link 1";

std::optional<std::uint32_t> place_of(const std::vector<Mention>& mentions, const MentionId& id) {
  const auto at = std::ranges::lower_bound(mentions, id, {}, &Mention::id);
  if (at == mentions.end() || at->id != id) return std::nullopt;
  return static_cast<std::uint32_t>(at - mentions.begin());
}

// What people settled, and that a row names each person once unless somebody judged otherwise. A judgement of a mention
// that cannot be seen binds nothing.
struct Bound {
  Rulings rulings;
  std::int64_t judgements = 0;
  std::int64_t unseen = 0;
};

// People whom one row names are different, unless they were judged the same.
void part_rows(const LinkWorld& world, Rulings& rulings) {
  std::vector<PlacePair> same = rulings.same;
  std::ranges::sort(same);
  for (std::uint32_t i = 0; i < world.mentions.size(); ++i) {
    const MentionId& id = world.mentions[i].id;
    for (std::uint32_t j = i + 1; j < world.mentions.size() && is_one_row(id, world.mentions[j].id); ++j) {
      if (!std::ranges::binary_search(same, PlacePair(i, j))) rulings.different.emplace_back(i, j);
    }
  }
}

Bound rulings_of(const LinkWorld& world) {
  Bound bound;
  for (const ReviewedPair& pair : reviewed(world.judgements)) {
    const auto one = place_of(world.mentions, pair.pair.one);
    const auto other = place_of(world.mentions, pair.pair.other);
    bound.unseen += !one || !other ? 1 : 0;
    if (!pair.verdict || *pair.verdict == Verdict::cannot_tell || !one || !other) continue;
    ++bound.judgements;
    auto& list = *pair.verdict == Verdict::same ? bound.rulings.same : bound.rulings.different;
    list.emplace_back(*one, *other);
  }
  part_rows(world, bound.rulings);
  return bound;
}

// A record's name leads to the agency that brought it in, so one under seal is not named.
std::string told_name(const Mention& mention) {
  return mention.is_sealed ? "(a record under seal)" : mention.name();
}

Error disagreement(const LinkWorld& world, const Contradiction& found) {
  const Mention& first = world.mentions[found.one];
  const Mention& last = world.mentions[found.other];
  const std::string one = told_name(first);
  const std::string middle = told_name(world.mentions[found.middle]);
  const std::string other = told_name(last);
  const std::string_view apart = is_one_row(first.id, last.id) ? "are two people of one row" : "were judged different";
  return {ErrorKind::bad_command, "judgements_disagree",
          fmt::format("Records {} and {} were judged the same, and by that or further judgements {} is the same as {}; "
                      "but {} and {} {}",
                      one, middle, middle, other, one, other, apart),
          "judgements",
          fmt::format("Look at the three again, and judge the pair that is wrong anew: throughline review judge {} {}. "
                      "A record under seal is judged at its own agency",
                      one, middle)};
}

std::vector<std::vector<MentionId>> clusters_of(const LinkWorld& world, std::span<const std::uint32_t> first) {
  std::vector<std::vector<MentionId>> clusters(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) clusters[first[i]].push_back(world.mentions[i].id);
  std::erase_if(clusters, [](const auto& cluster) { return cluster.empty(); });
  return clusters;
}

std::vector<RecordPair> pairs_of(const std::vector<PlacePair>& rulings) {
  std::vector<RecordPair> pairs;
  for (const PlacePair& ruling : rulings) pairs.push_back({.one = ruling.first, .other = ruling.second});
  return pairs;
}

// The engine's pairs with relatives weighed in; those that then are two people are held apart, unless judged the same.
// Each heeds what its records are together with, as link() does.
std::vector<LinkedPair> linked_pairs(const LinkWorld& world, const People& people, LinkAnswer& answer,
                                     Rulings& rulings) {
  std::vector<LinkedPair> pairs;
  pairs.reserve(answer.pairs.size());
  const std::vector<double> third_bits = third_record_bits_of(
      answer.pairs, {.first = answer.first_of_cluster, .third_record_bits = answer.third_record_bits});
  for (std::size_t i = 0; i < answer.pairs.size(); ++i) {
    WeighedPair& pair = answer.pairs[i];
    const Pattern pattern = compare(people.records[pair.one], people.records[pair.other], people.texts);
    const RelativeWeight weight = weigh_relatives(pattern, pair.weight_bits);
    pair.weight_bits = static_cast<float>(weight.weight_bits);
    if (weight.is_lowered && weight.weight_bits < 0) rulings.unless_same.emplace_back(pair.one, pair.other);
    pairs.push_back({.pair = {world.mentions[pair.one].id, world.mentions[pair.other].id},
                     .weight_bits = weight.weight_bits,
                     .third_bits = third_bits[i],
                     .probability = probability_of_bits(weight.weight_bits + third_bits[i]),
                     .pattern = key_of(pattern)});
  }
  return pairs;
}

base::Hash settings_hash(const LinkOptions& options) {
  std::string text =
      fmt::format("{}; kept {}; minimum {}; held {}; edge {}; random pairs {}", k_model, options.probability_kept,
                  options.clustering.weight_bits_min, options.clustering.weight_bits_held,
                  options.clustering.weight_bits_edge, options.random_pairs);
  text += "; " + recalibration_settings();
  for (const PurposeTerms& terms : all_terms()) {
    text += fmt::format("; {} {}", code_of(terms.purpose), terms.probability_min);
  }
  return base::hash_text(text);
}

std::vector<std::string> sources_without_births(const LinkWorld& world) {
  std::map<std::string, bool> has_birth;
  for (const Mention& mention : world.mentions) {
    bool& has = has_birth[mention.source];
    has = has || !mention.person.birth.empty();
  }
  std::vector<std::string> without;
  for (const auto& [source, has] : has_birth) {
    if (!has) without.push_back(source);
  }
  return without;
}

RunSummary summary_of(LinkRun run, const LinkWorld& world, const Reconciled& reconciled) {
  RunSummary summary{.run = std::move(run), .extracts = static_cast<std::int64_t>(world.extracts.size()), .events = {}};
  for (const EntityEvent& event : reconciled.events) {
    switch (event.kind) {
      case EntityEventKind::joined: ++summary.joined; break;
      case EntityEventKind::moved: ++summary.moved; break;
      case EntityEventKind::withdrawn: ++summary.withdrawn; break;
      case EntityEventKind::created:
      case EntityEventKind::merged_into:
      case EntityEventKind::split_from: summary.events.push_back(event); break;
    }
  }
  return summary;
}

// What the run works out, before anything is written.
struct Worked {
  DerivedLinks links;
  Reconciled reconciled;
  std::int64_t judgements_bound = 0;
  std::int64_t judgements_unseen = 0;
  std::vector<LabelledWeight> labels;
  std::int64_t labels_pending = 0;
  std::int64_t entities = 0;
  base::Hash settings{};
};

// What people said of pairs turns the model's weights into probabilities, where they said enough.
void recalibrate_pairs(const LinkWorld& world, Worked& worked) {
  const PairLabels labels = labels_of(reviewed(world.judgements), worked.links.pairs);
  worked.labels_pending = labels.pending;
  worked.labels = weights_of(labels.settled, worked.links);
  worked.links.recalibration = recalibrate(worked.labels);
  if (!worked.links.recalibration) return;
  for (LinkedPair& pair : worked.links.pairs) {
    pair.probability = worked.links.calibrated(worked.links.standing(pair)).probability;
  }
}

Result<Worked> work_out(ledger::Ledger& ledger, const LinkWorld& world, std::uint64_t seed) {
  Bound bound = rulings_of(world);
  const auto records = static_cast<std::int64_t>(world.mentions.size());
  if (const auto found = contradiction_in(records, bound.rulings)) return disagreement(world, *found);
  const People people = encode_mentions(world.mentions);
  const std::vector<RecordPair> same = pairs_of(bound.rulings.same);
  const std::vector<RecordPair> different = pairs_of(bound.rulings.different);
  const LinkOptions options{.judged = {.same = same, .different = different}, .seed = seed};
  const base::Interrupt interrupt;
  base::Progress progress;
  LinkAnswer answer = TRY(link(people, options, interrupt, progress));
  std::vector<LinkedPair> pairs = linked_pairs(world, people, answer, bound.rulings);
  const std::vector<std::uint32_t> first = honour(answer.first_of_cluster, answer.pairs, bound.rulings);
  std::vector<std::vector<MentionId>> clusters = clusters_of(world, first);
  Worked worked{.links = {},
                .reconciled = {},
                .judgements_bound = bound.judgements,
                .judgements_unseen = bound.unseen,
                .labels = {}};
  worked.entities = static_cast<std::int64_t>(clusters.size());
  worked.settings = settings_hash(options);
  const std::vector<Membership> previous = TRY(read_members(ledger));
  const EntityId next = TRY(next_entity(ledger));
  worked.reconciled = reconcile(previous, std::move(clusters), next);
  worked.links.run = TRY(next_run(ledger));
  worked.links.extracts = world.extracts;
  worked.links.pairs = std::move(pairs);
  worked.links.members = worked.reconciled.members;
  worked.links.mixture = answer.model->mixture;
  recalibrate_pairs(world, worked);
  return worked;
}

Result<void> write_links(const store::WritePermit& permit, store::DuckConnection& connection,
                         const DerivedLinks& links) {
  store::DuckWriter writer(permit, connection);
  TRY(writer.begin());
  const Result<void> written = write_derived(writer, links);
  if (!written.ok()) {
    writer.rollback();
    return written.error();
  }
  return writer.commit();
}

}  // namespace

Result<LinkWorld> read_world(ledger::Ledger& ledger, store::DuckConnection& connection,
                             std::optional<base::Date> as_of) {
  LinkWorld world;
  std::vector<ledger::RegisteredExtract> extracts = TRY(ledger::visible(ledger, as_of));
  std::erase_if(extracts, [](const auto& extract) {
    return extract.announced.data_class == ledger::DataClass::published;  // Names nobody.
  });
  std::string inputs;
  for (const ledger::RegisteredExtract& extract : extracts) {
    world.extracts.push_back(extract.announced.extract);
    inputs += extract.announced.content_hash.hex() + "\n";
  }
  const auto agencies = TRY(ledger.agencies());
  world.mentions = TRY(read_mentions(connection, extracts, agencies));
  world.judgements = TRY(read_judgements(ledger));
  if (as_of) {
    std::erase_if(world.judgements, [&](const Judgement& judgement) { return judgement.at.date() > *as_of; });
  }
  for (const Judgement& judgement : world.judgements) inputs += fmt::format("judgement {}\n", judgement.number);
  world.inputs = base::hash_text(inputs);
  return world;
}

Result<Blocking> plan(const LinkWorld& world) {
  const People people = encode_mentions(world.mentions);
  const base::Interrupt interrupt;
  return block(people, PairScope::all, LinkOptions().blocking, interrupt);
}

Result<RunSummary> run_links(ledger::Transaction& transaction, ledger::Ledger& ledger, const RunRequest& request) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  const LinkWorld world = TRY(read_world(ledger, connection, request.as_of));
  if (world.mentions.empty()) {
    return Error{ErrorKind::bad_command, "nothing_to_link", "No extract that can be seen names a person", "",
                 "Bring in extracts that do, with throughline ingest"};
  }
  const Worked worked = TRY(work_out(ledger, world, request.seed));
  LinkRun run{.id = worked.links.run,
              .at = transaction.entry().at,
              .as_of = request.as_of,
              .inputs = world.inputs,
              .settings = worked.settings,
              .model = std::string(k_model),
              .seed = request.seed,
              .mentions = static_cast<std::int64_t>(world.mentions.size()),
              .entities = worked.entities,
              .entry = transaction.entry().number};
  TRY(write_run(transaction, run, worked.reconciled));
  // The record store first: where the ledger's commit then fails, its last run is not that of the derived tables, and
  // read_links() says so.
  TRY(write_links(transaction.permit(), connection, worked.links));
  RunSummary summary = summary_of(std::move(run), world, worked.reconciled);
  summary.judgements_bound = worked.judgements_bound;
  summary.sources_without_births = sources_without_births(world);
  summary.judgements_unseen = worked.judgements_unseen;
  summary.labels_same = std::ranges::count(worked.labels, true, &LabelledWeight::is_match);
  summary.labels_different = std::ssize(worked.labels) - summary.labels_same;
  summary.labels_pending = worked.labels_pending;
  summary.recalibration = worked.links.recalibration;
  return summary;
}

const Mention* Links::mention(const MentionId& id) const {
  const auto place = place_of(world.mentions, id);
  return place ? &world.mentions[*place] : nullptr;
}

std::optional<EntityId> Links::entity_of(const MentionId& id) const {
  const auto at = std::ranges::lower_bound(derived.members, id, {}, &Membership::mention);
  if (at == derived.members.end() || at->mention != id) return std::nullopt;
  return at->entity;
}

std::vector<const Mention*> Links::members_of(EntityId entity) const {
  std::vector<const Mention*> members;
  const auto entity_at = [&](std::uint32_t place) { return derived.members[place].entity; };
  for (const std::uint32_t place : std::ranges::equal_range(by_entity, entity, {}, entity_at)) {
    members.push_back(mention(derived.members[place].mention));
  }
  return members;
}

const LinkedPair* Links::pair(const MentionPair& pair) const {
  const auto at = std::ranges::lower_bound(derived.pairs, pair, {}, &LinkedPair::pair);
  return at == derived.pairs.end() || at->pair != pair ? nullptr : &*at;
}

Result<Links> read_links(ledger::Ledger& ledger, store::DuckConnection& connection, std::optional<base::Date> as_of) {
  const std::vector<LinkRun> runs = TRY(read_runs(ledger));
  if (runs.empty()) {
    return Error{ErrorKind::bad_command, "links_missing", "Nobody has linked the records of this workspace yet", "",
                 "Run throughline link run"};
  }
  std::optional<DerivedLinks> derived = TRY(read_derived(connection));
  if (!derived || derived->run != runs.back().id) {
    return Error{ErrorKind::damaged, "links_stale",
                 fmt::format("The links in the record store are of run {}, the ledger's last run is {}",
                             derived ? derived->run.number() : 0, runs.back().id.number()),
                 "records.duckdb", "Run throughline link run again; it makes them anew"};
  }
  LinkWorld world = TRY(read_world(ledger, connection, as_of));
  Links links{.run = runs.back(), .world = std::move(world), .derived = *std::move(derived)};
  const auto is_gone = [&](const MentionId& id) { return links.mention(id) == nullptr; };
  std::erase_if(links.derived.members, [&](const Membership& member) { return is_gone(member.mention); });
  std::erase_if(links.derived.pairs,
                [&](const LinkedPair& pair) { return is_gone(pair.pair.one) || is_gone(pair.pair.other); });
  links.by_entity.resize(links.derived.members.size());
  std::iota(links.by_entity.begin(), links.by_entity.end(), 0U);
  std::ranges::stable_sort(links.by_entity, {},
                           [&](std::uint32_t place) { return links.derived.members[place].entity; });
  for (const ledger::ExtractNo extract : links.world.extracts) {
    links.extracts_since += std::ranges::binary_search(links.derived.extracts, extract) ? 0 : 1;
  }
  return links;
}

}  // namespace throughline::linkage

#include "linkage/tables.h"

#include <algorithm>

namespace throughline::linkage {

namespace {

using base::Result;
using store::AppendColumn;
using store::DuckChunk;
using store::DuckConnection;

// Columns extract_no and place say which row an erasure takes away; a pair is seen only where both its members are.
constexpr std::string_view k_step = R"sql(
CREATE TABLE derived.link_run (run_id BIGINT NOT NULL, rounds INTEGER NOT NULL, converged BOOLEAN NOT NULL,
  has_households BOOLEAN NOT NULL);
CREATE TABLE derived.link_extract (run_id BIGINT NOT NULL, extract_no INTEGER NOT NULL);
CREATE TABLE derived.link_member (run_id BIGINT NOT NULL, extract_no INTEGER NOT NULL, place BIGINT NOT NULL,
  item INTEGER NOT NULL, entity_id BIGINT NOT NULL);
CREATE TABLE derived.link_pair (run_id BIGINT NOT NULL, one_extract INTEGER NOT NULL, one_place BIGINT NOT NULL,
  one_item INTEGER NOT NULL, other_extract INTEGER NOT NULL, other_place BIGINT NOT NULL, other_item INTEGER NOT NULL,
  weight_bits DOUBLE NOT NULL, probability DOUBLE NOT NULL, pattern UBIGINT NOT NULL);
CREATE TABLE derived.link_level (run_id BIGINT NOT NULL, class INTEGER NOT NULL, comparison INTEGER NOT NULL,
  level INTEGER NOT NULL, probability DOUBLE NOT NULL);
CREATE TABLE derived.link_share (run_id BIGINT NOT NULL, kind INTEGER NOT NULL, class INTEGER NOT NULL,
  share DOUBLE NOT NULL);
)sql";

constexpr std::string_view k_recalibration_step = R"sql(
CREATE TABLE derived.link_recalibration (run_id BIGINT NOT NULL, same BIGINT NOT NULL, different BIGINT NOT NULL,
  offset_bits DOUBLE NOT NULL, slope DOUBLE NOT NULL, together_bits DOUBLE NOT NULL, offset_variance DOUBLE NOT NULL,
  slope_variance DOUBLE NOT NULL, together_variance DOUBLE NOT NULL, offset_slope_covariance DOUBLE NOT NULL,
  offset_together_covariance DOUBLE NOT NULL, slope_together_covariance DOUBLE NOT NULL);
ALTER TABLE derived.link_pair ADD COLUMN third_bits DOUBLE DEFAULT 0;
)sql";

constexpr std::array k_tables = {"derived.link_run",          "derived.link_extract", "derived.link_member",
                                 "derived.link_pair",         "derived.link_level",   "derived.link_share",
                                 "derived.link_recalibration"};

// Columns of a table on their way in.
class Rows {
 public:
  Rows(std::int64_t run, std::int64_t rows) : run_(run), rows_(rows) { columns_.push_back({store::Same{run_}, {}}); }
  template <class T>
  Rows& add(const std::vector<T>& values) {
    columns_.push_back({std::span<const T>(values), {}});
    return *this;
  }
  Result<void> write(store::DuckWriter& writer, std::string_view table) const {
    store::DuckAppender appender = TRY(writer.appender(table));
    TRY(appender.append(rows_, columns_));
    return appender.close();
  }

 private:
  std::int64_t run_;
  std::int64_t rows_;
  std::vector<AppendColumn> columns_;
};

struct MentionColumns {
  std::vector<std::int32_t> extracts;
  std::vector<std::int64_t> places;
  std::vector<std::int32_t> items;
  void add(const MentionId& mention) {
    extracts.push_back(static_cast<std::int32_t>(mention.extract.number()));
    places.push_back(mention.place);
    items.push_back(mention.item);
  }
};

Result<void> write_pairs(store::DuckWriter& writer, const DerivedLinks& links) {
  MentionColumns one;
  MentionColumns other;
  std::vector<double> weights;
  std::vector<double> probabilities;
  std::vector<double> thirds;
  std::vector<std::uint64_t> patterns;
  for (const LinkedPair& pair : links.pairs) {
    one.add(pair.pair.one);
    other.add(pair.pair.other);
    weights.push_back(pair.weight_bits);
    probabilities.push_back(pair.probability);
    patterns.push_back(pair.pattern);
    thirds.push_back(pair.third_bits);
  }
  return Rows(links.run.number(), static_cast<std::int64_t>(links.pairs.size()))
      .add(one.extracts)
      .add(one.places)
      .add(one.items)
      .add(other.extracts)
      .add(other.places)
      .add(other.items)
      .add(weights)
      .add(probabilities)
      .add(patterns)
      .add(thirds)
      .write(writer, "derived.link_pair");
}

Result<void> write_members(store::DuckWriter& writer, const DerivedLinks& links) {
  MentionColumns members;
  std::vector<std::int64_t> entities;
  for (const Membership& member : links.members) {
    members.add(member.mention);
    entities.push_back(member.entity.number());
  }
  return Rows(links.run.number(), static_cast<std::int64_t>(entities.size()))
      .add(members.extracts)
      .add(members.places)
      .add(members.items)
      .add(entities)
      .write(writer, "derived.link_member");
}

Result<void> write_model(store::DuckWriter& writer, const DerivedLinks& links) {
  const Mixture& mixture = links.mixture;
  std::vector<std::int32_t> classes;
  std::vector<std::int32_t> comparisons;
  std::vector<std::int32_t> levels;
  std::vector<double> probabilities;
  for (std::size_t k = 0; k < k_classes; ++k) {
    for (std::size_t c = 0; c < k_comparisons; ++c) {
      for (std::size_t level = 0; level < mixture.levels.at(k).at(c).size(); ++level) {
        classes.push_back(static_cast<std::int32_t>(k));
        comparisons.push_back(static_cast<std::int32_t>(c));
        levels.push_back(static_cast<std::int32_t>(level));
        probabilities.push_back(mixture.levels.at(k).at(c)[level]);
      }
    }
  }
  TRY(Rows(links.run.number(), static_cast<std::int64_t>(levels.size()))
          .add(classes)
          .add(comparisons)
          .add(levels)
          .add(probabilities)
          .write(writer, "derived.link_level"));
  std::vector<std::int32_t> kinds;
  classes.clear();
  probabilities.clear();
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    for (std::size_t k = 0; k < k_classes; ++k) {
      kinds.push_back(static_cast<std::int32_t>(kind));
      classes.push_back(static_cast<std::int32_t>(k));
      probabilities.push_back(mixture.share.at(kind).at(k));
    }
  }
  return Rows(links.run.number(), static_cast<std::int64_t>(kinds.size()))
      .add(kinds)
      .add(classes)
      .add(probabilities)
      .write(writer, "derived.link_share");
}

Result<void> write_recalibration(store::DuckWriter& writer, const DerivedLinks& links) {
  if (!links.recalibration) return {};
  const Recalibration& line = *links.recalibration;
  const std::vector<std::int64_t> same = {line.same};
  const std::vector<std::int64_t> different = {line.different};
  std::vector<std::vector<double>> numbers;
  for (const auto& [name, number] : k_recalibration_numbers) numbers.push_back({line.*number});
  Rows rows(links.run.number(), 1);
  rows.add(same).add(different);
  for (const std::vector<double>& number : numbers) rows.add(number);
  return rows.write(writer, "derived.link_recalibration");
}

template <class Take>
Result<void> read_all(DuckConnection& connection, std::string_view sql, const Take& take) {
  store::DuckResult result = TRY(connection.query(sql));
  while (const std::optional<DuckChunk> chunk = TRY(result.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) take(*chunk, row);
  }
  return {};
}

MentionId mention_at(const DuckChunk& chunk, std::int64_t row, int column) {
  return {.extract = ledger::ExtractNo(chunk.column<std::int32_t>(column)[row]),
          .place = chunk.column<std::int64_t>(column + 1)[row],
          .item = chunk.column<std::int32_t>(column + 2)[row]};
}

base::Error damaged_links() {
  return {base::ErrorKind::damaged, "damaged_links", "What the last run of linkage left is not whole", "records.duckdb",
          "Run throughline link run again; it makes these tables anew"};
}

Result<Mixture> read_model(DuckConnection& connection) {
  Mixture mixture;
  bool is_sound = true;
  for (ClassProbabilities& comparisons : mixture.levels) {
    for (std::size_t c = 0; c < k_comparisons; ++c)
      comparisons.at(c).assign(static_cast<std::size_t>(k_levels.at(c)), 0);
  }
  const auto within = [](std::int32_t value, std::size_t size) {
    return value >= 0 && static_cast<std::size_t>(value) < size;
  };
  TRY(read_all(connection, "SELECT class, comparison, level, probability FROM derived.link_level",
               [&](const DuckChunk& chunk, std::int64_t row) {
                 const auto k = chunk.column<std::int32_t>(0)[row];
                 const auto c = chunk.column<std::int32_t>(1)[row];
                 const auto level = chunk.column<std::int32_t>(2)[row];
                 is_sound = is_sound && within(k, k_classes) && within(c, k_comparisons);
                 is_sound =
                     is_sound && within(level, static_cast<std::size_t>(k_levels.at(static_cast<std::size_t>(c))));
                 if (!is_sound) return;
                 mixture.levels.at(static_cast<std::size_t>(k))
                     .at(static_cast<std::size_t>(c))[static_cast<std::size_t>(level)] = chunk.column<double>(3)[row];
               }));
  TRY(read_all(
      connection, "SELECT kind, class, share FROM derived.link_share", [&](const DuckChunk& chunk, std::int64_t row) {
        const auto kind = chunk.column<std::int32_t>(0)[row];
        const auto k = chunk.column<std::int32_t>(1)[row];
        is_sound = is_sound && within(kind, k_kinds) && within(k, k_classes);
        if (!is_sound) return;
        mixture.share.at(static_cast<std::size_t>(kind)).at(static_cast<std::size_t>(k)) = chunk.column<double>(2)[row];
      }));
  if (!is_sound) return damaged_links();
  return mixture;
}

}  // namespace

std::vector<store::Migration> linkage_migrations() {
  // The first step and the third are those of records.
  return {{store::StoreKind::records, 2, k_step}, {store::StoreKind::records, 4, k_recalibration_step}};
}

bool DerivedLinks::is_together(const MentionPair& pair) const {
  const auto entity_of = [&](const MentionId& mention) {
    const auto at = std::ranges::lower_bound(members, mention, {}, &Membership::mention);
    return at == members.end() || at->mention != mention ? std::nullopt : std::optional(at->entity);
  };
  const auto one = entity_of(pair.one);
  return one && one == entity_of(pair.other);
}

StandingWeight DerivedLinks::standing(const LinkedPair& pair) const {
  return {.weight_bits = pair.model_bits(), .together = is_together(pair.pair) ? 1.0 : 0.0};
}

CalibratedProbability DerivedLinks::calibrated(const StandingWeight& pair) const {
  if (recalibration) return recalibration->at(pair);
  return {.probability = probability_of_bits(pair.weight_bits)};
}

Result<void> write_derived(store::DuckWriter& writer, const DerivedLinks& links) {
  for (const char* table : k_tables) {
    auto empty = TRY(writer.prepare(std::string("DELETE FROM ") + table));
    static_cast<void>(TRY(empty.run()));
  }
  auto run = TRY(writer.prepare("INSERT INTO derived.link_run VALUES (?, ?, CAST(? AS BOOLEAN), CAST(? AS BOOLEAN))"));
  run.bind(1, links.run.number()).bind(2, links.mixture.rounds).bind(3, links.mixture.converged ? 1 : 0);
  run.bind(4, links.mixture.has_households ? 1 : 0);
  static_cast<void>(TRY(run.run()));
  std::vector<std::int32_t> extracts;
  for (const ledger::ExtractNo extract : links.extracts)
    extracts.push_back(static_cast<std::int32_t>(extract.number()));
  TRY(Rows(links.run.number(), static_cast<std::int64_t>(extracts.size()))
          .add(extracts)
          .write(writer, "derived.link_extract"));
  TRY(write_members(writer, links));
  TRY(write_pairs(writer, links));
  TRY(write_recalibration(writer, links));
  return write_model(writer, links);
}

Result<std::optional<DerivedLinks>> read_derived(DuckConnection& connection) {
  std::optional<DerivedLinks> links;
  TRY(read_all(connection, "SELECT run_id, rounds, converged, has_households FROM derived.link_run",
               [&](const DuckChunk& chunk, std::int64_t row) {
                 links.emplace();
                 links->run = LinkRunId(chunk.column<std::int64_t>(0)[row]);
                 links->mixture.rounds = chunk.column<std::int32_t>(1)[row];
                 links->mixture.converged = chunk.column<std::uint8_t>(2)[row] != 0;
                 links->mixture.has_households = chunk.column<std::uint8_t>(3)[row] != 0;
               }));
  if (!links) return links;
  Mixture model = TRY(read_model(connection));
  links->mixture.levels = std::move(model.levels);
  links->mixture.share = model.share;
  TRY(read_all(connection, "SELECT extract_no FROM derived.link_extract ORDER BY extract_no",
               [&](const DuckChunk& chunk, std::int64_t row) {
                 links->extracts.emplace_back(chunk.column<std::int32_t>(0)[row]);
               }));
  TRY(read_all(connection,
               "SELECT extract_no, place, item, entity_id FROM derived.link_member ORDER BY extract_no, place, item",
               [&](const DuckChunk& chunk, std::int64_t row) {
                 links->members.push_back({mention_at(chunk, row, 0), EntityId(chunk.column<std::int64_t>(3)[row])});
               }));
  TRY(read_all(connection,
               "SELECT one_extract, one_place, one_item, other_extract, other_place, other_item, weight_bits, "
               "probability, pattern, third_bits FROM derived.link_pair ORDER BY ALL",
               [&](const DuckChunk& chunk, std::int64_t row) {
                 links->pairs.push_back({.pair = {mention_at(chunk, row, 0), mention_at(chunk, row, 3)},
                                         .weight_bits = chunk.column<double>(6)[row],
                                         .third_bits = chunk.column<double>(9)[row],
                                         .probability = chunk.column<double>(7)[row],
                                         .pattern = chunk.column<std::uint64_t>(8)[row]});
               }));
  std::string numbers = "SELECT same, different";
  for (const auto& [name, number] : k_recalibration_numbers) numbers += std::string(", ") + name;
  TRY(read_all(connection, numbers + " FROM derived.link_recalibration", [&](const DuckChunk& chunk, std::int64_t row) {
    Recalibration& line = links->recalibration.emplace();
    line.same = chunk.column<std::int64_t>(0)[row];
    line.different = chunk.column<std::int64_t>(1)[row];
    int column = 2;
    for (const auto& [name, number] : k_recalibration_numbers) line.*number = chunk.column<double>(column++)[row];
  }));
  return links;
}

}  // namespace throughline::linkage

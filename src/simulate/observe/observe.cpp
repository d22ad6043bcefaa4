#include "simulate/observe/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "base/check.h"
#include "base/csv_cell.h"
#include "base/parallel.h"
#include "simulate/observe/agencies.h"
#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

using base::Result;

constexpr std::int64_t k_rows_a_chunk = 2'048;

// The place of a column in the header; k_none where it has none.
std::int32_t column_of(std::string_view header, std::string_view name) {
  std::int32_t column = 0;
  for (std::size_t begin = 0; begin <= header.size(); ++column) {
    const std::size_t end = std::min(header.find(',', begin), header.size());
    if (header.substr(begin, end - begin) == name) return column;
    begin = end + 1;
  }
  return k_none;
}

NoiseLevels noise_of(const NoiseLevels& usual, double times) {
  NoiseLevels levels = usual;
  for (const NoiseLevel& level : noise_levels()) {
    levels.*level.value = std::clamp(usual.*level.value * times, 0.0, 1.0);
  }
  return levels;
}

// The cases of one file and what it is called.
struct Part {
  std::string file;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Stops and searches are published by the month in which they were made, however late they were written down. Within a
// month they stay in the order of recording.
std::vector<Case> by_month(const Scene& scene, std::vector<Case> cases) {
  std::ranges::sort(cases, {}, [&](const Case& one) {
    return std::tuple(scene.date_of(one.day).month().index(), one.recorded, one.day, one.second, one.key);
  });
  return cases;
}

// REQUIRES: cases of one file stand together.
std::vector<Part> parts_of(const Scene& scene, const Agency& agency, Kind kind, std::span<const Case> cases) {
  if (kind != Kind::search)
    return {{.file = fmt::format("{}.csv", words_of(kind).name), .begin = 0, .end = cases.size()}};
  std::vector<Part> parts;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string file = fmt::format("{}-{}-stop-and-search.csv", to_string(scene.date_of(cases[i].day).month()),
                                         published_name(agency.name));
    if (parts.empty() || parts.back().file != file) parts.push_back({.file = file, .begin = i, .end = i});
    parts.back().end = i + 1;
  }
  return parts;
}

void append_faults(Extract& extract, const Written& written, const Cut& cut) {
  for (const FaultyRow& one : written.faulty) {
    const Flaw& flaw = cut.flaws[one.flaw];
    std::string& faults = extract.faults;
    fmt::format_to(std::back_inserter(faults), "{},{},{},", cut.file, one.row + 1, one.row);
    base::append_csv_cell(faults, flaw.column);
    faults += ",cannot be typed,";
    base::append_csv_cell(faults, flaw.what);
    fmt::format_to(std::back_inserter(faults), ",{}\n", flaw.rule);
    ++extract.faulty;
  }
}

Extract written_part(const Cut& cut, const Recipe& recipe, std::span<const Case> cases, const Part& part) {
  const base::Split split{.items = static_cast<std::int64_t>(part.end - part.begin), .chunk_items = k_rows_a_chunk};
  std::vector<Written> chunks(static_cast<std::size_t>(split.chunks()));
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    Written& out = chunks[static_cast<std::size_t>(chunk.index)];
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const std::size_t at = part.begin + static_cast<std::size_t>(i);
      Row row(cut, cases[at], {.number = static_cast<std::int64_t>(at) + 1, .row = i + 1}, out);
      recipe.row(row);
    }
  });
  Extract extract{.agency = cut.agency->name, .folder = cut.agency->folder, .file = part.file, .kind = cut.kind};
  extract.rows = split.items;
  std::size_t bytes = 0;
  for (const Written& chunk : chunks) bytes += chunk.text.size();
  extract.text.reserve(bytes + header_of(cut.kind).size() + 1);
  extract.text.append(header_of(cut.kind)).append("\n");
  for (Written& chunk : chunks) {
    extract.text += chunk.text;
    extract.truth += chunk.truth;
    append_faults(extract, chunk, cut);
    chunk = {};
  }
  return extract;
}

void keep_crime_references(Scene& scene, const Agency& agency, std::span<const Case> cases) {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].is_happening) continue;
    scene.crime_references[cases[i].key] =
        reference_of(scene, agency, {.mark = "", .number = static_cast<std::int64_t>(i) + 1, .day = cases[i].recorded});
  }
}

Result<void> observe_kind(Scene& scene, const Agency& agency, Kind kind,
                          const std::function<Result<void>(Extract)>& take) {
  const Practice practice = scene.input.practices.of(agency.name);
  const Recipe& recipe = recipe_of(kind);
  Recorder recorder(scene, agency, kind, practice);
  recipe.cases(recorder);
  const std::vector<Case> cases = kind == Kind::search ? by_month(scene, recorder.take()) : recorder.take();
  if (kind == Kind::crime) keep_crime_references(scene, agency, cases);
  std::vector<std::int32_t> flaw_at;
  for (const Flaw& flaw : recipe.flaws) {
    flaw_at.push_back(flaw.column.empty() ? k_none : column_of(header_of(kind), flaw.column));
    CHECK(flaw.column.empty() || flaw_at.back() != k_none);
  }
  for (const Part& part : parts_of(scene, agency, kind, cases)) {
    if (part.begin == part.end) continue;
    const Cut cut{.scene = &scene,
                  .agency = &agency,
                  .practice = &practice,
                  .kind = kind,
                  .dates = recipe.dates,
                  .noise = noise_of(scene.input.practices.noise, practice.level(kind, Level::identity_noise)),
                  .flaws = recipe.flaws,
                  .flaw_at = flaw_at,
                  .file = fmt::format("{}/{}", agency.folder, part.file)};
    TRY(take(written_part(cut, recipe, cases, part)));
  }
  return {};
}

}  // namespace

Result<void> observe(Scene& scene, const base::Interrupt& interrupt, const std::function<Result<void>(Extract)>& take) {
  std::set<std::string> given;
  const auto take_once = [&](Extract extract) -> Result<void> {
    CHECK(given.insert(extract.folder + "/" + extract.file).second);  // Another of that name would write over it.
    return take(std::move(extract));
  };
  // Forces come first among agencies and crime first among kinds: others name the crime that a thing was recorded as.
  for (const Agency& agency : scene.agencies) {
    for (std::size_t kind = 0; kind < k_kinds; ++kind) {
      if (kind_words()[kind].holder != agency.holder) continue;
      TRY(interrupt.poll());
      TRY(observe_kind(scene, agency, static_cast<Kind>(kind), take_once));
    }
  }
  return {};
}

}  // namespace throughline::simulate

#include "simulate/observe/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/csv_cell.h"
#include "base/parallel.h"
#include "simulate/observe/agencies.h"
#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

using base::Result;

constexpr std::int64_t k_rows_a_chunk = 2'048;
constexpr std::int64_t k_bytes_a_row = 288;  // As a rule.
// So many rows ahead memory is asked for those named there.
struct Ahead {
  KnownPeople::Soon soon;
  std::size_t rows;
};
constexpr std::array<Ahead, 3> k_ahead{
    {{KnownPeople::Soon::later, 12}, {KnownPeople::Soon::soon, 8}, {KnownPeople::Soon::next, 4}}};

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
  const base::Month first = scene.date_of(scene.first_day).month();
  const std::int32_t months = scene.date_of(scene.end_day).month() - first + 1;
  std::vector<std::vector<Case>> of_months(static_cast<std::size_t>(months));
  for (const Case& one : cases)
    of_months[static_cast<std::size_t>(scene.date_of(one.day).month() - first)].push_back(one);
  cases.clear();
  for (const std::vector<Case>& month : of_months) cases.insert(cases.end(), month.begin(), month.end());
  return cases;
}

// REQUIRES: cases of one file stand together.
std::vector<Part> parts_of(const Scene& scene, const Agency& agency, Kind kind, std::span<const Case> cases) {
  if (kind != Kind::search)
    return {{.file = fmt::format("{}.csv", words_of(kind).name), .begin = 0, .end = cases.size()}};
  std::vector<Part> parts;
  std::optional<base::Month> last;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const base::Month month = scene.date_of(cases[i].day).month();
    if (month != last) {
      parts.push_back({.file = fmt::format("{}-{}-stop-and-search.csv", to_string(month), published_name(agency.name)),
                       .begin = i});
    }
    last = month;
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

void fetch_ahead(const Cut& cut, std::span<const Case> cases, std::size_t at) {
  for (const Ahead& ahead : k_ahead) {
    if (at + ahead.rows >= cases.size()) continue;
    cut.people->fetch_early(cases[at + ahead.rows].who, ahead.soon);
    cut.people->fetch_early(cases[at + ahead.rows].other, ahead.soon);
  }
}

Extract written_part(const Cut& cut, const Recipe& recipe, std::span<const Case> cases, const Part& part) {
  const base::Split split{.items = static_cast<std::int64_t>(part.end - part.begin), .chunk_items = k_rows_a_chunk};
  std::vector<Written> chunks(static_cast<std::size_t>(split.chunks()));
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    Written& out = chunks[static_cast<std::size_t>(chunk.index)];
    out.text.reserve(static_cast<std::size_t>((chunk.end - chunk.begin) * k_bytes_a_row));
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const std::size_t at = part.begin + static_cast<std::size_t>(i);
      fetch_ahead(cut, cases.first(part.end), at);
      Row row(cut, cases[at], {.number = static_cast<std::int64_t>(at) + 1, .row = i + 1}, out);
      recipe.row(row);
    }
  });
  Extract extract{.agency = cut.agency->name, .folder = cut.agency->folder, .file = part.file, .kind = cut.kind};
  extract.rows = split.items;
  extract.text.push_back(std::string(header_of(cut.kind)).append("\n"));
  for (Written& chunk : chunks) {
    append_faults(extract, chunk, cut);
    extract.text.push_back(std::move(chunk.text));
    extract.truth.push_back(std::move(chunk.truth));
  }
  return extract;
}

// What one agency holds of one kind, before it is written.
struct Holding {
  const Agency* agency = nullptr;
  Kind kind = Kind::crime;
  Practice practice{};
  std::vector<Case> cases{};
};

Holding held_by(const Scene& scene, const Agency& agency, Kind kind) {
  Holding holding{.agency = &agency, .kind = kind, .practice = scene.input.practices.of(agency.name)};
  Recorder recorder(scene, agency, kind, holding.practice);
  recipe_of(kind).cases(recorder);
  holding.cases = recorder.take();
  if (kind == Kind::search) holding.cases = by_month(scene, std::move(holding.cases));
  return holding;
}

void keep_crime_references(Scene& scene, const Holding& crimes) {
  for (std::size_t i = 0; i < crimes.cases.size(); ++i) {
    const Case& one = crimes.cases[i];
    if (!one.is_happening) continue;
    scene.crime_references[one.key] = reference_of(
        scene, *crimes.agency, {.mark = "", .number = static_cast<std::int64_t>(i) + 1, .day = one.recorded});
  }
}

std::vector<std::int32_t> columns_of(const Recipe& recipe, Kind kind) {
  std::vector<std::int32_t> columns;
  for (const Flaw& flaw : recipe.flaws) {
    columns.push_back(flaw.column.empty() ? k_none : column_of(header_of(kind), flaw.column));
    CHECK(flaw.column.empty() || columns.back() != k_none);
  }
  return columns;
}

// What all extracts are written with.
struct Desk {
  explicit Desk(const Scene& seen)
      : scene(&seen),
        people(*seen.input.population),
        streets(seen.input.population->roll()),
        british(seen, DateForm::british),
        iso(seen, DateForm::iso) {}

  const Scene* scene;
  KnownPeople people;
  Streets streets;
  DayTexts british;
  DayTexts iso;
};

std::vector<Extract> written(Desk& desk, const Holding& holding) {
  const Scene& scene = *desk.scene;
  const Recipe& recipe = recipe_of(holding.kind);
  const std::vector<std::int32_t> flaw_at = columns_of(recipe, holding.kind);
  const double noise = holding.practice.level(holding.kind, Level::identity_noise);
  const NoiseBounds bounds(noise_of(scene.input.practices.noise, noise));
  std::vector<Extract> extracts;
  for (const Part& part : parts_of(scene, *holding.agency, holding.kind, holding.cases)) {
    if (part.begin == part.end) continue;
    const Cut cut{.scene = &scene,
                  .agency = holding.agency,
                  .practice = &holding.practice,
                  .kind = holding.kind,
                  .dates = recipe.dates,
                  .days = recipe.dates == DateForm::british ? &desk.british : &desk.iso,
                  .people = &desk.people,
                  .streets = &desk.streets,
                  .noise = bounds,
                  .flaws = recipe.flaws,
                  .flaw_at = flaw_at,
                  .file = fmt::format("{}/{}", holding.agency->folder, part.file)};
    extracts.push_back(written_part(cut, recipe, holding.cases, part));
  }
  return extracts;
}

struct Wanted {
  const Agency* agency = nullptr;
  Kind kind = Kind::crime;
  std::size_t place = 0;  // Among those of crime.
};

// By agency, then kind.
std::vector<Wanted> all_wanted(const Scene& scene) {
  std::vector<Wanted> wanted;
  std::size_t crimes = 0;
  for (const Agency& agency : scene.agencies) {
    for (std::size_t i = 0; i < k_kinds; ++i) {
      if (kind_words()[i].holder != agency.holder) continue;
      const auto kind = static_cast<Kind>(i);
      wanted.push_back({.agency = &agency, .kind = kind, .place = crimes});
      if (kind == Kind::crime) ++crimes;
    }
  }
  return wanted;
}

// Before all else, for other records name the crime that a thing was recorded as.
std::vector<Holding> held_crimes(Scene& scene, const std::vector<Wanted>& wanted) {
  std::vector<Holding> crimes;
  for (const Wanted& one : wanted) {
    if (one.kind == Kind::crime) crimes.push_back(held_by(scene, *one.agency, one.kind));
  }
  for (const Holding& holding : crimes) keep_crime_references(scene, holding);
  return crimes;
}

}  // namespace

Result<void> observe(Scene& scene, const base::Interrupt& interrupt, const std::function<Result<void>(Extract)>& take) {
  const std::vector<Wanted> wanted = all_wanted(scene);
  std::vector<Holding> crimes = held_crimes(scene, wanted);
  Desk desk(scene);
  std::size_t next = 0;
  std::set<std::string> given;
  const base::PipelineSteps<Wanted, std::vector<Extract>> steps{
      .read = [&]() -> Result<std::optional<Wanted>> {
        return next < wanted.size() ? std::optional(wanted[next++]) : std::nullopt;
      },
      .work = [&](Wanted one) -> Result<std::vector<Extract>> {
        // Nobody else has this one's crimes.
        if (one.kind == Kind::crime) return written(desk, std::exchange(crimes[one.place], {}));
        return written(desk, held_by(scene, *one.agency, one.kind));
      },
      .write = [&](std::vector<Extract> extracts) -> Result<void> {
        for (Extract& extract : extracts) {
          // Another of that name would write over it.
          CHECK(given.insert(extract.folder + "/" + extract.file).second);
          TRY(take(std::move(extract)));
        }
        return {};
      }};
  return base::pipeline(steps, {.interrupt = &interrupt});
}

}  // namespace throughline::simulate

// How many pairs of records are compared in a second on one core: pairs drawn at random, and pairs that blocking makes.
//
//   linkage_bench people.csv [RANDOM PAIRS, 20000000 when left out]
//
// The file is as gen1m.py or `bench/peers/link_beside_splink.py` makes it: any columns that are recognised by name. One
// thread; seconds are of the processor, for the machine may be shared. The first row of figures is from keys to
// patterns (what strangers are learnt from); "blocked" adds the making of pairs: keys, sorting, and pairs of several
// rules made one. Prints counts, so that a faster run that did less shows.

#include <ctime>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "linkage/blocking.h"
#include "linkage/encode.h"
#include "linkage/pattern_counts.h"
#include "records/readers/raw_rows.h"

namespace throughline::linkage {
namespace {

constexpr std::int64_t k_random_pairs = 20'000'000;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print(const char* what, std::int64_t items, double seconds) {
  std::printf("%-28s %12lld in %7.3f s: %7.2f million a second\n", what, static_cast<long long>(items), seconds,
              static_cast<double>(items) / seconds / 1e6);
  std::fflush(stdout);
}

base::Result<People> read_people(const std::string& path) {
  const std::unique_ptr<records::RowSource> source = TRY(records::open_rows(path));
  std::vector<SampledColumn> sample;
  for (const std::string& name : source->header()) sample.push_back({.name = name, .values = {}});
  const std::vector<Column> columns = recognise(sample);
  Encoder encoder;
  while (true) {
    const std::optional<records::Window> window = TRY(source->next());
    if (!window.has_value()) break;
    const records::RawRows raw = source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows(); ++row) {
      PersonFields fields;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].role == FieldRole::none) continue;
        fields[columns[i].role] = raw.field(row, static_cast<std::int32_t>(i));
      }
      encoder.add(fields, 0);
    }
  }
  TRY(source->finish());
  return std::move(encoder).finish();
}

// In the order in which they are drawn: each pair is two far reads.
PairKeys draw(std::size_t records, std::int64_t wanted) {
  base::Random chance({.seed = 1, .stream = base::stream_of("linkage bench")});
  PairKeys drawn;
  drawn.reserve(static_cast<std::size_t>(wanted));
  while (static_cast<std::int64_t>(drawn.size()) < wanted) {
    const auto one = static_cast<std::uint32_t>(chance.below(records));
    const auto other = static_cast<std::uint32_t>(chance.below(records));
    if (one != other) drawn.push_back(pair_key(one, other));
  }
  return drawn;
}

void compare(const char* what, const People& people, const PairKeys& pairs) {
  const double started = processor_seconds();
  const ComparedPairs compared = compare_pairs(people.records, people.texts, pairs);
  print(what, static_cast<std::int64_t>(pairs.size()), processor_seconds() - started);
  std::printf("%-28s %12zu\n", "  patterns", compared.patterns.size());
}

base::Result<void> measure(const std::string& path, std::int64_t random_pairs) {
  const double started = processor_seconds();
  const People people = TRY(read_people(path));
  print("read and encoded, rows", static_cast<std::int64_t>(people.records.size()), processor_seconds() - started);
  compare("compared, drawn at random", people, draw(people.records.size(), random_pairs));
  const base::Interrupt interrupt;
  const double blocking = processor_seconds();
  const Blocking blocked = TRY(block(people, PairScope::all, {}, interrupt));
  print("blocked, pairs", static_cast<std::int64_t>(blocked.pairs.size()), processor_seconds() - blocking);
  compare("compared, blocked", people, blocked.pairs);
  return {};
}

}  // namespace
}  // namespace throughline::linkage

int main(int count, char** words) {
  const auto pairs =
      count > 2 ? throughline::base::parse_integer(words[2]) : std::optional(throughline::linkage::k_random_pairs);
  if (count < 2 || !pairs.has_value() || *pairs < 1) {
    std::fputs("usage: linkage_bench people.csv [RANDOM PAIRS]\n", stderr);
    return 2;
  }
  throughline::base::set_thread_limit(1);
  const auto done = throughline::linkage::measure(words[1], *pairs);
  if (done.ok()) return 0;
  std::fprintf(stderr, "%s\n", done.error().message().c_str());
  return 5;
}

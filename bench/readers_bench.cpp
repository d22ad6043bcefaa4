// How fast a street-level table is cut into windows, and how fast a window becomes rows. Both in bytes a second, one
// thread.
#include <benchmark/benchmark.h>

#include <string>

#include "records/readers/csv.h"
#include "records/readers/csv_scan.h"

namespace throughline::records {
namespace {

// Twelve columns and about 190 bytes to a row, as published street-level files have; all of it made up.
std::string made_up_rows(std::size_t bytes, bool quoted) {
  std::string text;
  for (std::int64_t row = 0; text.size() < bytes; ++row) {
    const std::string number = std::to_string(1000000 + row);
    text += number + "abcdef0123456789abcdef0123456789abcdef0123456789abcdef012,2025-01,Made-up Police,Made-up Police,";
    text += "-0.5" + number + ",51.4" + number + ",";
    text += quoted ? "\"On or near Example Street, North\"" : "On or near Example Street North";
    text += ",E01021" + std::to_string(100 + row % 900) + ",Example 00" + std::to_string(row % 9) + "A,";
    text += "Violence and sexual offences,Unable to prosecute suspect,\n";
  }
  return text;
}

void cut_windows(benchmark::State& state) {
  const std::string text = made_up_rows(std::size_t{4} << 20, state.range(0) != 0);
  for (auto _ : state) {
    RecordCutter cutter(',');
    cutter.look(text, true);
    benchmark::DoNotOptimize(cutter.last_end());
    benchmark::DoNotOptimize(count_line_ends(text));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(cut_windows)->ArgName("quoted")->Arg(0)->Arg(1);

void parse_windows(benchmark::State& state) {
  Window window;
  window.held = std::make_shared<const std::string>(made_up_rows(std::size_t{2} << 20, state.range(0) != 0));
  window.bytes = *window.held;
  std::int64_t rows = 0;
  for (auto _ : state) rows += parse_delimited(window, {.delimiter = ',', .columns = 12}).rows();
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(window.bytes.size()));
}
BENCHMARK(parse_windows)->ArgName("quoted")->Arg(0)->Arg(1);

}  // namespace
}  // namespace throughline::records

BENCHMARK_MAIN();

// How fast extracts are made of a made-up market, in rows a second, without writing them to a disk.
//
//   observe_bench [THREADS, 2 when left out] [DAYS, 365] [TIMES, 20] [FOLDER]
//
// Times multiplies the rates of people outside the market, as a force's own numbers would. With a folder every extract
// is put into it, by agency. Bar: a million rows a second on two cores.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/number.h"
#include "base/parallel.h"
#include "simulate/begin.h"
#include "simulate/observe/listen.h"
#include "simulate/observe/observe.h"
#include "simulate/parameter_file.h"
#include "simulate/run.h"
#include "simulate/world_file.h"

namespace throughline::simulate {
namespace {

double seconds_since(std::chrono::steady_clock::time_point started) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

Practices practices_times(double times) {
  Practices practices = built_in_practices();
  for (PracticeCard& card : practices.cards) {
    if (card.key == "background_per_1000") card.value = std::min(card.high, card.value * times);
  }
  return practices;
}

void keep(const std::string& folder, const Extract& extract) {
  std::filesystem::create_directories(folder + "/" + extract.folder);
  std::ofstream file(folder + "/" + extract.folder + "/" + extract.file, std::ios::binary);
  for (const std::string& piece : extract.text) file << piece;
}

void measure(std::int32_t days, double times, const std::string& folder) {
  const RunInput input{.world = built_in_world("small").value(), .parameters = values_of(built_in_cards())};
  auto started = std::chrono::steady_clock::now();
  Happenings happenings(input.world.places.size());
  WorldRun run = begin_world(input);
  listen(run, happenings);
  const base::Interrupt never;
  run_days(run, days, never).value();
  const double ran = seconds_since(started);
  started = std::chrono::steady_clock::now();
  const Population population(run.input, {.days = days});
  Scene scene = scene_of({.run = &run,
                          .happenings = &happenings,
                          .population = &population,
                          .practices = practices_times(times),
                          .days = days});
  const double looked = seconds_since(started);
  started = std::chrono::steady_clock::now();
  const std::clock_t worked = std::clock();
  std::int64_t rows = 0;
  std::size_t bytes = 0;
  observe(scene, never, [&](const Extract& extract) -> base::Result<void> {
    rows += extract.rows;
    for (const std::string& piece : extract.text) bytes += piece.size();
    if (!folder.empty()) keep(folder, extract);
    return {};
  }).value();
  const double cut = seconds_since(started);
  const double core_seconds = static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC;
  const auto all = static_cast<double>(rows);
  std::printf("%d days run in %.1f s, read in %.2f s; %lld rows, %.1f MB\n", days, ran, looked,
              static_cast<long long>(rows), static_cast<double>(bytes) / 1e6);
  // On a busy machine the wall clock says little: hence also by what the cores really worked.
  std::printf("%.2f s wall, %.0f rows a second; %.2f s of cores, %.2f microseconds a row, %.0f rows a second of one\n",
              cut, all / cut, core_seconds, core_seconds / all * 1e6, all / core_seconds);
}

}  // namespace
}  // namespace throughline::simulate

int main(int count, char** words) {
  const auto number = [&](int at, std::int64_t otherwise) {
    return count > at ? throughline::base::parse_integer(words[at]).value_or(0) : otherwise;
  };
  const std::int64_t threads = number(1, 2);
  const std::int64_t days = number(2, 365);
  const std::int64_t times = number(3, 20);
  if (threads < 1 || threads > 256 || days < 1 || days > 3'650 || times < 1) {
    std::fputs("usage: observe_bench [THREADS] [DAYS] [TIMES] [FOLDER]\n", stderr);
    return 2;
  }
  throughline::base::set_thread_limit(static_cast<int>(threads));
  throughline::simulate::measure(static_cast<std::int32_t>(days), static_cast<double>(times),
                                 count > 4 ? words[4] : "");
  return 0;
}

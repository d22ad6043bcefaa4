// Checkpoints of the market model with a right hash: bytes laid over a sound one are refused, or are a run that can go
// on. Each four bytes say where one byte goes (three, little-endian, modulo the length) and what it becomes.
#include <cstring>
#include <string>

#include "base/check.h"
#include "base/sha256.h"
#include "simulate/begin.h"
#include "simulate/checkpoint.h"
#include "simulate/parameter_file.h"
#include "simulate/run.h"
#include "simulate/world_file.h"

namespace {

namespace simulate = throughline::simulate;

constexpr std::size_t k_hash_bytes = 32;

simulate::RunInput small_run() {
  simulate::RunInput input;
  input.world = simulate::built_in_world("small").value();
  input.world.scale = 0.05;
  input.parameters = simulate::values_of(simulate::built_in_cards());
  input.parameters.line_per_1000_users = 12;
  input.warm_up_days = 3;
  return input;
}

std::string sound_bytes(const simulate::RunInput& input) {
  simulate::WorldRun run = simulate::begin_world(input);
  const throughline::base::Interrupt never;
  simulate::run_days(run, 10, never).value();
  std::string bytes = simulate::checkpoint_bytes(run);
  bytes.resize(bytes.size() - k_hash_bytes);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const simulate::RunInput k_input = small_run();
  static const std::string k_sound = sound_bytes(k_input);
  std::string bytes = k_sound;
  for (std::size_t at = 0; at + 4 <= size; at += 4) {
    const std::size_t where =
        data[at] | static_cast<std::size_t>(data[at + 1]) << 8U | static_cast<std::size_t>(data[at + 2]) << 16U;
    bytes[where % bytes.size()] = static_cast<char>(data[at + 3]);
  }
  const throughline::base::Hash hash = throughline::base::hash_text(bytes);
  bytes.append(reinterpret_cast<const char*>(hash.bytes.data()), k_hash_bytes);
  auto run = simulate::resumed(k_input, bytes, "fuzzed.bin");
  if (!run.ok()) {
    CHECK(!run.error().what.empty());
    return 0;
  }
  const throughline::base::Interrupt never;
  simulate::WorldRun going = std::move(run).value();
  simulate::run_days(going, simulate::days_done(going) + 20, never).value();
  return 0;
}

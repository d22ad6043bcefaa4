#include "simulate/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/number.h"
#include "base/sha256.h"
#include "simulate/archive_internal.h"
#include "simulate/begin.h"
#include "simulate/parameter_names.h"
#include "simulate/sound.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

static_assert(std::endian::native == std::endian::little, "checkpoints are little-endian");

constexpr std::string_view k_magic = "throughline simulate checkpoint\n";
constexpr std::size_t k_hash_bytes = 32;

std::string hash_name(const std::string& text) {
  return base::hash_text(text).hex().substr(0, 16);
}

std::string areas_text(const std::vector<std::int32_t>& areas) {
  std::string text;
  for (const std::int32_t area : areas) text += fmt::format(",{}", area);
  return text;
}

// What must be the same for a run to go on.
struct Head {
  std::int32_t version = k_model_version;
  std::uint64_t seed = 0;
  std::int32_t warm_up_days = 0;
  Every every = Every::week;
  std::array<char, 16> world{}, parameters{}, scenario{};
};

template <class Archive>
void store(Archive& archive, Head& head) {
  store_all(archive, head.version, head.seed, head.warm_up_days, head.every, head.world, head.parameters,
            head.scenario);
}

std::array<char, 16> letters(const std::string& name) {
  std::array<char, 16> held{};
  std::copy_n(name.begin(), held.size(), held.begin());
  return held;
}

Head head_of(const RunInput& input) {
  const RunNames names = names_of(input);
  return {.version = k_model_version,
          .seed = input.seed,
          .warm_up_days = input.warm_up_days,
          .every = input.every,
          .world = letters(names.world),
          .parameters = letters(names.parameters),
          .scenario = letters(names.scenario)};
}

Error damaged(const std::string& file) {
  return {ErrorKind::damaged, "checkpoint_damaged", "This is not a whole checkpoint", file,
          "Begin the run anew, without --resume"};
}

Error of_another(const std::string& what, const std::string& code, const std::string& file) {
  return {ErrorKind::bad_command, code, fmt::format("The checkpoint is of another {}", what), file,
          "Resume with what the run began with, as its manifest says, or begin anew in another folder"};
}

Result<void> check_head(const Head& found, const Head& wanted, const std::string& file) {
  if (found.seed != wanted.seed) {
    return of_another(fmt::format("seed: {}, not {}", found.seed, wanted.seed), "checkpoint_seed", file);
  }
  if (found.world != wanted.world) return of_another("world", "checkpoint_world", file);
  if (found.parameters != wanted.parameters) return of_another("set of parameters", "checkpoint_parameters", file);
  if (found.scenario != wanted.scenario) return of_another("scenario", "checkpoint_scenario", file);
  if (found.every != wanted.every || found.warm_up_days != wanted.warm_up_days) {
    return of_another("length of periods or of the days before the series", "checkpoint_periods", file);
  }
  return {};
}

}  // namespace

RunNames names_of(const RunInput& input) {
  std::string world =
      fmt::format("{} {} {}", base::to_string(input.world.starts), base::format_double(input.world.scale),
                  base::format_double(input.world.deaths_per_resident));
  for (const Place& place : input.world.places) {
    world += fmt::format("\n{} {} {} {} {} {}", place.code, base::format_double(place.easting_metres),
                         base::format_double(place.northing_metres), base::format_double(place.residents),
                         base::format_double(place.deaths), place.is_hub);
  }
  std::string parameters;
  for (const ParameterName& name : parameter_names()) {
    parameters += fmt::format("{}={}\n", name.name, base::format_double(input.parameters.*name.member));
  }
  std::string scenario;
  for (const LeverAction& action : input.scenario.actions) {
    scenario += fmt::format("change {} {} {} {}{}\n", static_cast<int>(action.lever),
                            base::format_double(action.multiply), action.from, action.until, areas_text(action.areas));
  }
  for (const Strike& strike : input.scenario.strikes) {
    scenario += fmt::format("strike {} {} {}{}\n", static_cast<int>(strike.target), base::format_double(strike.share),
                            strike.day, areas_text(strike.areas));
  }
  return {.world = hash_name(world), .parameters = hash_name(parameters), .scenario = hash_name(scenario)};
}

std::string checkpoint_bytes(const WorldRun& run) {
  ByteWriter writer;
  writer.raw(k_magic.data(), k_magic.size());
  Head head = head_of(run.input);
  store(writer, head);
  State state = run.state;
  store(writer, state);
  std::vector<double> pulls = run.pulls;
  store(writer, pulls);
  std::string bytes = writer.take();
  const base::Hash hash = base::hash_text(bytes);
  bytes.append(reinterpret_cast<const char*>(hash.bytes.data()), k_hash_bytes);
  return bytes;
}

Result<WorldRun> resumed(RunInput input, std::string_view bytes, const std::string& file) {
  if (!bytes.starts_with(k_magic) || bytes.size() < k_magic.size() + k_hash_bytes) return damaged(file);
  const std::string_view body = bytes.substr(0, bytes.size() - k_hash_bytes);
  const base::Hash hash = base::hash_text(body);
  if (std::memcmp(hash.bytes.data(), bytes.data() + body.size(), k_hash_bytes) != 0) return damaged(file);
  ByteReader reader(body.substr(k_magic.size()));
  Head found;
  // The version comes first, since what follows depends on it.
  store(reader, found.version);
  if (found.version != k_model_version) {
    return of_another(fmt::format("version of the model: {}, not {}", found.version, k_model_version),
                      "checkpoint_version", file);
  }
  store_all(reader, found.seed, found.warm_up_days, found.every, found.world, found.parameters, found.scenario);
  TRY(check_head(found, head_of(input), file));
  WorldRun run{.input = std::move(input), .minutes = {}, .nearness = {}, .pulls = {}, .levers = {}, .state = {}};
  store(reader, run.state);
  store(reader, run.pulls);
  if (!reader.is_good() || !reader.is_at_end()) return damaged(file);
  WorldRun begun = begin_world(run.input);
  if (!is_sound(run, begun)) return damaged(file);
  run.levers = std::move(begun.levers);
  run.minutes = std::move(begun.minutes);
  run.nearness = std::move(begun.nearness);
  return run;
}

}  // namespace throughline::simulate

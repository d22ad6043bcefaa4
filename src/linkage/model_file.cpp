#include "linkage/model_file.h"

#include <array>
#include <cmath>
#include <utility>

#include "linkage/json_text_internal.h"
#include "linkage/model_file_internal.h"

namespace throughline::linkage {
namespace {

constexpr std::array<const char*, k_classes> k_class_names = {"match", "household", "stranger"};
constexpr std::array<const char*, k_kinds> k_kind_names = {"within_source", "across_sources"};
constexpr double k_sum_off_max = 1e-4;
constexpr Format k_format = {.name = "throughline linkage model",
                             .version = k_model_version,
                             .remedy = "Learn the model again with this program, or use the version that wrote it."};

base::Error other_comparisons(const std::string& what) {
  return {.kind = base::ErrorKind::damaged,
          .code = "model_comparisons",
          .what = "the model does not fit this program: " + what,
          .where = "comparisons",
          .remedy = std::string(k_format.remedy)};
}

bool is_probability(double value) {
  return value > 0 && value <= 1;
}

// Without households nothing is learnt of them: their probabilities may be zero.
bool may_stand(double value, std::size_t of, bool has_households) {
  const bool is_unused = of == static_cast<std::size_t>(PairClass::household) && !has_households;
  return is_probability(value) || (is_unused && value == 0);
}

base::Result<void> read_shares(const Json& document, Mixture& mixture) {
  const Json* shares = object_at(document, "share");
  if (shares == nullptr) return field_error("share", "an object");
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    const Json* share = object_at(*shares, k_kind_names[kind]);
    if (share == nullptr) return field_error(k_kind_names[kind], "an object");
    double sum = 0;
    for (std::size_t of = 0; of < k_classes; ++of) {
      const double value = TRY(number_at(*share, k_class_names[of]));
      if (!may_stand(value, of, mixture.has_households)) return field_error(k_class_names[of], "a probability above 0");
      mixture.share[kind][of] = value;
      sum += value;
    }
    if (std::abs(sum - 1) > k_sum_off_max) return field_error(k_kind_names[kind], "three shares that add to 1");
  }
  return {};
}

base::Result<LevelProbabilities> read_levels(const Json& comparison, std::size_t of, bool has_households) {
  const Json* values = array_at(comparison, k_class_names[of]);
  if (values == nullptr) return field_error(k_class_names[of], "a list of probabilities");
  LevelProbabilities levels;
  for (const Json& value : *values) {
    const double level = value.is_number() ? value.get<double>() : -1;
    if (!may_stand(level, of, has_households)) return field_error(k_class_names[of], "a list of probabilities above 0");
    levels.push_back(level);
  }
  return levels;
}

base::Result<void> read_comparison(const Json& comparison, std::size_t c, Mixture& mixture) {
  const std::string expected(shape_of(static_cast<Comparison>(c)).name);
  const std::string name = TRY(text_at(comparison, "name"));
  if (name != expected) {
    return other_comparisons("comparison " + std::to_string(c + 1) + " is " + name + ", here it is " + expected);
  }
  for (std::size_t of = 0; of < k_classes; ++of) {
    LevelProbabilities levels = TRY(read_levels(comparison, of, mixture.has_households));
    if (std::ssize(levels) != k_levels[c]) {
      return other_comparisons(name + " has " + std::to_string(levels.size()) + " levels, here it has " +
                               std::to_string(k_levels[c]));
    }
    mixture.levels[of][c] = std::move(levels);
  }
  return {};
}

}  // namespace

Json model_json(const Mixture& mixture, std::string_view program_version) {
  Json document = {{"format", k_format.name},        {"version", k_format.version},
                   {"program", program_version},     {"rounds", mixture.rounds},
                   {"converged", mixture.converged}, {"has_households", mixture.has_households}};
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    for (std::size_t of = 0; of < k_classes; ++of) {
      document["share"][k_kind_names[kind]][k_class_names[of]] = mixture.share[kind][of];
    }
  }
  Json comparisons = Json::array();
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    Json comparison = {{"name", shape_of(static_cast<Comparison>(c)).name}};
    for (std::size_t of = 0; of < k_classes; ++of) comparison[k_class_names[of]] = mixture.levels[of][c];
    comparisons.push_back(std::move(comparison));
  }
  document["comparisons"] = std::move(comparisons);
  return document;
}

base::Result<Mixture> model_of(const Json& document) {
  TRY(check_format(document, k_format));
  Mixture mixture;
  const std::int64_t rounds = TRY(integer_at(document, "rounds"));
  if (rounds < 0 || rounds > 1'000'000) return field_error("rounds", "a number of rounds");
  mixture.rounds = static_cast<int>(rounds);
  mixture.converged = TRY(flag_at(document, "converged"));
  mixture.has_households = TRY(flag_at(document, "has_households"));
  TRY(read_shares(document, mixture));
  const Json* comparisons = array_at(document, "comparisons");
  if (comparisons == nullptr) return field_error("comparisons", "a list");
  if (comparisons->size() != k_comparisons) {
    return other_comparisons("it has " + std::to_string(comparisons->size()) + " comparisons, here there are " +
                             std::to_string(k_comparisons));
  }
  for (std::size_t c = 0; c < k_comparisons; ++c) TRY(read_comparison((*comparisons)[c], c, mixture));
  return mixture;
}

std::string model_text(const Mixture& mixture, std::string_view program_version) {
  return readable_text(model_json(mixture, program_version));
}

base::Result<Mixture> read_model(std::string_view text) {
  const Json document = TRY(parse_json(text, k_format.name));
  return model_of(document);
}

}  // namespace throughline::linkage

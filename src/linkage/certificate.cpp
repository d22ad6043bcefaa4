#include "linkage/certificate.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"
#include "linkage/json_text_internal.h"
#include "linkage/model_file_internal.h"

namespace throughline::linkage {
namespace {

using base::Result;

constexpr std::array<Verdict, 3> k_verdicts = {Verdict::same, Verdict::different, Verdict::cannot_tell};
constexpr std::array<StepKind, 4> k_steps = {StepKind::prior, StepKind::comparison, StepKind::rarity,
                                             StepKind::household};
constexpr Format k_format = {.name = "throughline link certificate",
                             .version = k_certificate_version,
                             .remedy = "Replay it with the version of the program that issued it."};
constexpr std::array<const char*, k_kinds> k_kind_names = {"within_source", "across_sources"};

struct NamedRarity {
  const char* name;
  ClassBits PairRarity::* bits;
};
constexpr std::array<NamedRarity, 5> k_rarities = {{{"names_swapped", &PairRarity::names_swapped},
                                                    {"given", &PairRarity::given},
                                                    {"family", &PairRarity::family},
                                                    {"locality", &PairRarity::locality},
                                                    {"email", &PairRarity::email}}};

Json input_json(const CertificateInput& input) {
  return {{"extract", input.extract.hex()}, {"row", input.row}};
}

Result<CertificateInput> input_of(const Json& document, const std::string& name) {
  const Json* input = object_at(document, name);
  if (input == nullptr) return field_error(name, "an object");
  const std::string hex = TRY(text_at(*input, "extract"));
  const auto hash = base::Hash::from_hex(hex);
  if (!hash.has_value()) return field_error(name + ".extract", "64 hexadecimal digits");
  std::string row = TRY(text_at(*input, "row"));
  return CertificateInput{.extract = *hash, .row = std::move(row)};
}

Json facts_json(const PairFacts& facts) {
  Json json = {{"kind", k_kind_names[static_cast<std::size_t>(facts.kind)]}};
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    json["levels"][std::string(shape_of(static_cast<Comparison>(c)).name)] = facts.pattern.levels[c];
  }
  for (const NamedRarity& named : k_rarities) {
    const ClassBits& bits = facts.rarity.*named.bits;
    json["rarity"][named.name] = {{"bits", bits.match}, {"household_bits", bits.household}};
  }
  return json;
}

Result<double> probability_at(const Json& in, const std::string& name) {
  const double probability = TRY(number_at(in, name));
  if (!(probability >= 0 && probability <= 1)) return field_error(name, "a probability from 0 to 1");
  return probability;
}

// No rarity is as large as this; one that is would drown the rest.
constexpr double k_rarity_bits_max = 100;

Result<double> rarity_at(const Json& in, const std::string& name) {
  const double bits = TRY(number_at(in, name));
  if (!(std::abs(bits) <= k_rarity_bits_max)) return field_error("facts.rarity." + name, "bits from -100 to 100");
  return bits;
}

Result<PairRarity> rarity_in(const Json& facts) {
  const Json* json = object_at(facts, "rarity");
  if (json == nullptr) return field_error("facts.rarity", "an object");
  PairRarity rarity;
  for (const NamedRarity& named : k_rarities) {
    const Json* bits = object_at(*json, named.name);
    if (bits == nullptr) return field_error(std::string("facts.rarity.") + named.name, "an object");
    (rarity.*named.bits).match = TRY(rarity_at(*bits, "bits"));
    (rarity.*named.bits).household = TRY(rarity_at(*bits, "household_bits"));
  }
  return rarity;
}

Result<Pattern> pattern_in(const Json& facts) {
  const Json* levels = object_at(facts, "levels");
  if (levels == nullptr) return field_error("facts.levels", "an object");
  Pattern pattern;
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    const auto comparison = static_cast<Comparison>(c);
    const std::string name(shape_of(comparison).name);
    const std::int64_t level = TRY(integer_at(*levels, name));
    if (level < 0 || level >= k_levels[c]) return field_error("facts.levels." + name, "a level of the comparison");
    pattern.set(comparison, static_cast<int>(level));
  }
  return pattern;
}

Result<PairFacts> facts_in(const Json& document) {
  const Json* json = object_at(document, "facts");
  if (json == nullptr) return field_error("facts", "an object");
  const std::string kind = TRY(text_at(*json, "kind"));
  if (kind != k_kind_names[0] && kind != k_kind_names[1]) {
    return field_error("facts.kind", "within_source or across_sources");
  }
  PairFacts facts{.kind = kind == k_kind_names[0] ? PairKind::within_source : PairKind::across_sources};
  facts.pattern = TRY(pattern_in(*json));
  facts.rarity = TRY(rarity_in(*json));
  return facts;
}

Json evidence_json(const Explanation& explanation) {
  Json evidence = Json::array();
  for (const EvidenceStep& step : explanation.steps) {
    evidence.push_back({{"step", step_code(step.kind)},
                        {"subject", step.subject},
                        {"words", step.words},
                        {"bits", step.bits},
                        {"household_bits", step.household_bits}});
  }
  return evidence;
}

Result<EvidenceStep> step_of(const Json& json) {
  EvidenceStep step;
  const std::string code = TRY(text_at(json, "step"));
  bool is_known = false;
  for (const StepKind kind : k_steps) {
    if (code != step_code(kind)) continue;
    step.kind = kind;
    is_known = true;
  }
  if (!is_known) return field_error("evidence.step", "prior, comparison, rarity or household");
  step.subject = TRY(text_at(json, "subject"));
  step.words = TRY(text_at(json, "words"));
  step.bits = TRY(number_at(json, "bits"));
  step.household_bits = TRY(number_at(json, "household_bits"));
  return step;
}

Result<Explanation> explanation_in(const Json& document) {
  const Json* evidence = array_at(document, "evidence");
  if (evidence == nullptr) return field_error("evidence", "a list");
  Explanation explanation;
  for (const Json& json : *evidence) {
    EvidenceStep step = TRY(step_of(json));
    explanation.steps.push_back(std::move(step));
  }
  explanation.weight_bits = TRY(number_at(document, "weight_bits"));
  explanation.probability = TRY(probability_at(document, "probability"));
  return explanation;
}

Json recalibration_json(const std::optional<Recalibration>& recalibration) {
  if (!recalibration) return nullptr;
  Json json = {{"same", recalibration->same}, {"different", recalibration->different}};
  for (const auto& [name, number] : k_recalibration_numbers) json[name] = (*recalibration).*number;
  return json;
}

Result<std::optional<Recalibration>> recalibration_in(const Json& document) {
  if (document.contains("recalibration") && document["recalibration"].is_null()) return std::optional<Recalibration>();
  const Json* json = object_at(document, "recalibration");
  if (json == nullptr) return field_error("recalibration", "an object, or null");
  Recalibration line;
  line.same = TRY(integer_at(*json, "same"));
  line.different = TRY(integer_at(*json, "different"));
  for (const auto& [name, number] : k_recalibration_numbers) line.*number = TRY(number_at(*json, name));
  if (!(line.slope > 0)) return field_error("recalibration.slope", "a number above 0");
  return std::optional(line);
}

Result<CertifiedStanding> standing_in(const Json& document) {
  const Json* json = object_at(document, "standing");
  if (json == nullptr) return field_error("standing", "an object");
  CertifiedStanding standing;
  standing.third_record_bits = TRY(number_at(*json, "third_record_bits"));
  standing.is_together = TRY(flag_at(*json, "together"));
  return standing;
}

Result<CertifiedWeight> decided_in(const Json& document) {
  const Json* json = object_at(document, "decided");
  if (json == nullptr) return field_error("decided", "an object");
  CertifiedWeight decided;
  decided.weight_bits = TRY(number_at(*json, "weight_bits"));
  decided.probability = TRY(probability_at(*json, "probability"));
  return decided;
}

Json judgements_json(const std::vector<CertifiedJudgement>& judgements) {
  Json json = Json::array();
  for (const CertifiedJudgement& judgement : judgements) {
    json.push_back({{"verdict", words_of(judgement.verdict)},
                    {"reason", judgement.reason},
                    {"by", judgement.by},
                    {"on", judgement.on}});
  }
  return json;
}

Result<CertifiedJudgement> judgement_of(const Json& json) {
  CertifiedJudgement judgement;
  const std::string code = TRY(text_at(json, "verdict"));
  bool is_known = false;
  for (const Verdict verdict : k_verdicts) {
    if (code != words_of(verdict)) continue;
    judgement.verdict = verdict;
    is_known = true;
  }
  if (!is_known) return field_error("judgements.verdict", "same, different or cannot_tell");
  judgement.reason = TRY(text_at(json, "reason"));
  judgement.by = TRY(text_at(json, "by"));
  judgement.on = TRY(text_at(json, "on"));
  return judgement;
}

Result<std::vector<CertifiedJudgement>> judgements_in(const Json& document) {
  const Json* list = array_at(document, "judgements");
  if (list == nullptr) return field_error("judgements", "a list");
  std::vector<CertifiedJudgement> judgements;
  for (const Json& json : *list) {
    CertifiedJudgement judgement = TRY(judgement_of(json));
    judgements.push_back(std::move(judgement));
  }
  return judgements;
}

Result<std::map<std::string, std::string>> settings_in(const Json& document) {
  const Json* object = object_at(document, "settings");
  if (object == nullptr) return field_error("settings", "an object");
  std::map<std::string, std::string> settings;
  for (const auto& [name, value] : object->items()) {
    if (!value.is_string()) return field_error("settings." + name, "a text");
    settings[name] = value.get<std::string>();
  }
  return settings;
}

// Of everything but the hash itself.
std::string hash_of(Json document) {
  document.erase("hash");
  return base::hash_text(canonical_text(document)).hex();
}

Result<void> check_hash(const Json& document) {
  const std::string written = TRY(text_at(document, "hash"));
  const std::string reckoned = hash_of(document);
  if (written == reckoned) return {};
  return base::Error{
      .kind = base::ErrorKind::damaged,
      .code = "certificate_changed",
      .what = "the certificate is not as it was issued: its hash is " + written + ", its content has " + reckoned,
      .where = "hash",
      .remedy = "Ask whoever issued it for the original; rely on nothing in this one."};
}

}  // namespace

std::string certificate_text(const Certificate& certificate) {
  Json document = {
      {"format", k_format.name},
      {"version", k_format.version},
      {"program", certificate.program},
      {"issued", certificate.issued},
      {"one", input_json(certificate.one)},
      {"other", input_json(certificate.other)},
      {"model", model_json(certificate.model, certificate.program)},
      {"facts", facts_json(certificate.facts)},
      {"evidence", evidence_json(certificate.explanation)},
      {"weight_bits", certificate.explanation.weight_bits},
      {"probability", certificate.explanation.probability},
      {"recalibration", recalibration_json(certificate.recalibration)},
      {"standing",
       {{"third_record_bits", certificate.standing.third_record_bits}, {"together", certificate.standing.is_together}}},
      {"decided", {{"weight_bits", certificate.decided.weight_bits}, {"probability", certificate.decided.probability}}},
      {"threshold_probability", certificate.threshold_probability},
      {"settings", certificate.settings},
      {"judgements", judgements_json(certificate.judgements)},
      {"linked", certificate.is_linked}};
  document["hash"] = hash_of(document);
  return readable_text(document);
}

Result<Certificate> read_certificate(std::string_view text) {
  const Json document = TRY(parse_json(text, k_format.name));
  TRY(check_format(document, k_format));
  TRY(check_hash(document));
  const Json* model = object_at(document, "model");
  if (model == nullptr) return field_error("model", "an object");
  Certificate certificate;
  certificate.program = TRY(text_at(document, "program"));
  certificate.issued = TRY(text_at(document, "issued"));
  certificate.one = TRY(input_of(document, "one"));
  certificate.other = TRY(input_of(document, "other"));
  certificate.model = TRY(model_of(*model));
  certificate.facts = TRY(facts_in(document));
  certificate.explanation = TRY(explanation_in(document));
  certificate.recalibration = TRY(recalibration_in(document));
  certificate.standing = TRY(standing_in(document));
  certificate.decided = TRY(decided_in(document));
  certificate.threshold_probability = TRY(probability_at(document, "threshold_probability"));
  certificate.settings = TRY(settings_in(document));
  certificate.judgements = TRY(judgements_in(document));
  certificate.is_linked = TRY(flag_at(document, "linked"));
  return certificate;
}

}  // namespace throughline::linkage

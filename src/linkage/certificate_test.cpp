#include "linkage/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/sha256.h"
#include "linkage/made_up_mentions.h"
#include "linkage/model_file.h"

namespace throughline::linkage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct World {
  World()
      : people(encoded(made_up_mentions(30, 120, 3))),
        answer(linked(people)),
        scale(answer.model->mixture, answer.model->rarity) {}
  People people;
  LinkAnswer answer;
  Scale scale;
};

const World& world() {
  static const World shared;
  return shared;
}

ReplayInputs inputs_of(std::size_t one, std::size_t other) {
  return {.pair = {.one = world().people.records[one],
                   .other = world().people.records[other],
                   .texts = world().people.texts},
          .one = {.extract = base::hash_text("first extract"), .row = "10482"},
          .other = {.extract = base::hash_text("second extract"), .row = "77#1"},
          .program = "0.1.0"};
}

Certificate certificate_of(std::size_t one, std::size_t other) {
  const ReplayInputs inputs = inputs_of(one, other);
  Certificate certificate{.program = inputs.program, .issued = "2026-11-28", .one = inputs.one, .other = inputs.other};
  certificate.model = world().answer.model->mixture;
  certificate.facts = facts_of(inputs.pair, world().scale);
  certificate.explanation = explain(certificate.model, certificate.facts);
  certificate.decided = decided_weight(certificate);
  certificate.settings = {{"purpose", "protect"}};
  certificate.is_linked = decision(certificate);
  return certificate;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Certificate, stands_when_it_is_replayed_on_the_same_records) {
  for (std::size_t other = 1; other < 40; ++other) {
    const auto read = read_certificate(certificate_text(certificate_of(0, other)));
    ASSERT_TRUE(read.ok()) << read.error().message();
    const Replay again = replay(read.value(), inputs_of(0, other));
    EXPECT_TRUE(again.stands);
    EXPECT_THAT(again.differences, IsEmpty());
    EXPECT_THAT(again.notes, IsEmpty());
  }
}

TEST(Certificate, reads_back_as_it_was_written) {
  Certificate written = certificate_of(0, 1);
  written.judgements = {
      {.verdict = Verdict::different, .reason = "two brothers", .by = "a.reviewer", .on = "2026-11-01"}};
  const std::string text = certificate_text(written);
  const auto read = read_certificate(text);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(certificate_text(read.value()), text);
  EXPECT_EQ(read.value().facts, written.facts);
  EXPECT_EQ(read.value().explanation, written.explanation);
  EXPECT_EQ(read.value().judgements, written.judgements);
  EXPECT_EQ(read.value().one, written.one);
}

TEST(Certificate, does_not_stand_on_another_record_and_says_which_comparison_differs) {
  const std::span<const PersonRecord> records = world().people.records;
  const auto one = static_cast<std::size_t>(
      std::ranges::find_if(records, [](const PersonRecord& record) { return record.birth.whole(); }) - records.begin());
  const ReplayInputs inputs = inputs_of(one, one + 1);
  ASSERT_NE(inputs.pair.one.birth, inputs.pair.other.birth);
  const Certificate certificate = certificate_of(one, one + 1);
  PersonRecord other = inputs.pair.other;
  other.birth = inputs.pair.one.birth;
  const ReplayInputs changed_inputs{.pair = {.one = inputs.pair.one, .other = other, .texts = inputs.pair.texts},
                                    .one = inputs.one,
                                    .other = inputs.other,
                                    .program = inputs.program};
  const Replay again = replay(certificate, changed_inputs);
  EXPECT_FALSE(again.stands);
  EXPECT_THAT(again.differences, testing::Contains(HasSubstr("comparison of birth: the certificate says")));
  EXPECT_THAT(again.differences, testing::Contains(HasSubstr("weight: the certificate says")));
}

TEST(Certificate, names_the_extract_and_the_row_that_are_not_those_certified) {
  const Certificate certificate = certificate_of(0, 1);
  ReplayInputs inputs = inputs_of(0, 1);
  inputs.one.extract = base::hash_text("a third extract");
  inputs.other.row = "78";
  inputs.program = "0.2.0";
  const Replay again = replay(certificate, inputs);
  EXPECT_THAT(again.differences, ElementsAre(HasSubstr("first record: the certificate names extract"),
                                             "second record: the certificate names row 77#1, this one is 78"));
  EXPECT_THAT(again.notes, ElementsAre("issued by version 0.1.0 of the program, replayed by 0.2.0"));
}

TEST(Certificate, does_not_stand_where_its_evidence_was_made_up) {
  Certificate certificate = certificate_of(0, 1);
  certificate.explanation.steps[2].bits += 1;
  certificate.explanation.weight_bits += 1;
  certificate.decided.probability = 0.4321;
  certificate.is_linked = !certificate.is_linked;
  const Replay again = replay(certificate, inputs_of(0, 1));
  EXPECT_THAT(
      again.differences,
      ElementsAre(HasSubstr("evidence, birth: the certificate says "), HasSubstr("weight: the certificate says "),
                  HasSubstr("probability decided by: the certificate says 0.4321, "), HasSubstr("decision: ")));
}

TEST(Certificate, what_labels_made_of_the_weight_is_certified_and_replayed) {
  Certificate written = certificate_of(0, 1);
  written.recalibration = {.same = 30, .different = 20, .offset_bits = -1.5, .slope = 0.75, .offset_variance = 0.2};
  written.decided = decided_weight(written);
  EXPECT_NE(written.decided.probability, written.explanation.probability);
  written.is_linked = decision(written);
  Certificate read = read_certificate(certificate_text(written)).value();
  EXPECT_EQ(read.recalibration, written.recalibration);
  EXPECT_TRUE(replay(read, inputs_of(0, 1)).stands);
  read.recalibration->offset_bits = 0;
  EXPECT_THAT(replay(read, inputs_of(0, 1)).differences,
              testing::Contains(HasSubstr("probability decided by: the certificate says ")));
}

TEST(Certificate, how_the_run_left_the_pair_is_certified_and_counts) {
  Certificate written = certificate_of(0, 1);
  const double alone = decided_weight(written).probability;
  written.standing.third_record_bits = -3;
  written.decided = decided_weight(written);
  EXPECT_NEAR(bits_of_probability(written.decided.probability), bits_of_probability(alone) - 3, 1e-6);
  const double apart = written.decided.probability;
  written.recalibration = {.same = 30, .different = 20, .together_bits = 2};
  EXPECT_EQ(decided_weight(written).probability, apart);
  written.standing.is_together = true;
  written.decided = decided_weight(written);
  EXPECT_NEAR(bits_of_probability(written.decided.probability), bits_of_probability(apart) + 2, 1e-6);
  written.is_linked = decision(written);
  const Certificate read = read_certificate(certificate_text(written)).value();
  EXPECT_EQ(read.standing, written.standing);
  EXPECT_TRUE(replay(read, inputs_of(0, 1)).stands);
}

// Two of one family, date of birth and home whose given names have nothing in common: the model alone may be fooled.
TEST(Certificate, is_decided_with_relatives_weighed_in) {
  Certificate certificate = certificate_of(0, 1);
  constexpr int k_family_levels = 8;
  const int unlike = static_cast<int>(NameLevel::different) * k_family_levels + static_cast<int>(NameLevel::exact);
  certificate.facts.pattern.set(Comparison::names, unlike);
  certificate.explanation.weight_bits = 3;
  const CertifiedWeight decided = decided_weight(certificate);
  EXPECT_LT(decided.weight_bits, 0);
  EXPECT_LT(decided.probability, 0.5);
}

TEST(Certificate, a_judgement_decides_whatever_the_weight) {
  Certificate certificate = certificate_of(0, 1);
  certificate.decided.probability = 0.99;
  EXPECT_TRUE(decision(certificate));
  certificate.judgements = {{.verdict = Verdict::different}, {.verdict = Verdict::cannot_tell}};
  EXPECT_FALSE(decision(certificate));
  certificate.judgements.push_back({.verdict = Verdict::same});
  certificate.decided.probability = 0.01;
  EXPECT_TRUE(decision(certificate));
}

TEST(Certificate, a_changed_one_is_refused) {
  const std::string text = certificate_text(certificate_of(0, 1));
  const auto read = read_certificate(changed(text, "\"issued\": \"2026-11-28\"", "\"issued\": \"2026-11-27\""));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, "certificate_changed");
  EXPECT_THAT(read.error().message(), HasSubstr("the certificate is not as it was issued: its hash is "));
}

TEST(Certificate, blanks_and_line_ends_do_not_change_it) {
  std::string text = certificate_text(certificate_of(0, 1));
  std::string with_returns;
  for (const char byte : text) {
    if (byte == '\n') with_returns += '\r';
    with_returns += byte;
  }
  EXPECT_TRUE(read_certificate(with_returns).ok());
}

TEST(Certificate, one_of_another_version_is_refused_with_what_to_do) {
  const std::string text = certificate_text(certificate_of(0, 1));
  const std::string newer = changed(text, "  \"threshold_probability\": 0.5,\n  \"version\": 2", "  \"version\": 3");
  EXPECT_EQ(read_certificate(newer).error().message(),
            "this throughline link certificate is of version 3, and this program reads version 2 (version). Replay it "
            "with the version of the program that issued it.");
}

TEST(Model, every_probability_reads_back_as_the_same_double) {
  const Mixture& mixture = world().answer.model->mixture;
  const auto read = read_model(model_text(mixture, "0.1.0"));
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read.value().levels, mixture.levels);
  EXPECT_EQ(read.value().share, mixture.share);
  EXPECT_EQ(read.value().rounds, mixture.rounds);
  EXPECT_EQ(read.value().has_households, mixture.has_households);
}

RC_GTEST_PROP(Model, any_double_reads_back_as_itself, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  Mixture mixture = world().answer.model->mixture;
  for (double& value : mixture.levels[0][1])
    value = std::ldexp(1 - chance.uniform01(), -static_cast<int>(chance.below(1000)));
  const auto read = read_model(model_text(mixture, "0.1.0"));
  RC_ASSERT(read.ok());
  RC_ASSERT(read.value().levels == mixture.levels);
}

TEST(Model, one_of_another_version_is_refused_with_what_to_do) {
  const std::string text =
      changed(model_text(world().answer.model->mixture, "0.1.0"), "\"version\": 1", "\"version\": 3");
  EXPECT_EQ(read_model(text).error().message(),
            "this throughline linkage model is of version 3, and this program reads version 1 (version). Learn the "
            "model again with this program, or use the version that wrote it.");
}

struct Spoilt {
  const char* from;
  const char* to;
  const char* message;
};

TEST(Model, says_what_is_wrong_with_it) {
  const std::string text = model_text(world().answer.model->mixture, "0.1.0");
  const Spoilt cases[] = {
      {"\"name\": \"names\"", "\"name\": \"aliases\"",
       "the model does not fit this program: comparison 1 is aliases, here it is names (comparisons)"},
      {"\"rounds\": ", "\"rounds\": -", "the field rounds should be a number of rounds"},
      {"\"converged\": ", "\"converged\": 1, \"x\": ", "the field converged should be true or false"},
      {"\"format\": \"throughline linkage model\"", "\"format\": \"splink\"",
       "this is not a throughline linkage model"},
      {"\"share\"", "\"shares\"", "the field share should be an object"},
      {"\"within_source\"", "\"within\"", "the field within_source should be an object"},
      {"\"stranger\": [", "\"stranger\": [7, ", "the field stranger should be a list of probabilities above 0"},
      {"\"stranger\": [", "\"stranger\": [0.5, ",
       "the model does not fit this program: names has 67 levels, here it has 66"},
      {"{", "", "the throughline linkage model is not JSON, or was cut off"},
      {"\"format\": ", "\"format\": [[[[[[[[[[[[[[[[[[", "the throughline linkage model is not JSON, or was cut off"},
  };
  for (const Spoilt& spoilt : cases) {
    const auto read = read_model(changed(text, spoilt.from, spoilt.to));
    ASSERT_FALSE(read.ok()) << spoilt.to;
    EXPECT_THAT(read.error().message(), HasSubstr(spoilt.message));
  }
}

}  // namespace
}  // namespace throughline::linkage

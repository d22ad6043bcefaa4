#include "app/pair_report.h"

#include <fmt/format.h>

#include <array>

#include "linkage/stage_evidence.h"

namespace throughline::app {

namespace {

using linkage::Mention;
using linkage::PersonTexts;

struct NamedField {
  std::string_view name;
  std::string_view label;
  std::string PersonTexts::* text;
};

constexpr std::array k_fields = {
    NamedField{"forename", "Forename", &PersonTexts::forename},
    NamedField{"surname", "Surname", &PersonTexts::surname},
    NamedField{"full_name", "Full name", &PersonTexts::full_name},
    NamedField{"known_as", "Known as", &PersonTexts::known_as},
    NamedField{"birth", "Date of birth", &PersonTexts::birth},
    NamedField{"sex", "Sex", &PersonTexts::sex},
    NamedField{"phone", "Phone", &PersonTexts::phone},
    NamedField{"nhs_number", "NHS number", &PersonTexts::nhs_number},
    NamedField{"police_id", "Police id", &PersonTexts::police_id},
    NamedField{"address", "Address", &PersonTexts::address},
    NamedField{"postcode", "Postcode", &PersonTexts::postcode},
};

Value shown(const LinkView& view, const Mention& mention, std::string PersonTexts::* field) {
  if (!view.shows_values(mention)) return std::monostate();
  return text_or_nothing(mention.person.*field);
}

// Whether two values differ is told only to whoever sees both: the evidence says how they agree.
Table side_by_side(const LinkView& view, const ShownPair& pair) {
  Table table{.name = "records",
              .title = "The records, as far as they are your agency's",
              .columns = {{"field", "Field"},
                          {"one", pair.one->name(), ColumnKind::text},
                          {"other", pair.other->name(), ColumnKind::text},
                          {"differs", "Differs"}},
              .rows = {},
              .empty_text = ""};
  table.rows.push_back({std::string("Agency"), pair.one->agency, pair.other->agency, std::monostate()});
  table.rows.push_back(
      {std::string("Capacity"), capacities_text(*pair.one), capacities_text(*pair.other), std::monostate()});
  const bool is_both = view.shows_values(*pair.one) && view.shows_values(*pair.other);
  for (const NamedField& field : k_fields) {
    const std::string& one = pair.one->person.*field.text;
    const std::string& other = pair.other->person.*field.text;
    const bool differs = is_both && !one.empty() && !other.empty() && one != other;
    std::vector<Value> row = {std::string(field.label), shown(view, *pair.one, field.text),
                              shown(view, *pair.other, field.text), differs ? Value(std::string("yes")) : Value()};
    if (row[1] != Value() || row[2] != Value()) table.rows.push_back(std::move(row));
  }
  return table;
}

std::string direction_of(double bits) {
  constexpr double k_nothing_bits = 0.05;
  if (bits > k_nothing_bits) return "for";
  return bits < -k_nothing_bits ? "against" : "neither";
}

void add_step(Table& table, const std::string& subject, const std::string& words, double bits) {
  table.rows.push_back({subject, words, Decimal{bits, 1}, direction_of(bits)});
}

Table evidence_table(const linkage::PairEvidence& evidence) {
  Table table{.name = "evidence",
              .title = "What speaks for one person, and what against",
              .columns = {{"comparison", "Compared"},
                          {"finding", "How they agree"},
                          {"bits", "Bits", ColumnKind::number},
                          {"says", "Speaks"}},
              .rows = {},
              .empty_text = ""};
  for (const linkage::EvidenceStep& step : evidence.explanation.steps) {
    const bool is_silent = step.kind == linkage::StepKind::comparison && step.bits == 0 && step.household_bits == 0;
    if (!is_silent) add_step(table, step.subject, step.words, step.bits);
  }
  if (evidence.relatives.is_lowered) {
    add_step(table, "relatives", "given names have nothing in common, as with brothers, sisters and twins",
             evidence.relatives.weight_bits - evidence.explanation.weight_bits);
  }
  return table;
}

std::string judged_words(const LinkView& view, const linkage::MentionPair& pair) {
  const linkage::ReviewedPair* judged = view.review(pair);
  if (judged == nullptr) return "";
  if (judged->verdict) return std::string(words_of(*judged->verdict));
  return std::string(words_of(judged->state));
}

}  // namespace

Section pair_section(const LinkView& view, const ShownPair& pair) {
  const auto key = linkage::MentionPair::of(pair.one->id, pair.other->id);
  Section section{.name = "link", .title = "Two records: one person, or two?", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"one", "One", pair.one->name()},
                   {"other", "Other", pair.other->name()},
                   {"judgement", "Judged", text_or_nothing(judged_words(view, key))}};
  const linkage::LinkedPair* kept = view.pair(*pair.one, *pair.other);
  if (kept == nullptr) {
    section.notes.emplace_back(
        "The last run compared too little of these two to keep the pair: less likely than one in a "
        "thousand, or alike in nothing that records are gathered by.");
  } else {
    const linkage::PairEvidence evidence = linkage::evidence_of(view.links(), *pair.one, *pair.other);
    section.facts.push_back({"probability", "Probability of one person", probability_text(kept->probability)});
    const auto& derived = view.links().derived;
    if (derived.recalibration) {
      const linkage::CalibratedProbability at = derived.calibrated(derived.standing(*kept));
      section.facts.push_back({"probability_low", "From", probability_text(at.low)});
      section.facts.push_back({"probability_high", "To", probability_text(at.high)});
      section.notes.push_back(
          fmt::format("The probability follows {} labels of judged pairs, and its interval at 95 per cent is theirs.",
                      derived.recalibration->same + derived.recalibration->different));
    }
    if (derived.recalibration || kept->third_bits != 0) {
      section.facts.push_back({"probability_model", "By the model, from the two records alone",
                               probability_text(linkage::probability_of_bits(kept->weight_bits))});
    }
    if (kept->third_bits != 0) {
      section.notes.push_back(fmt::format(
          "One of the two is together with other records already, and people seldom have a third: that takes {:.1f} "
          "bits off the weight.",
          -kept->third_bits));
    }
    section.facts.push_back({"how_sure", "In words", std::string(linkage::sureness_words(kept->probability))});
    section.facts.push_back({"weight_bits", "Weight in bits", Decimal{kept->weight_bits, 1}});
    section.facts.push_back(
        {"household", "Chance of two people of one home",
         probability_text(linkage::household_chance(view.links().derived.mixture, evidence.facts))});
    section.tables.push_back(evidence_table(evidence));
  }
  section.tables.push_back(side_by_side(view, pair));
  section.notes.push_back(std::string(view.terms().terms) + ".");
  return section;
}

}  // namespace throughline::app

#include "app/calibration_report.h"

#include <fmt/format.h>

#include "linkage/pair_labels.h"

namespace throughline::app {

namespace {

Table calibration_table(const linkage::Recalibration& line) {
  Table table{.name = "calibration",
              .title = "What the labels made of the model's probabilities",
              .columns = {{"stands", "The pair stands"},
                          {"model", "By the model", ColumnKind::number},
                          {"calibrated", "By the labels", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const bool is_together : {false, true}) {
    for (const double probability : {0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99}) {
      const linkage::CalibratedProbability at =
          line.at({.weight_bits = linkage::bits_of_probability(probability), .together = is_together ? 1.0 : 0.0});
      table.rows.push_back({std::string(is_together ? "together" : "apart"), Decimal{probability, 2},
                            Decimal{at.probability, 3}, Decimal{at.low, 3}, Decimal{at.high, 3}});
    }
  }
  return table;
}

}  // namespace

RunLabels run_labels(const LinkView& view) {
  const linkage::DerivedLinks& derived = view.links().derived;
  const linkage::PairLabels now = linkage::labels_of(linkage::reviewed(view.links().world.judgements), derived.pairs);
  RunLabels labels{.pending = now.pending, .recalibration = derived.recalibration};
  if (labels.recalibration) {
    labels.same = labels.recalibration->same;
    labels.different = labels.recalibration->different;
    return labels;
  }
  for (const linkage::LabelledWeight& label : linkage::weights_of(now.settled, derived)) {
    ++(label.is_match ? labels.same : labels.different);
  }
  return labels;
}

void add_calibration(Section& section, const RunLabels& labels) {
  section.facts.push_back({"labels_same", "Labels: the same", labels.same});
  section.facts.push_back({"labels_different", "Labels: different", labels.different});
  section.facts.push_back({"labels_pending", "Judged, and waiting for a second person", labels.pending});
  if (labels.pending > 0) {
    section.notes.emplace_back(
        "Judgements that wait for a second person are no labels yet: throughline review next "
        "shows the pairs to whoever has not judged them.");
  }
  section.facts.push_back({"recalibrated", "Recalibrated by them", std::string(labels.recalibration ? "yes" : "no")});
  if (!labels.recalibration) {
    section.notes.push_back(
        fmt::format("Probabilities are the model's own: they are held against labels from {} judged pairs on, at least "
                    "{} of them the same and {} different.",
                    linkage::k_labels_min, linkage::k_labels_each, linkage::k_labels_each));
    return;
  }
  section.facts.push_back({"offset_bits", "Moved by, in bits", Decimal{labels.recalibration->offset_bits, 2}});
  section.facts.push_back({"slope", "Stretched by", Decimal{labels.recalibration->slope, 2}});
  section.facts.push_back(
      {"together_bits", "For pairs together, in bits", Decimal{labels.recalibration->together_bits, 2}});
  section.tables.push_back(calibration_table(*labels.recalibration));
  section.notes.emplace_back(
      "Probabilities follow the labels, held near the model's own: few labels move little. Intervals are at 95 per "
      "cent. Who is one person still follows from the weights and the judgements.");
}

}  // namespace throughline::app

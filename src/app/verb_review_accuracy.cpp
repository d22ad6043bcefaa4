// throughline review accuracy: precision and recall, with and without what blocking missed.

#include "app/link_view.h"
#include "app/review_accuracy.h"
#include "app/session.h"
#include "linkage/stage_accuracy.h"

namespace throughline::app {

namespace {

using linkage::SharePart;

void add_measure(Table& table, const char* measure, const char* of, const SharePart& share) {
  const bool is_known = share.low > 0 || share.high < 1 || share.of > 0;
  table.rows.push_back({std::string(measure), std::string(of), is_known ? Value(Decimal{share.value, 3}) : Value(),
                        Decimal{share.low, 3}, Decimal{share.high, 3}, share.of});
}

Table measures_table(const linkage::RunAccuracy& accuracy) {
  Table table{.name = "measures",
              .title = "How right links are",
              .columns = {{"measure", "Measure"},
                          {"of", "Of"},
                          {"value", "Share", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number},
                          {"labels", "Labels", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  add_measure(table, "precision", "all pairs", accuracy.all.precision);
  add_measure(table, "recall", "all pairs", accuracy.all.recall);
  add_measure(table, "recall among compared", "all pairs", accuracy.all.recall_among_compared);
  add_measure(table, "precision", "judged pairs", accuracy.judged.precision);
  add_measure(table, "recall", "judged pairs", accuracy.judged.recall);
  add_measure(table, "recall among compared", "judged pairs", accuracy.judged.recall_among_compared);
  return table;
}

Section accuracy_section(const LinkView& view, const linkage::RunAccuracy& accuracy) {
  Section section{.name = "accuracy",
                  .title = "HOW RIGHT ARE THE LINKS?",
                  .facts = {{"run", "Run", view.links().run.id.number()},
                            {"purpose", "Purpose", std::string(code_of(view.terms().purpose))},
                            {"threshold", "Links at least this likely", Decimal{view.terms().probability_min, 2}},
                            {"judged", "Pairs judged", accuracy.labels},
                            {"pending", "Judged, and waiting for a second person", accuracy.pending},
                            {"true_links", "Linked, and the same", accuracy.counts.true_links},
                            {"false_links", "Linked, and different", accuracy.counts.false_links},
                            {"missed", "The same, compared and not linked", accuracy.counts.missed},
                            {"missed_by_blocking", "The same, and never compared", accuracy.counts.missed_by_blocking},
                            {"caught", "True pairs that are compared, expected", Decimal{accuracy.caught.value, 3}}},
                  .tables = {measures_table(accuracy)},
                  .notes = {"Reviewers see the doubtful pairs first, so shares of judged pairs are lower than those of "
                            "all. Those of all pairs weigh what was judged by how many pairs are as likely; where "
                            "nobody judged, they lean on the model. Intervals are at 95 per cent.",
                            "Recall counts true pairs that no rule gathers among the missed, as many as the model "
                            "expects; recall among compared leaves them out."}};
  if (accuracy.labels == 0) {
    section.notes.emplace_back("No pair was judged yet: of all pairs this is what the model believes of itself.");
  }
  return section;
}

}  // namespace

Answer review_accuracy(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "review accuracy"));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::combination,
                                                .data_class = ledger::DataClass::links,
                                                .object = "accuracy of links"}));
  const LinkView view = TRY(LinkView::open(*session));
  const linkage::RunAccuracy accuracy = TRY(linkage::accuracy_of_run(view.links(), view.terms().probability_min));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  return Report{.verb = "review", .sections = {accuracy_section(view, accuracy)}};
}

}  // namespace throughline::app

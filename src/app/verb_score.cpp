// throughline score: one file of sections for each module that can be held against the truth.

#include "app/bad_command.h"
#include "app/link_view.h"
#include "app/score_links.h"
#include "app/score_truth.h"
#include "app/score_verb.h"
#include "app/session.h"

namespace throughline::app {

Answer score(const Outside& outside, const Settings& settings, const ScoreRequest& request) {
  if (request.truth.empty()) {
    return bad_command("truth_needed", "Nobody said which truth to hold the links against", "--truth",
                       "Name the folder truth that throughline simulate observe wrote");
  }
  const auto session = TRY(Session::open(outside, settings, "score"));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::combination,
                                                .data_class = ledger::DataClass::links,
                                                .object = "links held against a truth"}));
  const Truth truth = TRY(read_truth(request.truth));
  const LinkView view = TRY(LinkView::open(*session));
  const KnownLinks known = TRY(known_links(*session, view, truth));
  std::vector<Section> sections = TRY(links_sections(view, truth, known));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  return Report{.verb = "score", .sections = std::move(sections)};
}

}  // namespace throughline::app

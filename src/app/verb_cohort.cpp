// throughline cohort: of the people in one capacity, what share had a history of another.

#include <fmt/format.h>

#include <algorithm>

#include "app/capacity_records.h"
#include "app/link_view.h"
#include "app/linkage_verbs.h"
#include "app/session.h"
#include "base/text.h"
#include "linkage/cohort.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

struct Asked {
  linkage::Capacity capacity = linkage::Capacity::suspected;
  linkage::Capacity history = linkage::Capacity::harmed;
  MonthPeriod period;
};

struct Sample {
  std::vector<linkage::CohortRecord> records;
  std::vector<linkage::GraphLink> links;
  std::int64_t undated = 0;
};

Sample sample_of(const LinkView& view, const CohortRequest& request, const Asked& asked) {
  Sample sample;
  const std::vector<Mention>& mentions = view.links().world.mentions;
  for (const Mention& mention : mentions) {
    linkage::CohortRecord& record = sample.records.emplace_back();
    // What stands under seal elsewhere is counted no more than it is shown.
    const bool is_seen = !view.is_hidden(mention);
    const bool is_member = is_seen && is_in_capacity(mention, asked.capacity, request.category);
    const bool is_history = is_seen && is_in_capacity(mention, asked.history, request.history_category);
    if (!mention.event_start) {
      sample.undated += is_member || is_history ? 1 : 0;
      continue;
    }
    const base::Month month = mention.event_start->month();
    if (is_member && is_within(asked.period, month)) record.in_cohort = mention.event_start;
    if (is_history) record.has_history = mention.event_start;
  }
  sample.links = links_between_rows(view);
  return sample;
}

// What was asked, in the program's own words.
std::string asked_text(const Asked& asked) {
  const auto month = [](const std::optional<base::Month>& of) { return of ? base::to_string(*of) : "any month"; };
  return fmt::format("share of people {} from {} to {} with a history of {}", words_of(asked.capacity),
                     month(asked.period.from), month(asked.period.to), words_of(asked.history));
}

// A category is as somebody typed it and may hold a name: it is told only where it is a category of some record.
std::string category_text(const LinkView& view, const std::string& category) {
  if (category.empty()) return "any category";
  const bool is_held = std::ranges::any_of(view.links().world.mentions, [&](const Mention& mention) {
    return !view.is_hidden(mention) && is_in_category(mention, category);
  });
  return is_held ? "category " + base::fold(category) : "a category nobody has";
}

Result<Section> cohort_section(const LinkView& view, const CohortRequest& request, const Asked& asked) {
  const Sample sample = sample_of(view, request, asked);
  const auto answer =
      linkage::cohort_share(sample.records, sample.links, {.draws = request.draws, .seed = request.seed});
  if (!answer || answer->people < k_people_told_min) {
    return Error{
        ErrorKind::bad_command, "cohort_too_small",
        fmt::format("Fewer than {} people are in this cohort, and no share of so few is told", k_people_told_min), "",
        "Ask for more months, or for a wider category"};
  }
  Section section{
      .name = "cohort",
      .title =
          fmt::format("Of people {}, with a history of: {}", base::fold(request.capacity), base::fold(request.history)),
      .facts = {{"people", "People", answer->people},
                {"with_history", "With that history before", answer->with_history},
                {"share", "Share", Decimal{answer->share, 3}},
                {"low", "From", Decimal{answer->interval.low, 3}},
                {"high", "To", Decimal{answer->interval.high, 3}},
                {"low_sampling", "From, were every link right", Decimal{answer->sampling.low, 3}},
                {"high_sampling", "To, were every link right", Decimal{answer->sampling.high, 3}},
                {"draws", "Draws of the links", request.draws},
                {"run", "Run", view.links().run.id.number()}},
      .tables = {},
      .notes = {"The interval is at 95 per cent and carries the error of linkage: links were drawn again and "
                "again, each with its probability.",
                "A history is what was received of it before: what no agency recorded, or sent, is not in "
                "it. It says nothing of any one person."}};
  if (sample.undated > 0) {
    section.notes.push_back(fmt::format("{} records without a date are left out.", sample.undated));
  }
  return section;
}

}  // namespace

Answer cohort(const Outside& outside, const Settings& settings, const CohortRequest& request) {
  Asked asked;
  asked.capacity = TRY(capacity_of(request.capacity, "--capacity"));
  asked.history = TRY(capacity_of(request.history, "--history"));
  asked.period = TRY(month_period_of(request.from, request.to));
  const auto session = TRY(Session::open(outside, settings, "cohort"));
  Permitted permitted = TRY(session->may({.operation = ledger::Operation::combination,
                                          .data_class = ledger::DataClass::links,
                                          .object = asked_text(asked)}));
  const LinkView view = TRY(LinkView::open(*session));
  permitted.act.object += fmt::format(" ({}; history: {})", category_text(view, request.category),
                                      category_text(view, request.history_category));
  const Result<Section> section = cohort_section(view, request, asked);
  // Asked of too few, it is an entry as well: many such questions would tell of one person.
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  if (!section.ok()) return section.error();
  return Report{.verb = "cohort", .sections = {section.value()}};
}

}  // namespace throughline::app

// throughline cohort: of the people in one capacity, what share had a history of another.

#include <fmt/format.h>

#include <algorithm>

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

// Fewer people than this are not told as a share: each would be known.
constexpr std::int64_t k_people_min = 10;

Result<linkage::Capacity> capacity_of(const std::string& words, const std::string& option) {
  if (const auto capacity = linkage::capacity_named(words)) return *capacity;
  const auto choices = linkage::capacity_words();
  const auto nearest = base::nearest_name(words, choices);
  std::string all;
  for (const std::string& choice : choices) all += (all.empty() ? "" : ", ") + choice;
  return Error{ErrorKind::bad_command, "capacity_unknown", "'" + words + "' is not a capacity", option,
               (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) + "They are " + all};
}

struct Period {
  std::optional<base::Month> from;
  std::optional<base::Month> to;
};

Result<std::optional<base::Month>> month_of(const std::string& text, const std::string& option) {
  if (text.empty()) return std::optional<base::Month>();
  if (const auto month = base::parse_month(text)) return month;
  return Error{ErrorKind::bad_command, "month_malformed", "'" + text + "' is not a month", option,
               "Write it as 2025-03"};
}

bool is_in(const Mention& mention, linkage::Capacity capacity, const std::string& category) {
  const std::vector<linkage::Capacity> all = linkage::capacities_of(mention);
  if (std::ranges::find(all, capacity) == all.end()) return false;
  return category.empty() || base::fold(mention.event_category).find(base::fold(category)) != std::string::npos;
}

struct Asked {
  linkage::Capacity capacity = linkage::Capacity::suspected;
  linkage::Capacity history = linkage::Capacity::harmed;
  Period period;
};

struct Sample {
  std::vector<linkage::CohortRecord> records;
  std::vector<linkage::GraphLink> links;
  std::int64_t undated = 0;
};

bool is_within(const Period& period, base::Month month) {
  return (!period.from || month >= *period.from) && (!period.to || month <= *period.to);
}

// Every link of the run between rows, by the places of its records.
void add_links(const LinkView& view, Sample& sample) {
  const std::vector<Mention>& mentions = view.links().world.mentions;
  const auto place_of = [&](const linkage::MentionId& id) {
    const auto at = std::ranges::lower_bound(mentions, id, {}, &Mention::id);
    return static_cast<std::uint32_t>(at - mentions.begin());
  };
  for (const linkage::LinkedPair& pair : view.judged_pairs()) {
    const bool is_one_row =
        pair.pair.one.extract == pair.pair.other.extract && pair.pair.one.place == pair.pair.other.place;
    if (is_one_row || pair.probability <= 0) continue;
    sample.links.push_back({place_of(pair.pair.one), place_of(pair.pair.other), std::min(pair.probability, 1.0)});
  }
}

Sample sample_of(const LinkView& view, const CohortRequest& request, const Asked& asked) {
  Sample sample;
  const std::vector<Mention>& mentions = view.links().world.mentions;
  for (const Mention& mention : mentions) {
    linkage::CohortRecord& record = sample.records.emplace_back();
    const bool is_member = is_in(mention, asked.capacity, request.category);
    const bool is_history = is_in(mention, asked.history, request.history_category);
    if (!mention.event_start) {
      sample.undated += is_member || is_history ? 1 : 0;
      continue;
    }
    const base::Month month = mention.event_start->month();
    if (is_member && is_within(asked.period, month)) record.in_cohort = mention.event_start;
    if (is_history) record.has_history = mention.event_start;
  }
  add_links(view, sample);
  return sample;
}

Result<Section> cohort_section(const LinkView& view, const CohortRequest& request, const Asked& asked) {
  const Sample sample = sample_of(view, request, asked);
  const auto answer =
      linkage::cohort_share(sample.records, sample.links, {.draws = request.draws, .seed = request.seed});
  if (!answer || answer->people < k_people_min) {
    return Error{ErrorKind::bad_command, "cohort_too_small",
                 fmt::format("Fewer than {} people are in this cohort, and no share of so few is told", k_people_min),
                 "", "Ask for more months, or for a wider category"};
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
  asked.period.from = TRY(month_of(request.from, "--from"));
  asked.period.to = TRY(month_of(request.to, "--to"));
  const auto session = TRY(Session::open(outside, settings, "cohort"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::combination,
                                      .data_class = ledger::DataClass::links,
                                      .object = "a share of a cohort"})));
  const LinkView view = TRY(LinkView::open(*session));
  Section section = TRY(cohort_section(view, request, asked));
  return Report{.verb = "cohort", .sections = {std::move(section)}};
}

}  // namespace throughline::app

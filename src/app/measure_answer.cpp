#include "app/measure_answer.h"

#include <algorithm>
#include <utility>

#include "app/figure_words.h"
#include "app/session.h"
#include "app/sign_in.h"
#include "evidence/cell.h"
#include "evidence/stage.h"
#include "ledger/checkpoint.h"
#include "ledger/permission.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::AreaCode;
using evidence::Figure;
using evidence::MonthSpan;
using evidence::Series;
using evidence::World;

constexpr std::int32_t k_year_months = 12;

// The areas of the question, each once, with everything else that is asked of them.
Result<evidence::SeriesRequest> request_of(const World& world, const SeriesQuery& query) {
  evidence::Question question{.measure = query.measure,
                              .category = query.category,
                              .area_kind = query.area_kind,
                              .from = query.from,
                              .to = query.to,
                              .is_rate = true};
  if (query.areas.empty()) return evidence::resolve(world, question);
  std::vector<AreaCode> areas;
  evidence::SeriesRequest request;
  for (const std::string& area : query.areas) {
    question.area = area;
    request = TRY(evidence::resolve(world, question));
    if (std::ranges::find(areas, request.areas.front()) == areas.end()) areas.push_back(request.areas.front());
  }
  request.areas = std::move(areas);
  return request;
}

Result<Series> whole_series(const World& world, evidence::SeriesRequest request, MonthSpan span) {
  request.length = evidence::PeriodLength::whole;
  request.span = span;
  return evidence::measure(world, request);
}

struct AllSeries {
  Series monthly;
  Series totals;
  Series before;
  Series after;  // The totals, or of a long span its last year.
};

Result<AllSeries> all_series(const World& world, const evidence::SeriesRequest& request) {
  AllSeries all;
  all.monthly = TRY(evidence::measure(world, request));
  all.totals = TRY(whole_series(world, request, request.span));
  const bool is_long = request.span.months() > k_year_months;
  const MonthSpan after{.begin = is_long ? request.span.end - k_year_months : request.span.begin,
                        .end = request.span.end};
  all.after = is_long ? TRY(whole_series(world, request, after)) : all.totals;
  all.before =
      TRY(whole_series(world, request, {.begin = after.begin - k_year_months, .end = after.end - k_year_months}));
  return all;
}

ChangeShown change_shown(const Figure& before, const Figure& after, const CommonCaveats& common) {
  ChangeShown shown{.area = after.cell.area, .before = shown_of(before, common), .after = shown_of(after, common)};
  const auto change = evidence::change_between(before, after);
  if (const auto* refusal = std::get_if<evidence::Refusal>(&change)) {
    shown.refusal = shown_of(*refusal);
    return shown;
  }
  const auto& given = std::get<evidence::Change>(change);
  shown.percent = given.percent;
  shown.interval = IntervalShown{.low = given.percent_interval.low, .high = given.percent_interval.high};
  shown.p_value = given.p_value;
  return shown;
}

void add_figures(SeriesAnswer& answer, const AllSeries& all) {
  std::vector<const Series*> series = {&all.monthly, &all.totals, &all.before, &all.after};
  const CommonCaveats common(series);
  evidence::Caveats caveats;
  for (const Series* each : series) caveats.unite(each->caveats);
  answer.caveats = shown_of(caveats);
  for (const Figure& figure : all.monthly.figures) answer.figures.push_back(shown_of(figure, common));
  for (const Figure& figure : all.totals.figures) answer.totals.push_back(shown_of(figure, common));
  for (std::size_t i = 0; i < all.after.figures.size(); ++i) {
    answer.changes.push_back(change_shown(all.before.figures.at(i), all.after.figures[i], common));
  }
}

}  // namespace

Result<SeriesAnswer> series_in(const World& world, const SeriesQuery& query) {
  const evidence::SeriesRequest request = TRY(request_of(world, query));
  const AllSeries all = TRY(all_series(world, request));
  SeriesAnswer answer{.measure = shown_of(*request.measure),
                      .category = request.category,
                      .category_words = all.monthly.category_words,
                      .from = base::to_string(request.span.begin),
                      .to = base::to_string(request.span.end - 1),
                      .geography = all.monthly.geography,
                      .release = all.monthly.release,
                      .as_of = world.view().as_of};
  for (const AreaCode area : request.areas) answer.areas.push_back(area_shown(world, area, request.measure));
  add_figures(answer, all);
  for (std::size_t i = 0; i < answer.areas.size(); ++i) answer.words.push_back(sentence_of(answer, i));
  return answer;
}

bool may_see_figures(const Visitor& visitor) {
  return std::ranges::any_of(visitor.account.roles, [&](ledger::Role role) {
    return ledger::allow({.role = role,
                          .operation = ledger::Operation::consultation,
                          .data_class = ledger::DataClass::published,
                          .purpose = visitor.purpose})
               .decision == ledger::Decision::allow;
  });
}

Result<SeriesAnswer> measure_series(const Outside& outside, const Settings& settings, const SeriesQuery& query) {
  const auto session = TRY(Session::open(outside, settings, "measure"));
  static_cast<void>(TRY(session->may({.object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  SeriesAnswer answer = TRY(series_in(world, query));
  const ledger::PublicKey key = ledger::public_half(session->ledger().keyring().signing_key());
  const ledger::Checkpoint head = TRY(ledger::read_checkpoint(TRY(session->ledger().log().checkpoint()), key));
  answer.log_entries = head.size;
  answer.log_root = head.root.hex();
  return answer;
}

Result<std::vector<MeasureOffer>> measure_offers(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "measure"));
  static_cast<void>(TRY(session->may({.object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  std::vector<MeasureOffer> offers;
  for (const evidence::Measure& measure : evidence::measures()) offers.push_back(offer_of(world, measure));
  return offers;
}

Result<std::vector<AreaShown>> measure_areas(const Outside& outside, const Settings& settings,
                                             const AreasQuery& query) {
  const auto session = TRY(Session::open(outside, settings, "measure"));
  static_cast<void>(TRY(session->may({.object = "areas"})));
  const auto kind = evidence::area_kind_named(query.kind);
  if (!kind) {
    return base::Error{base::ErrorKind::bad_command, "area_kind_unknown", "That is no kind of area", "kind",
                       "The kinds are lsoa, ward, local-authority, force"};
  }
  const evidence::Measure* measure =
      query.measure.empty() ? nullptr : TRY(evidence::resolve_measure(query.measure, ""));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  const evidence::Areas& all = world.areas();
  std::vector<AreaCode> found = all.of_kind(*kind);
  if (!query.within.empty()) {
    const std::vector<AreaCode> parts = all.within(TRY(all.resolve(query.within)), *kind);
    std::erase_if(found, [&](AreaCode area) { return !std::ranges::binary_search(parts, area); });
  }
  std::vector<AreaShown> shown;
  shown.reserve(found.size());
  for (const AreaCode area : found) shown.push_back(area_shown(world, area, measure));
  return shown;
}

}  // namespace throughline::app

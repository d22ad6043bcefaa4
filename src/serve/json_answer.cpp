#include "serve/json_answer.h"

#include <optional>

#include "serve/json_value_internal.h"

namespace throughline::serve {

namespace {

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

template <class T>
Json number_or_null(const std::optional<T>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json to_json(const app::MeasureShown& measure) {
  return {{"name", measure.name},
          {"title", measure.title},
          {"unit", measure.unit},
          {"universe", measure.universe},
          {"date_basis", measure.date_basis},
          {"area_basis", measure.area_basis},
          {"publisher", measure.publisher},
          {"revision", measure.revision},
          {"is_police_activity", measure.is_police_activity}};
}

Json to_json(const app::AreaShown& area) {
  return {{"code", area.code},
          {"name", area.name},
          {"kind", area.kind},
          {"force", or_null(area.force)},
          {"force_name", or_null(area.force_name)},
          {"is_received", area.is_received}};
}

Json to_json(const std::optional<app::IntervalShown>& interval) {
  if (!interval) return nullptr;
  return {{"low", interval->low}, {"high", interval->high}};
}

Json to_json(const std::optional<app::RefusalShown>& refusal) {
  if (!refusal) return nullptr;
  return {{"rule", refusal->rule}, {"reason", refusal->reason}, {"remedy", refusal->remedy}};
}

Json to_json(const app::FigureShown& figure) {
  Json denominator = nullptr;
  if (figure.persons > 0) denominator = {{"persons", figure.persons}, {"year", figure.persons_year}};
  return {{"cell", figure.cell},
          {"area", figure.area},
          {"from", figure.from},
          {"to", figure.to},
          {"count", number_or_null(figure.count)},
          {"interval", to_json(figure.interval)},
          {"received_count", figure.received_count},
          {"missing", figure.missing},
          {"refusal", to_json(figure.refusal)},
          {"rate", number_or_null(figure.rate)},
          {"rate_interval", to_json(figure.rate_interval)},
          {"rate_refusal", to_json(figure.rate_refusal)},
          {"denominator", std::move(denominator)},
          {"caveats", figure.caveats}};
}

Json to_json(const app::ChangeShown& change) {
  return {{"area", change.area},
          {"before", to_json(change.before)},
          {"after", to_json(change.after)},
          {"percent", number_or_null(change.percent)},
          {"interval", to_json(change.interval)},
          {"p_value", number_or_null(change.p_value)},
          {"refusal", to_json(change.refusal)}};
}

Json to_json(const app::CaveatShown& caveat) {
  return {{"code", caveat.code}, {"sentence", caveat.sentence}, {"details", caveat.details}};
}

Json to_json(const app::CategoryShown& category) {
  return {{"slug", category.slug}, {"words", category.words}, {"first", category.first}, {"last", category.last}};
}

Json to_json(const app::ReceivedShown& received) {
  return {{"area", received.area}, {"name", received.name}, {"months", received.months}};
}

Json to_json(const app::MeasureOffer& offer);

template <class T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

Json to_json(const app::MeasureOffer& offer) {
  return {{"measure", to_json(offer.measure)}, {"categories", list_of(offer.categories)},
          {"area_kinds", offer.area_kinds},    {"first", or_null(offer.first)},
          {"last", or_null(offer.last)},       {"received", list_of(offer.received)}};
}

}  // namespace

std::string json_of(const app::SeriesAnswer& answer) {
  return dump({{"measure", to_json(answer.measure)},
               {"category", {{"slug", answer.category}, {"words", answer.category_words}}},
               {"from", answer.from},
               {"to", answer.to},
               {"geography", answer.geography},
               {"release", answer.release},
               {"as_of", answer.as_of ? Json(base::to_string(*answer.as_of)) : Json(nullptr)},
               {"areas", list_of(answer.areas)},
               {"figures", list_of(answer.figures)},
               {"totals", list_of(answer.totals)},
               {"changes", list_of(answer.changes)},
               {"caveats", list_of(answer.caveats)},
               {"words", answer.words},
               {"head", {{"entries", answer.log_entries}, {"root", answer.log_root}}}});
}

std::string json_of(const std::vector<app::MeasureOffer>& offers) {
  return dump({{"measures", list_of(offers)}});
}

std::string json_of(const std::vector<app::AreaShown>& areas) {
  return dump({{"areas", list_of(areas)}});
}

}  // namespace throughline::serve

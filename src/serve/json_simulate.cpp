// The market model, scenarios and comparisons as the contract's JSON.

#include "serve/json_answer.h"
#include "serve/json_value_internal.h"

namespace throughline::serve {

namespace {

Json date_or_null(const std::optional<base::Date>& date) {
  return date ? Json(base::to_string(*date)) : Json(nullptr);
}

Json number_or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json numbers_json(const std::vector<std::optional<double>>& numbers) {
  Json list = Json::array();
  for (const std::optional<double>& number : numbers) list.push_back(number_or_null(number));
  return list;
}

Json to_json(const app::ModelWords& words) {
  return {{"name", words.name}, {"what", words.what}};
}

Json to_json(const app::ModelAreaShown& area) {
  return {{"code", area.code},
          {"name", area.name},
          {"force", area.force},
          {"easting_metres", area.easting_metres},
          {"northing_metres", area.northing_metres},
          {"residents", area.residents},
          {"is_hub", area.is_hub}};
}

Json to_json(const app::ModelParameter& parameter) {
  Json rivals = Json::array();
  for (const app::ModelRival& rival : parameter.rivals) {
    rivals.push_back({{"value", rival.value}, {"source", rival.source}});
  }
  return {{"name", parameter.name},     {"value", parameter.value},
          {"low", parameter.low},       {"high", parameter.high},
          {"unit", parameter.unit},     {"source", parameter.source},
          {"note", parameter.note},     {"is_assumption", parameter.is_assumption},
          {"rivals", std::move(rivals)}};
}

Json to_json(const app::ModelOutcome& outcome) {
  return {{"name", outcome.name}, {"kind", outcome.kind}, {"what", outcome.what}, {"is_mapped", outcome.is_mapped}};
}

Json to_json(const app::ComparisonBounds& bounds) {
  return {{"days_least", bounds.days_least},
          {"days_most", bounds.days_most},
          {"replicates_least", bounds.replicates_least},
          {"replicates_most", bounds.replicates_most},
          {"changes_most", bounds.changes_most},
          {"place_days_most", bounds.place_days_most},
          {"warm_up_days", bounds.warm_up_days},
          {"text_most", bounds.text_most}};
}

Json to_json(const app::ScenarioChange& change) {
  return {{"lever", change.lever},
          {"multiply", change.multiply},
          {"from", date_or_null(change.from)},
          {"until", date_or_null(change.until)},
          {"areas", change.areas}};
}

Json to_json(const app::ScenarioStrike& strike) {
  return {{"target", strike.target},
          {"share", strike.share},
          {"date", base::to_string(strike.date)},
          {"areas", strike.areas}};
}

Json to_json(const app::TotalShown& total) {
  return {{"where", total.where},
          {"outcome", total.outcome},
          {"baseline", total.baseline},
          {"difference", total.difference},
          {"low", number_or_null(total.low)},
          {"high", number_or_null(total.high)},
          {"mean_low", number_or_null(total.mean_low)},
          {"mean_high", number_or_null(total.mean_high)},
          {"share_up", number_or_null(total.share_up)},
          {"share_between", number_or_null(total.share_between)},
          {"higher_in", total.higher_in},
          {"lower_in", total.lower_in}};
}

Json to_json(const app::AreaTotalShown& total) {
  return {{"outcome", total.outcome},         {"area", total.area},
          {"baseline", total.baseline},       {"difference", total.difference},
          {"low", number_or_null(total.low)}, {"high", number_or_null(total.high)}};
}

Json to_json(const app::CourseShown& course) {
  return {{"outcome", course.outcome},       {"area", course.area.empty() ? Json(nullptr) : Json(course.area)},
          {"baseline", course.baseline},     {"difference", course.difference},
          {"low", numbers_json(course.low)}, {"high", numbers_json(course.high)}};
}

Json to_json(const app::ComparisonPeriod& period) {
  return {{"from", base::to_string(period.from)}, {"days", period.days}};
}

Json to_json(const app::ModelEnsemble& ensemble) {
  return {{"members", ensemble.members}, {"parameters", ensemble.parameters}};
}

Json to_json(const app::RivalShown& rival);  // Below: it holds a list itself.

template <class T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

Json to_json(const app::RivalShown& rival) {
  return {{"parameter", rival.parameter}, {"figure", rival.figure},   {"unit", rival.unit},
          {"source", rival.source},       {"members", rival.members}, {"totals", list_of(rival.totals)}};
}

}  // namespace

std::string json_of(const app::ModelShown& model) {
  return dump({{"world", model.world},
               {"title", model.title},
               {"starts", base::to_string(model.starts)},
               {"worlds", list_of(model.worlds)},
               {"areas", list_of(model.areas)},
               {"levers", list_of(model.levers)},
               {"strikes", list_of(model.strikes)},
               {"parameters", list_of(model.parameters)},
               {"ensemble", to_json(model.ensemble)},
               {"outcomes", list_of(model.outcomes)},
               {"assumptions", model.assumptions},
               {"cannot_tell", model.cannot_tell},
               {"bounds", to_json(model.bounds)}});
}

std::string json_of_description(const std::string& markdown) {
  return dump({{"text", markdown}});
}

std::string json_of(const app::ScenarioShown& scenario) {
  return dump(
      {{"name", scenario.name}, {"changes", list_of(scenario.changes)}, {"strikes", list_of(scenario.strikes)}});
}

std::string json_of(const app::ComparisonShown& comparison) {
  return dump({{"name", comparison.name},
               {"world", comparison.asked.world},
               {"starts", base::to_string(comparison.starts)},
               {"days", comparison.asked.days},
               {"seed", std::to_string(comparison.asked.seed)},
               {"over", comparison.asked.over == app::Over::ensemble ? "ensemble" : "one"},
               {"members", comparison.members},
               {"replicates", comparison.replicates},
               {"limits", comparison.limits},
               {"limits_words", comparison.limits_words},
               {"every", comparison.asked.every},
               {"scenario", comparison.asked.scenario},
               {"parameters", comparison.asked.parameters},
               {"acted_on", comparison.acted_on},
               {"periods", list_of(comparison.periods)},
               {"totals", list_of(comparison.totals)},
               {"courses", list_of(comparison.courses)},
               {"areas", list_of(comparison.areas)},
               {"area_totals", list_of(comparison.area_totals)},
               {"rivals", list_of(comparison.rivals)},
               {"changed", list_of(comparison.changed)}});
}

}  // namespace throughline::serve

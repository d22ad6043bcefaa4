#include "evidence/baskets/basket.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/text.h"
#include "base/toml_reader.h"
#include "evidence/baskets/basket_texts.h"
#include "evidence/model.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

namespace {

using base::Error;
using base::Result;
using base::TomlReader;

std::string meant(std::string_view name, const std::vector<std::string>& known) {
  const auto nearest = base::nearest_name(name, known);
  return fmt::format("{}They are: {}", nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "",
                     fmt::join(known, ", "));
}

Result<Panel> panel_in(TomlReader& reader) {
  const std::string name = TRY(reader.needed_text("panel"));
  std::vector<std::string> known;
  for (const Panel panel : k_panels) {
    if (name == name_of(panel)) return panel;
    known.emplace_back(name_of(panel));
  }
  return reader.bad("panel", "panel_unknown", fmt::format("There is no panel “{}”", name), meant(name, known));
}

Result<void> check_measure(const TomlReader& reader, const Indicator& indicator) {
  if (indicator.measure.empty() || find_measure(indicator.measure) != nullptr) return {};
  std::vector<std::string> known;
  for (const Measure& measure : measures()) known.emplace_back(measure.name);
  return reader.bad("measure", "measure_unknown", fmt::format("There is no measure “{}”", indicator.measure),
                    meant(indicator.measure, known));
}

Result<void> check_series(const TomlReader& reader, const Indicator& indicator) {
  for (const std::string& name : indicator.series) {
    const SeriesCard* card = built_in_catalogue().find(name);
    if (card == nullptr) {
      std::vector<std::string> known;
      for (const SeriesCard& each : built_in_catalogue().cards) known.push_back(each.name);
      return reader.bad("series", "series_unknown", fmt::format("There is no series “{}”", name), meant(name, known));
    }
    if (std::ranges::find(card->lines, indicator.line, &SeriesLine::name) != card->lines.end()) continue;
    std::vector<std::string> known;
    for (const SeriesLine& line : card->lines) known.push_back(line.name);
    return reader.bad("line", "line_unknown", fmt::format("{} has no line “{}”", name, indicator.line),
                      meant(indicator.line, known));
  }
  return {};
}

Result<void> check_source(const TomlReader& reader, const Indicator& indicator) {
  const int sources = (indicator.measure.empty() ? 0 : 1) + (indicator.series.empty() ? 0 : 1) +
                      (indicator.records.empty() ? 0 : 1) + (indicator.absent.empty() ? 0 : 1);
  if (sources != 1) {
    return reader.bad("id", "source_not_one",
                      fmt::format("Indicator “{}” names {} sources", indicator.id, sources == 0 ? "no" : "several"),
                      "Give it one of measure, series, records and absent");
  }
  const bool is_sourced =
      !indicator.unit_cost_source.empty() && indicator.unit_cost_year > 0 && !indicator.measure.empty();
  if (indicator.unit_cost_pounds.has_value() && !is_sourced) {
    return reader.bad("unit_cost_pounds", "cost_without_source",
                      "A unit cost has no source, no price year, or no measure to cost",
                      "Name unit_cost_source and unit_cost_year, on an indicator of a measure");
  }
  TRY(check_measure(reader, indicator));
  return check_series(reader, indicator);
}

Result<Indicator> indicator_of(const base::TomlNode& table, const std::string& file) {
  TomlReader reader(table, file);
  Indicator indicator;
  indicator.line_in_file = table.line;
  indicator.id = TRY(reader.needed_text("id"));
  indicator.title = TRY(reader.needed_text("title"));
  indicator.panel = TRY(panel_in(reader));
  indicator.measure = TRY(reader.text("measure"));
  indicator.category = TRY(reader.text("category"));
  indicator.series = TRY(reader.texts("series"));
  indicator.line = TRY(reader.text("line"));
  indicator.records = TRY(reader.text("records"));
  indicator.absent = TRY(reader.text("absent"));
  indicator.beside = TRY(reader.text("beside"));
  indicator.incentive = TRY(reader.text("incentive"));
  indicator.unit_cost_pounds = TRY(reader.number("unit_cost_pounds", 1, 1e9));
  indicator.unit_cost_year = TRY(reader.whole("unit_cost_year", 1900, 2100)).value_or(0);
  indicator.unit_cost_source = TRY(reader.text("unit_cost_source"));
  if (indicator.id != slug_of(indicator.id)) {
    return reader.bad("id", "value_malformed", fmt::format("“{}” is no id", indicator.id),
                      "Write lower-case letters, digits and single hyphens");
  }
  TRY(check_source(reader, indicator));
  TRY(reader.finish());
  return indicator;
}

struct Said {
  std::string code;
  std::string what;
  std::string remedy;
};

Error error_at(const Indicator& indicator, const std::string& file, Said said) {
  return {base::ErrorKind::bad_command, std::move(said.code), std::move(said.what),
          fmt::format("{} line {}", file, indicator.line_in_file), std::move(said.remedy)};
}

// One beside the indicator must say something of its own. Nothing where it does.
std::optional<Said> fault_beside(const Indicator& indicator, const std::vector<Indicator>& all) {
  const auto found = std::ranges::find(all, indicator.beside, &Indicator::id);
  if (found == all.end()) {
    std::vector<std::string> known;
    for (const Indicator& each : all) known.push_back(each.id);
    return Said{"beside_unknown", fmt::format("There is no indicator “{}”", indicator.beside),
                meant(indicator.beside, known)};
  }
  if (!is_police_activity(*found) && found->id != indicator.id) return std::nullopt;
  return Said{"beside_not_independent",
              fmt::format("“{}” says nothing of its own beside “{}”: it is that, or the police's own activity",
                          found->id, indicator.id),
              "Name an indicator that does not come from the police"};
}

// Names may be of `others` as well.
Result<void> check_beside(const std::vector<Indicator>& indicators, const std::vector<Indicator>& others,
                          const std::string& file) {
  std::vector<Indicator> all = others;
  all.insert(all.end(), indicators.begin(), indicators.end());
  for (const Indicator& indicator : indicators) {
    if (indicator.beside.empty()) continue;
    if (auto fault = fault_beside(indicator, all)) return error_at(indicator, file, *std::move(fault));
  }
  return {};
}

Result<void> check_once(const std::vector<Indicator>& indicators, const std::string& file) {
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const auto first = std::ranges::find(indicators, indicators[i].id, &Indicator::id);
    if (static_cast<std::size_t>(first - indicators.begin()) == i) continue;
    return error_at(indicators[i], file,
                    {"indicator_twice", fmt::format("There are two indicators “{}”", indicators[i].id),
                     "Give each an id of its own"});
  }
  return {};
}

// Costs in the prices of unlike years do not add up.
Result<void> check_price_years(const std::vector<Indicator>& indicators, const std::string& file) {
  std::int64_t year = 0;
  for (const Indicator& each : indicators) {
    if (!each.unit_cost_pounds) continue;
    if (year != 0 && each.unit_cost_year != year) {
      return error_at(
          each, file,
          {"price_years_mixed",
           fmt::format("A cost is in the prices of {}, and another in those of {}", each.unit_cost_year, year),
           "Bring it to the prices of the central basket's year"});
    }
    year = each.unit_cost_year;
  }
  return {};
}

}  // namespace

std::string_view name_of(Panel panel) {
  switch (panel) {
    case Panel::supply: return "supply";
    case Panel::demand: return "demand";
    case Panel::enforcement: return "enforcement";
    case Panel::violence: return "violence";
    case Panel::exploitation: return "exploitation";
  }
  CHECK(false && "a panel without a name");
}

const Indicator* Basket::find(std::string_view id) const {
  const auto found = std::ranges::find(indicators, id, &Indicator::id);
  return found == indicators.end() ? nullptr : &*found;
}

bool is_police_activity(const Indicator& indicator) {
  if (!indicator.records.empty()) return true;
  if (const Measure* measure = find_measure(indicator.measure)) return measure->is_police_activity;
  return std::ranges::any_of(indicator.series, [](const std::string& name) {
    const SeriesCard* card = built_in_catalogue().find(name);
    return card != nullptr && card->caveats.has(Caveat::police_activity);
  });
}

Result<std::vector<Indicator>> read_indicators(const base::TomlNode& root, const std::string& file) {
  TomlReader reader(root, file);
  std::vector<Indicator> indicators;
  for (const base::TomlNode* table : TRY(reader.tables("indicator"))) {
    indicators.push_back(TRY(indicator_of(*table, file)));
  }
  TRY(check_once(indicators, file));
  return indicators;
}

Result<Basket> read_basket(std::string_view text, const std::string& file) {
  const base::TomlNode root = TRY(base::read_toml(text, file));
  TomlReader reader(root, file);
  Basket basket;
  basket.name = TRY(reader.needed_text("name"));
  basket.version = TRY(reader.needed_text("version"));
  static_cast<void>(TRY(reader.tables("indicator")));
  TRY(reader.finish());
  basket.indicators = TRY(read_indicators(root, file));
  return basket;
}

Result<Basket> with_local(const Basket& central, const Basket& local, const std::string& file) {
  TRY(check_beside(local.indicators, central.indicators, file));
  Basket both = central;
  both.name = fmt::format("{} and {}", central.name, local.name);
  both.version = fmt::format("{} and {}", central.version, local.version);
  both.indicators.insert(both.indicators.end(), local.indicators.begin(), local.indicators.end());
  TRY(check_once(both.indicators, file));
  TRY(check_price_years(both.indicators, file));
  return both;
}

const Basket& central_basket() {
  static const Basket k_basket = [] {
    const std::vector<BasketText> texts = basket_texts();
    const auto central = std::ranges::find(texts, k_central_file, &BasketText::file);
    CHECK(central != texts.end());
    return read_basket(central->text, std::string(k_central_file)).value();
  }();
  return k_basket;
}

}  // namespace throughline::evidence

#include "app/severity_input.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/small_table.h"
#include "app/table_columns.h"
#include "base/number.h"
#include "base/text.h"

namespace throughline::app {

using base::Result;

namespace {

Result<std::vector<evidence::OffenceWeight>> read_weights(const std::string& path) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(rows, {"offence", "severity_weight", "custody_days", "proactive"}, {"source"}));
  std::vector<evidence::OffenceWeight> weights;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    evidence::OffenceWeight& weight = weights.emplace_back();
    weight.offence = TRY(columns.name(row, "offence"));
    weight.severity = TRY(columns.number_or_blank(row, "severity_weight"));
    weight.custody_days = TRY(columns.number_or_blank(row, "custody_days"));
    const std::string proactive = columns.text(row, "proactive");
    weight.is_proactive = proactive == "1";
    const bool is_twice = std::ranges::count(weights, weight.offence, &evidence::OffenceWeight::offence) > 1;
    const bool is_bad = weight.severity.value_or(0) < 0 || weight.custody_days.value_or(0) < 0;
    if (!is_twice && !is_bad && (proactive == "0" || proactive == "1")) continue;
    return bad_command(
        "weight_malformed",
        "A row of weights is not an offence of its own, weights from 0 up or blank, and 0 or 1 for proactive",
        rows.place(row), "Leave a weight blank where the offence has none");
  }
  return weights;
}

}  // namespace

Result<SeverityInput> read_severity(const std::string& offences, const std::string& weights) {
  SeverityInput input{.weights = TRY(read_weights(weights)), .periods = {}, .counts = {}};
  const SmallTable rows = TRY(read_small_table(offences));
  const TableColumns columns = TRY(TableColumns::of(rows, {"offence", "period", "count"}));
  std::vector<std::string> names;
  for (const evidence::OffenceWeight& weight : input.weights) names.push_back(weight.offence);
  for (std::size_t row = 0; row < rows.rows.size(); ++row) add_name(input.periods, columns.text(row, "period"));
  std::ranges::sort(input.periods);
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::string offence = TRY(columns.name(row, "offence"));
    const std::optional<std::int64_t> count = base::parse_integer(columns.text(row, "count"));
    if (!count.has_value() || *count < 0) {
      return bad_command("count_not_whole", "The count is not a whole number from 0 up", rows.place(row),
                         "Write the number of offences, without signs or separators");
    }
    const std::size_t at = name_place(names, offence);
    if (at == names.size()) {
      const auto nearest = base::nearest_name(offence, names);
      return bad_command(
          "offence_unknown", fmt::format("The offence {} has no row of weights", offence), rows.place(row),
          nearest ? fmt::format("Did you mean {}?", *nearest) : "Add it to the weights, with blanks where it has none");
    }
    const std::string period = TRY(columns.name(row, "period"));
    input.counts.push_back({.offence = at, .period = name_place(input.periods, period), .count = *count});
  }
  return input;
}

Result<PublishedScores> read_published(const std::string& path, const std::string& area) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(rows, {"offence_group", "name", "year_ending", "severity_score"}, {"code", "year"}));
  PublishedScores published;
  std::vector<PublishedScore>& scores = published.scores;
  std::vector<std::string>& areas = published.areas;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::string name = TRY(columns.name(row, "name"));
    add_name(areas, name);
    if (base::fold(name) != base::fold(area)) continue;
    scores.push_back({.year_ending = TRY(columns.name(row, "year_ending")),
                      .offence_group = TRY(columns.name(row, "offence_group")),
                      .score = TRY(columns.number(row, "severity_score"))});
  }
  std::ranges::stable_sort(scores, {}, &PublishedScore::year_ending);
  if (!scores.empty()) return published;
  const auto nearest = base::nearest_name(area, areas);
  return bad_command(
      "area_unknown", fmt::format("There is no area {} among the published scores", area), path,
      nearest ? fmt::format("Did you mean {}?", *nearest) : fmt::format("The areas are: {}", fmt::join(areas, ", ")));
}

}  // namespace throughline::app

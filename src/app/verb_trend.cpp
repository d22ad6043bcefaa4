#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/small_table.h"
#include "app/trend_report.h"
#include "app/trend_verb.h"
#include "base/parallel.h"

namespace throughline::app {

namespace {

using base::Result;

// The period in which the first whole year of the line ends; the first a year can end in where none is whole.
std::size_t first_whole_year(const TrendInput& input, const TrendLine& line) {
  const std::size_t year = input.is_monthly() ? 12 : 1;
  std::size_t run = 0;
  for (std::size_t i = 0; i < line.line.counts.size(); ++i) {
    run = line.line.counts[i] ? run + 1 : 0;
    if (run >= year) return i;
  }
  return std::min(year, input.periods) - 1;
}

Result<void> add_line(Report& report, const TrendInput& input, const TrendRequest& request,
                      const std::vector<evidence::DeclaredBreak>& declared) {
  const TrendLine& line = input.lines.front();
  std::size_t base = first_whole_year(input, line);
  if (!request.base.empty()) base = TRY(input.period_named(request.base, "--base"));
  report.sections.push_back(line_section(input, line, base));
  report.sections.push_back(breaks_section(input, line, request, declared));
  return {};
}

Result<void> write_output(Report& report, const TrendRequest& request) {
  if (request.output.empty()) return {};
  const Section& of =
      report.sections.size() > 1 && report.sections[1].name == "line" ? report.sections[1] : report.sections.front();
  TRY(write_small_table(request.output, of.tables.front()));
  report.sections.front().notes.push_back("Written: " + request.output + ".");
  return {};
}

}  // namespace

Answer trend(const Outside& outside, const Settings& settings, const TrendRequest& request) {
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  Report report{.verb = "trend", .sections = {}};
  if (!request.standard.empty()) {
    report.sections.push_back(TRY(standardised_section(request)));
    TRY(write_output(report, request));
    return report;
  }
  if (request.is_list) {
    report.sections.push_back(lines_section());
    return report;
  }
  if (request.similar.empty() && !request.traits.empty()) {
    return bad_command("similar_missing", "Traits are given, and no area whose likes are wanted", "--similar",
                       "Name the area, or leave out the traits");
  }
  TrendInput input = TRY(trend_input(outside, settings, request));
  const bool is_held = request.is_by_place || request.is_ranked || !request.similar.empty();
  if (is_held && request.to.empty()) leave_out_incomplete(input);
  const auto declared = TRY(declared_breaks(request));
  TRY(outside.interrupt.poll());
  report.sections.push_back(changes_section(input, request, declared));
  if (input.lines.size() == 1) {
    TRY(add_line(report, input, request, declared));
  } else {
    report.sections.front().notes.emplace_back(
        "One line alone (--area, --category) is shown period by period, with its index and its breaks.");
  }
  if (request.is_by_place) {
    for (Section& section : TRY(places_sections(input))) report.sections.push_back(std::move(section));
  }
  if (request.is_ranked) report.sections.push_back(TRY(funnel_section(input)));
  if (!request.similar.empty()) report.sections.push_back(TRY(similar_section(input, request)));
  TRY(write_output(report, request));
  return report;
}

}  // namespace throughline::app

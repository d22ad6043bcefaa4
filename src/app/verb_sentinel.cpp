// throughline sentinel: finds the classes, the part and the whole, reckons both readings, and shows them.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/carried_tables.h"
#include "app/count_cell.h"
#include "app/sentinel_report.h"
#include "app/small_table.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::RecordedSeries;

// Whether the folded category has one of the words, and none of the others.
struct KnownWords {
  std::vector<std::string> any;
  std::vector<std::string> none;
};

bool has_words(const std::string& category, const KnownWords& words) {
  const std::string folded = base::fold(category);
  const auto is_in = [&](const std::string& word) { return folded.find(word) != std::string::npos; };
  return std::ranges::any_of(words.any, is_in) && std::ranges::none_of(words.none, is_in);
}

std::vector<RecordedSeries> all_series(const RecordedInput& input) {
  std::vector<RecordedSeries> all = input.table.series;
  all.insert(all.end(), input.derived.begin(), input.derived.end());
  return all;
}

// The series of that name, or, where none is named, the only one with the words. Nothing where it cannot be known.
Result<std::optional<RecordedSeries>> series_for(const RecordedInput& input, const std::string& name,
                                                 const std::string& option, const KnownWords& words) {
  std::optional<RecordedSeries> found;
  std::vector<std::string> names;
  bool is_twice = false;
  for (const RecordedSeries& each : all_series(input)) {
    names.push_back(each.category);
    const bool is_it = name.empty() ? has_words(each.category, words) : base::fold(each.category) == base::fold(name);
    is_twice = is_twice || (is_it && found.has_value());
    if (is_it) found = each;
  }
  if (name.empty()) return is_twice ? std::optional<RecordedSeries>() : found;
  if (found) return found;
  const auto nearest = base::nearest_name(name, names);
  return bad_command("category_unknown", fmt::format("There is no category '{}'", name), option,
                     (nearest ? fmt::format("Did you mean '{}'? ", *nearest) : std::string()) +
                         fmt::format("They are: {}", first_names(names)));
}

Result<std::optional<WatchedPair>> classes_in(const RecordedInput& input, const SentinelRequest& request) {
  const auto first = TRY(series_for(input, request.possession, "--possession",
                                    {.any = {"possession of drugs", "drug possession", "drugs possession",
                                             "possession of a drug", "possession of controlled drugs"},
                                     .none = {"warning"}}));
  const auto second =
      TRY(series_for(input, request.trafficking, "--trafficking", {.any = {"trafficking", "drug supply"}, .none = {}}));
  if (!first || !second || first->category == second->category) return std::optional<WatchedPair>();
  return std::optional(WatchedPair{.first = *first, .second = *second});
}

Result<std::optional<WatchedPair>> parts_in(const RecordedInput& input, const SentinelRequest& request) {
  const bool has_derived = !input.derived.empty() && request.part.empty() && request.whole.empty();
  if (has_derived) {
    return std::optional(WatchedPair{.first = input.derived.front(), .second = input.derived.back()});
  }
  const auto part =
      TRY(series_for(input, request.part, "--part", {.any = {"cannabis disposals", "cannabis warning"}, .none = {}}));
  const auto whole = TRY(series_for(input, request.whole, "--whole", {.any = {"detections"}, .none = {"cannabis"}}));
  if (!part || !whole || part->category == whole->category) return std::optional<WatchedPair>();
  return std::optional(WatchedPair{.first = *part, .second = *whole});
}

// REQUIRES: counts of `part` and `whole` are of one table. Periods of which either is missing are left out, and
// so are those in which the part is the larger, which are named.
WatchedCourse course_for(const std::vector<std::optional<std::int64_t>>& part,
                         const std::vector<std::optional<std::int64_t>>& whole, const SentinelRequest& request) {
  WatchedCourse watched;
  evidence::ShareSeries shares;
  for (std::size_t period = 0; period < part.size(); ++period) {
    if (!part[period] || !whole[period]) continue;
    if (*part[period] > *whole[period]) {
      watched.too_large.push_back(period);
      continue;
    }
    shares.part.push_back(*part[period]);
    shares.whole.push_back(*whole[period]);
    watched.periods.push_back(period);
  }
  watched.course = evidence::course_of(shares, {.permutations = request.permutations, .seed = request.seed});
  return watched;
}

std::vector<std::optional<std::int64_t>> added(const RecordedSeries& one, const RecordedSeries& other) {
  std::vector<std::optional<std::int64_t>> sums;
  for (std::size_t period = 0; period < one.counts.size(); ++period) {
    std::optional<std::int64_t>& sum = sums.emplace_back();
    if (one.counts[period] && other.counts[period]) sum = *one.counts[period] + *other.counts[period];
  }
  return sums;
}

// What the categories of a table are to one another: codes whose mix is watched, unless some are parts of others.
Result<SentinelFindings> found_in(const RecordedInput& input, const SentinelRequest& request) {
  SentinelFindings findings;
  findings.windows = TRY(choose_windows(input, request.before, request.after));
  findings.classes = TRY(classes_in(input, request));
  findings.parts = TRY(parts_in(input, request));
  if (findings.classes) {
    const auto& [first, second] = *findings.classes;
    findings.moved = evidence::moved_between(input.table, first, second, findings.windows);
    findings.moved_course = course_for(second.counts, added(first, second), request);
  }
  if (findings.parts) {
    const auto& [part, whole] = *findings.parts;
    findings.bolstered = evidence::bolstered_by(input.table, part, whole, findings.windows);
    findings.bolstered_course = course_for(part.counts, whole.counts, request);
  }
  const bool are_codes = !findings.parts || !input.derived.empty();
  if (are_codes && input.table.series.size() > 2) {
    findings.drift =
        evidence::code_drift(input.table, findings.windows, {.draws = request.permutations, .seed = request.seed});
  }
  if (findings.classes || findings.parts || findings.drift) return findings;
  return bad_command("nothing_to_watch",
                     "No two classes, no part with its whole and no set of codes can be told from the categories",
                     "--possession, --trafficking, --part, --whole",
                     "Name two categories that offences can move between, or a part and its whole");
}

// Options that would be passed over are refused.
Result<void> check_sentinel_options(const SentinelRequest& request) {
  const bool is_of_workspace = !request.of.empty() || !request.from.empty() || !request.to.empty();
  if (request.input.empty() || !is_of_workspace) return {};
  return bad_command("option_for_workspace",
                     "--of, --from and --to choose series of a workspace, and a table was given", "--of, --from, --to",
                     "Leave them out, or leave out --input; windows are --before and --after");
}

}  // namespace

Answer sentinel(const Outside& outside, const Settings& settings, const SentinelRequest& request) {
  TRY(check_sentinel_options(request));
  const RecordedInput input = request.input.empty() ? TRY(recorded_in_workspace(outside, settings, request))
                                                    : TRY(read_recorded(request.input, request.area));
  TRY(outside.interrupt.poll());
  const SentinelFindings findings = TRY(found_in(input, request));
  Report report{.verb = "sentinel",
                .sections = sentinel_sections(input, findings),
                .outcome = has_pattern(findings) ? Outcome::done_with_findings : Outcome::done};
  add_carried_note(report.sections.front(), request.input);
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections.front().tables.front()));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app

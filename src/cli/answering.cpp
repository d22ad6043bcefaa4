#include "cli/answering.h"

#include <algorithm>
#include <array>

namespace throughline::cli {

HandedBack told(const base::Error& error, bool is_json) {
  return {.out = is_json ? render_error_json(error) : std::string(),
          .err = "throughline: " + error.message() + "\n",
          .code = static_cast<int>(error.kind)};
}

HandedBack answered(const Command& command, const app::Outside& outside, const TextOptions& options) {
  const app::Answer answer = command.run(outside, command.settings);
  outside.progress.end();
  if (!answer.ok()) return told(answer.error(), command.is_json);
  const app::Report& report = answer.value();
  return {.out = command.is_json ? render_json(report) : render_text(report, options),
          .err = {},
          .code = report.outcome == app::Outcome::done ? 0 : 1};
}

HandedBack answered_for(const HandedOver& given, const app::Outside& outside, const Tell& tell) {
  base::Result<Command> parsed = parse_arguments(given.arguments, given.folder);
  const bool is_json = std::ranges::find(given.arguments, "--json") != given.arguments.end();
  if (!parsed.ok()) return told(parsed.error(), is_json);
  Command command = std::move(parsed).value();
  if (!command.early_output.empty()) return {.out = command.early_output, .err = {}, .code = 0};
  command.settings.login = given.login;
  command.settings.program = given.called_as;
  const base::ProgressOptions options{.style = command.is_quiet ? base::ProgressStyle::none : given.progress_style,
                                      .width = given.progress_width};
  base::Progress progress(options, outside.clock, tell);
  const app::Outside there{outside.clock, outside.entropy, progress, outside.interrupt, outside.host};
  return answered(command, there, {.width = given.width, .is_colour = given.is_colour});
}

bool may_be_handed_over(const Command& command) {
  constexpr std::array<std::string_view, 11> k_own{"init",     "restore", "mappings", "claim", "index", "activity",
                                                   "simulate", "define",  "gap",      "lag",   "serve"};
  return std::ranges::find(k_own, command.verb) == k_own.end() && command.fault_point.empty();
}

}  // namespace throughline::cli

// The program: arguments in, one answer out, an exit code that says which kind it was.

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/version.h"
#include "cli/arguments.h"
#include "cli/render.h"

namespace throughline::cli {

namespace {

constexpr int k_width_default = 100;
constexpr int k_width_max = 140;  // Longer lines are hard to read, however wide the window.

base::Interrupt& stop_wish() {
  static base::Interrupt interrupt;
  return interrupt;
}

// The first signal asks; a second one ends the process as signals do, which the batch protocol survives.
void on_signal(int signal_number) {
  stop_wish().request();
  std::signal(signal_number, SIG_DFL);
}

void install_signals() {
  stop_wish();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // A limit on the size of files is then an error like a full disk.
}

int terminal_width(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return k_width_default;
  return size.ws_col < k_width_max ? size.ws_col : k_width_max;
}

// Who the operating system says is at the keyboard: the effective user, not a variable that anyone can set.
std::string login_name() {
  const passwd* entry = getpwuid(geteuid());
  return entry == nullptr ? "user-" + std::to_string(geteuid()) : std::string(entry->pw_name);
}

void write_out(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

int report_error(const base::Error& error, bool is_json) {
  if (is_json) write_out(stdout, render_error_json(error));
  write_out(stderr, "throughline: " + error.message() + "\n");
  return static_cast<int>(error.kind);
}

base::ProgressOptions progress_options(bool is_quiet) {
  if (is_quiet) return {.style = base::ProgressStyle::none};
  if (isatty(STDERR_FILENO) == 0) return {.style = base::ProgressStyle::lines};
  return {.style = base::ProgressStyle::bar, .width = terminal_width(STDERR_FILENO)};
}

// `called_as`: the program as it was typed, for commands that are shown.
int run(Command command, const std::string& called_as) {
  app::SystemClock clock;
  app::SystemEntropy entropy;
  base::Progress progress(progress_options(command.is_quiet), clock,
                          [](std::string_view part) { write_out(stderr, part); });
  command.settings.login = login_name();
  command.settings.program = called_as;
  app::arm_fault_point(command.fault_point);
  const app::Outside outside{clock, entropy, progress, stop_wish()};
  const app::Answer answer = command.run(outside, command.settings);
  progress.end();
  if (!answer.ok()) return report_error(answer.error(), command.is_json);
  const app::Report& report = answer.value();
  const TextOptions options{.width = terminal_width(STDOUT_FILENO), .is_colour = isatty(STDOUT_FILENO) != 0};
  write_out(stdout, command.is_json ? render_json(report) : render_text(report, options));
  return report.outcome == app::Outcome::done ? 0 : 1;
}

int start(const std::string& called_as, const std::vector<std::string>& arguments) {
  if (arguments.size() == 1 && arguments.front() == "--version") {
    write_out(stdout, app::version_text());
    return 0;
  }
  base::Result<Command> command = parse_arguments(arguments);
  const bool is_json = std::ranges::find(arguments, "--json") != arguments.end();
  if (!command.ok()) return report_error(command.error(), is_json);
  if (!command.value().early_output.empty()) {
    write_out(stdout, command.value().early_output);
    return 0;
  }
  return run(std::move(command).value(), called_as);
}

}  // namespace

}  // namespace throughline::cli

int main(int count, char** values) {
  throughline::cli::install_signals();
  const std::string called_as = count > 0 ? values[0] : "throughline";
  return throughline::cli::start(called_as, std::vector<std::string>(values + (count > 0 ? 1 : 0), values + count));
}

// The program: arguments in, one answer out, an exit code that says which kind it was.

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/version.h"
#include "cli/answering.h"
#include "cli/arguments.h"
#include "cli/private_socket.h"

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

int print(const HandedBack& answer) {
  write_out(stdout, answer.out);
  write_out(stderr, answer.err);
  return answer.code;
}

base::ProgressOptions progress_options(bool is_quiet) {
  if (is_quiet) return {.style = base::ProgressStyle::none};
  if (isatty(STDERR_FILENO) == 0) return {.style = base::ProgressStyle::lines};
  return {.style = base::ProgressStyle::bar, .width = terminal_width(STDERR_FILENO)};
}

std::string current_folder() {
  std::error_code failure;
  return std::filesystem::current_path(failure).string();
}

// A command as it was typed, and the program as it was called, for commands that are shown.
struct Typing {
  std::string called_as;
  std::vector<std::string> arguments;
};

// The answer of the server that holds the workspace, where there is one.
base::Result<std::optional<HandedBack>> asked_of_server(const Command& command, const Typing& typing) {
  if (!may_be_handed_over(command)) return std::optional<HandedBack>();
  const base::ProgressOptions progress = progress_options(command.is_quiet);
  return hand_over(command.settings.workspace,
                   {.arguments = typing.arguments,
                    .called_as = typing.called_as,
                    .folder = current_folder(),
                    .login = {},
                    .progress_style = progress.style,
                    .progress_width = progress.width,
                    .width = terminal_width(STDOUT_FILENO),
                    .is_colour = isatty(STDOUT_FILENO) != 0},
                   stop_wish(), [](std::string_view part) { write_out(stderr, part); });
}

int run(Command command, const Typing& typing) {
  const auto elsewhere = asked_of_server(command, typing);
  if (!elsewhere.ok()) return print(told(elsewhere.error(), command.is_json));
  if (elsewhere.value()) return print(*elsewhere.value());
  app::SystemClock clock;
  app::SystemEntropy entropy;
  base::Progress progress(progress_options(command.is_quiet), clock,
                          [](std::string_view part) { write_out(stderr, part); });
  command.settings.login = login_name();
  command.settings.program = typing.called_as;
  app::arm_fault_point(command.fault_point);
  const app::Outside outside{clock, entropy, progress, stop_wish()};
  return print(
      answered(command, outside, {.width = terminal_width(STDOUT_FILENO), .is_colour = isatty(STDOUT_FILENO) != 0}));
}

int start(const Typing& typing) {
  if (typing.arguments.size() == 1 && typing.arguments.front() == "--version") {
    write_out(stdout, app::version_text());
    return 0;
  }
  base::Result<Command> command = parse_arguments(typing.arguments);
  const bool is_json = std::ranges::find(typing.arguments, "--json") != typing.arguments.end();
  if (!command.ok()) return print(told(command.error(), is_json));
  if (!command.value().early_output.empty()) {
    write_out(stdout, command.value().early_output);
    return 0;
  }
  return run(std::move(command).value(), typing);
}

}  // namespace

}  // namespace throughline::cli

int main(int count, char** values) {
  throughline::cli::install_signals();
  return throughline::cli::start({.called_as = count > 0 ? values[0] : "throughline",
                                  .arguments = std::vector<std::string>(values + (count > 0 ? 1 : 0), values + count)});
}

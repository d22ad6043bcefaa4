#include <algorithm>

#include "base/text.h"
#include "cli/arguments_errors_internal.h"

namespace throughline::cli {

base::Error bad_command(std::string what, std::string where, std::string remedy) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "bad_command",
          .what = std::move(what),
          .where = std::move(where),
          .remedy = std::move(remedy)};
}

namespace {

std::string help_for(const CLI::App& parser) {
  return "See throughline " + (parser.get_parent() == nullptr ? "" : parser.get_name() + " ") + "--help";
}

// An option that neither the program nor the verb has, with the nearest one that exists.
base::Error unknown_option(const CLI::App& parser, const std::string& typed_option) {
  std::vector<std::string> names;
  for (const CLI::Option* option : parser.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const auto nearest = base::nearest_name(typed_option, names);
  const std::string help = help_for(parser);
  return bad_command("'" + typed_option + "' is not an option of '" + parser.get_name() + "'", "",
                     nearest ? "Did you mean '" + *nearest + "'? " + help : help);
}

}  // namespace

base::Result<void> check_first(const CLI::App& root, const std::vector<std::string>& arguments,
                               const std::vector<std::string>& names) {
  if (arguments.empty()) return {};
  if (arguments.front().starts_with("-")) {
    if (root.get_option_no_throw(arguments.front()) != nullptr) return {};
    return unknown_option(root, arguments.front());
  }
  if (std::ranges::find(names, arguments.front()) != names.end()) return {};
  const auto nearest = base::nearest_name(arguments.front(), names);
  const std::string remedy = nearest ? "Did you mean '" + *nearest + "'?" : "See throughline --help";
  return bad_command("'" + arguments.front() + "' is not a verb of throughline", "", remedy);
}

base::Error explain(const CLI::ParseError& error, const CLI::App& parser, const std::vector<std::string>& extras) {
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  const std::string help = help_for(parser);
  if (kind == CLI::ExitCodes::ExtrasError && !extras.empty()) {
    const std::string& first = extras.front();
    if (first.starts_with("-")) return unknown_option(parser, first);
    return bad_command("'" + first + "' is one word too many for '" + parser.get_name() + "'", "", help);
  }
  if (kind == CLI::ExitCodes::RequiredError && parser.get_parent() == nullptr) {
    return bad_command("No verb is given", "", help);
  }
  std::string what = error.what();
  if (kind == CLI::ExitCodes::ConversionError) {
    return bad_command("This is no whole number: " + what.substr(what.find(':') + 2), "", help);
  }
  if (kind == CLI::ExitCodes::ArgumentMismatch && what.ends_with("missing")) {
    return bad_command("'" + what.substr(0, what.find(':')) + "' is given without its value", "", help);
  }
  if (!what.empty() && what.back() == '.') what.pop_back();
  return bad_command(what, parser.get_parent() == nullptr ? "" : "throughline " + parser.get_name(), help);
}

}  // namespace throughline::cli

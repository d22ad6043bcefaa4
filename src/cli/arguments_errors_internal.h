// What is said of a command line that cannot be understood.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace throughline::cli {

[[nodiscard]] base::Error bad_command(std::string what, std::string where, std::string remedy);

// A first word that is no verb and no option of the program: said before CLI11 sees it, with the nearest one.
[[nodiscard]] base::Result<void> check_first(const CLI::App& root, const std::vector<std::string>& arguments,
                                             const std::vector<std::string>& names);

// What CLI11 says, in words of ours where they help more.
[[nodiscard]] base::Error explain(const CLI::ParseError& error, const CLI::App& parser,
                                  const std::vector<std::string>& extras);

}  // namespace throughline::cli

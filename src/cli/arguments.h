// The command line as typed → what is to be done. One verb a command, each with its help and an example.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/verbs.h"

namespace throughline::cli {

using Run = std::function<app::Answer(const app::Outside&, const app::Settings&)>;

struct Command {
  std::string verb;
  app::Settings settings;
  Run run;
  bool is_json = false;
  bool is_quiet = false;     // No progress.
  std::string fault_point;   // For storms: "name:count", dies there. See store/fault_points.h.
  std::string early_output;  // Help was asked for: print this and stop.
};

// Errors are bad commands that say what was typed, what was meant, and how to see the choices. With a folder, relative
// paths are taken to lie in it; without, they stay as they are.
[[nodiscard]] base::Result<Command> parse_arguments(const std::vector<std::string>& arguments,
                                                    const std::string& folder = {});

}  // namespace throughline::cli

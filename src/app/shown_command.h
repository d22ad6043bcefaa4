// Commands as they are shown: what a person can type as it stands, with the program and the workspace they use.
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"

namespace throughline::app {

// The words as a shell reads them back: quoted where a word holds anything but letters, digits and . , : / _ - @ =
[[nodiscard]] std::string shell_text(const std::vector<std::string>& words);

// The program, the words, and the workspace and keys where they are not the usual ones.
[[nodiscard]] std::string shown_command(const Settings& settings, std::vector<std::string> words);

}  // namespace throughline::app

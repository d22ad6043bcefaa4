// What is running: commit, compiler, libraries as they say themselves at run time.
#pragma once

#include <string>

namespace throughline::app {

// "throughline 0.1.0 (commit …)" and a line for each library.
[[nodiscard]] std::string version_text();

// The version and commit alone, as they are written into runs and backups.
[[nodiscard]] std::string program_version();

}  // namespace throughline::app

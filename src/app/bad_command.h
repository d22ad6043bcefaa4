// The error of a command that cannot be carried out as it was given.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace throughline::app {

[[nodiscard]] inline base::Error bad_command(std::string code, std::string what, std::string where,
                                             std::string remedy) {
  return {base::ErrorKind::bad_command, std::move(code), std::move(what), std::move(where), std::move(remedy)};
}

}  // namespace throughline::app

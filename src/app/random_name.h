// Names that nobody can guess, for what the server keeps for a person.
#pragma once

#include <string>

#include "base/clock.h"

namespace throughline::app {

// 96 random bits as 24 lower-case hexadecimal digits.
[[nodiscard]] std::string random_name(base::Entropy& entropy);

}  // namespace throughline::app

// A refusal as a problem document (RFC 9457): what happened, where, and what to do, under a code that never changes.
#pragma once

#include <string>

#include "base/result.h"
#include "serve/http.h"

namespace throughline::serve {

// The status by the error's code and kind: 400 for what was asked wrongly, 401 signed out, 403 refused, 404 where the
// thing named in the path is not there, 409 where the state of things forbids it, 413, 429, 500 damaged data, 503 a
// world that fails.
[[nodiscard]] int status_of(const base::Error& error, bool has_path_name = false);

[[nodiscard]] Response problem_of(int status, const base::Error& error);
[[nodiscard]] Response problem_of(const base::Error& error, bool has_path_name = false);

// A request that asks wrongly.
[[nodiscard]] base::Error asked_wrongly(std::string code, std::string what, std::string where, std::string remedy);

}  // namespace throughline::serve

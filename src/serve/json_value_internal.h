// What the writers of JSON share.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "app/report.h"
#include "base/result.h"

namespace throughline::serve {

using Json = nlohmann::ordered_json;

// Compact, always valid UTF-8.
[[nodiscard]] std::string dump(const Json& json);

[[nodiscard]] Json report_json(const app::Report& report);
// A problem document.
[[nodiscard]] Json problem_json(int status, const base::Error& error);

}  // namespace throughline::serve

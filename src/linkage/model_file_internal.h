// The model inside a document: a file of its own, or a certificate.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "linkage/mixture.h"

namespace throughline::linkage {

[[nodiscard]] nlohmann::json model_json(const Mixture& mixture, std::string_view program_version);
[[nodiscard]] base::Result<Mixture> model_of(const nlohmann::json& document);

}  // namespace throughline::linkage

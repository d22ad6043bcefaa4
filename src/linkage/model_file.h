// A learnt model as a file, so that what was learnt once can be used, compared and disclosed later.
// Format: docs/formats/linkage.md.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "linkage/mixture.h"

namespace throughline::linkage {

// Raised whenever a comparison or one of its levels comes, goes or changes its meaning.
inline constexpr int k_model_version = 1;

// JSON; every probability reads back as the same double.
[[nodiscard]] std::string model_text(const Mixture& mixture, std::string_view program_version);

// Errors: "json_unreadable", "format_unknown", "version_unknown", "json_field" where a field is missing or is no
// probability, "model_comparisons" where its comparisons or their levels are not those of this program.
[[nodiscard]] base::Result<Mixture> read_model(std::string_view text);

}  // namespace throughline::linkage

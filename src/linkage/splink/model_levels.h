// The comparisons of a model file. Only model_*.cpp include this.
#pragma once

#include "base/result.h"
#include "linkage/splink/json_tree.h"
#include "linkage/splink/model.h"

namespace throughline::linkage::splink {

// Reads one comparison with its levels, by the model's dialect; adds to the model's notes.
[[nodiscard]] base::Result<Comparison> read_comparison(const JsonNode& node, Model& model);

}  // namespace throughline::linkage::splink

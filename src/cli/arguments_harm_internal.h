// The verbs about how much harm there is, seen and unseen, and their options.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "app/harm_index.h"
#include "app/hidden_lists.h"
#include "cli/arguments_verb.h"

namespace throughline::cli {

// What their options write into.
struct HarmRequests {
  app::HiddenRequest hidden;
  app::IndexRequest index;
};

[[nodiscard]] std::vector<Verb> add_harm_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests);

}  // namespace throughline::cli

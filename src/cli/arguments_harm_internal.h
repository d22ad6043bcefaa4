// The verbs about how much harm there is, seen and unseen, and their options.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/harm_index.h"
#include "app/hidden_lists.h"
#include "cli/arguments.h"

namespace throughline::cli {

// What their options write into.
struct HarmRequests {
  app::HiddenRequest hidden;
  app::IndexRequest index;
};

struct HarmVerb {
  CLI::App* parser = nullptr;
  Run run;
};

// Makes a verb with the options that every verb takes, by its name and what it does.
using MakeVerb = std::function<CLI::App*(const std::string&, const std::string&)>;

[[nodiscard]] std::vector<HarmVerb> add_harm_verbs(const MakeVerb& add, const std::shared_ptr<HarmRequests>& requests);

}  // namespace throughline::cli

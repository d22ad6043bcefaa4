// The verbs of linkage and their options.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/link_files.h"
#include "app/linkage_verbs.h"
#include "cli/arguments.h"

namespace throughline::cli {

// What their options write into.
struct LinkageRequests {
  app::LinkFilesRequest files;
  app::LinkRequest link;
  app::ReviewRequest review;
  app::WhoRequest who;
  app::CohortRequest cohort;
};

struct LinkageVerb {
  CLI::App* parser = nullptr;
  Run run;
};

// Makes a verb with the options that every verb takes, by its name and what it does.
using AddVerb = std::function<CLI::App*(const std::string&, const std::string&)>;

[[nodiscard]] std::vector<LinkageVerb> add_linkage_verbs(const AddVerb& add,
                                                         const std::shared_ptr<LinkageRequests>& requests);

}  // namespace throughline::cli

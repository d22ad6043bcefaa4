// The verbs of linkage and their options.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "app/link_files.h"
#include "app/linkage_verbs.h"
#include "app/score_verb.h"
#include "cli/arguments_verb.h"

namespace throughline::cli {

// What their options write into.
struct LinkageRequests {
  app::LinkFilesRequest files;
  app::LinkRequest link;
  app::ReviewRequest review;
  app::WhoRequest who;
  app::CohortRequest cohort;
  app::ScoreRequest score;
};

[[nodiscard]] std::vector<Verb> add_linkage_verbs(const AddVerb& add, const std::shared_ptr<LinkageRequests>& requests);

// Of all that the verbs read and write. Among names only that of `link replay` is of a file.
void resolve_paths(LinkageRequests& requests, const ResolvePath& resolve);

}  // namespace throughline::cli

// A command carried out, and its answer as it is printed: here, or by the server that holds the workspace.
#pragma once

#include "app/outside.h"
#include "base/progress.h"
#include "cli/arguments.h"
#include "cli/private_socket.h"
#include "cli/render.h"

namespace throughline::cli {

// An error in words, and as JSON where that was asked for, with its exit code.
[[nodiscard]] HandedBack told(const base::Error& error, bool is_json);

// The settings say who acts and how the program was called.
[[nodiscard]] HandedBack answered(const Command& command, const app::Outside& outside, const TextOptions& options);

// What is done with a command that another process handed over to this server. The outside's progress is not used.
[[nodiscard]] HandedBack answered_for(const HandedOver& given, const app::Outside& outside, const Tell& tell);

// Whether a server that holds the workspace may carry the verb out; making, restoring and serving one are for a
// process of their own, and so is what needs none.
[[nodiscard]] bool may_be_handed_over(const Command& command);

}  // namespace throughline::cli

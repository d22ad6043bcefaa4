// A verb of the command line and what runs when it is typed.
#pragma once

#include <functional>
#include <string>

#include "cli/arguments.h"

namespace CLI {
class App;
}

namespace throughline::cli {

struct Verb {
  CLI::App* parser = nullptr;
  Run run;
};

// Makes a verb with the options that every verb takes, by its name and what it does.
using AddVerb = std::function<CLI::App*(const std::string&, const std::string&)>;

// Turns a path into the one that was meant where the command was typed.
using ResolvePath = std::function<void(std::string&)>;

}  // namespace throughline::cli

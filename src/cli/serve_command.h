// throughline serve: the pages and the API of one workspace, held open until it is told to stop.
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::cli {

inline constexpr int k_port_usual = 8321;

struct ServeRequest {
  std::string address = "127.0.0.1";
  int port = -1;                   // -1: the usual one, or any that is free where that is taken. 0: any that is free.
  std::vector<std::string> hosts;  // Names under which people reach it; the first is shown to them.
  std::string certificate;         // PEM files. Off loopback both are needed.
  std::string key;
  std::string agency_sign_in;  // A TOML file of agencies' own providers.
  std::string log;             // Where the program's own log goes. Empty: nowhere.
};

// Prints the address with a one-time link for the account that started it, then serves until an interrupt, and
// finishes what is being answered. What is printed goes to standard output at once.
[[nodiscard]] base::Result<app::Report> serve(const app::Outside& outside, const app::Settings& settings,
                                              const ServeRequest& request);

}  // namespace throughline::cli

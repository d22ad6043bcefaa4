// Asking another server something, by libcurl: with bounds on time and size, certificates checked, no redirect followed
// and no proxy or file of this machine's settings taken into account.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace throughline::app {

struct WebQuestion {
  std::string address;
  std::string ca_file = {};                                    // Certificates to trust; empty: those of the system.
  std::vector<std::pair<std::string, std::string>> form = {};  // Sent as a form by POST; without any: GET.
  std::string user = {};                                       // For HTTP's basic authentication; empty: none.
  std::string password = {};
};

struct WebAnswer {
  int status = 0;
  std::string body;
};

// Up to 10 s and 1 MiB. Error "web_unreachable" (world) names the address and what went wrong, never what was sent.
[[nodiscard]] base::Result<WebAnswer> ask_web(const WebQuestion& question);

// Whether an address may be asked at all: https with a host, or http to this machine itself; no user, no fragment.
[[nodiscard]] bool is_safe_address(const std::string& address);

// Percent-encoded for a form or a query.
[[nodiscard]] std::string form_encoded(std::string_view text);

}  // namespace throughline::app

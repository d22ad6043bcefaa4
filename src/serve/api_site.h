// The site of the contract: every request goes through the gate, then to its operation; everything else is a page's
// file, or a problem document.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/hash.h"
#include "serve/api_cache.h"
#include "serve/api_call.h"
#include "serve/api_turns.h"
#include "serve/http.h"

namespace throughline::serve {

// Sessions that a request bore a little while ago. The network's threads may not wait for the ledger: before they take
// a file in they ask here, and the whole question is asked once the file is there. Thread-safe.
class SeenSessions {
 public:
  void note(const std::string& token, const std::string& csrf, base::Instant now);
  void forget(const std::string& token);
  // The token against forged requests, of a session seen within the last half hour.
  [[nodiscard]] std::optional<std::string> csrf_of(const std::string& token, base::Instant now) const;

 private:
  struct Seen {
    std::string csrf;
    base::Instant at;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Seen> seen_;  // By the hash of the token.
};

// The addresses of the pages, as StaticFiles::open takes them.
[[nodiscard]] std::vector<std::string> page_addresses();

class ApiSite final : public Site {
 public:
  // A file or page of that request; nothing where there is none. Must not wait.
  using Files = std::function<std::optional<Response>(const RequestHead&)>;

  ApiSite(ApiParts parts, Files files);

  [[nodiscard]] BodyPlan plan(const RequestHead& head) override;
  [[nodiscard]] Response answer(Request request) override;
  [[nodiscard]] Response problem(const Refusal& refusal) override;

 private:
  [[nodiscard]] std::optional<Response> page_of_nothing(const RequestHead& head) const;
  [[nodiscard]] Response refused_route(const RequestHead& head) const;
  [[nodiscard]] base::Result<BodyPlan> plan_upload(const RequestHead& head, const Operation& operation) const;
  [[nodiscard]] base::Result<std::optional<app::Visitor>> visitor_of(const RequestHead& head, const Route& route,
                                                                     const std::string& token);
  [[nodiscard]] Answered answer_route(const Request& request, const Route& route);

  ApiParts parts_;
  Files files_;
  AnswerCache cache_;
  SeenSessions seen_;
  Turns requests_{k_requests_per_account};
  Turns streams_{k_streams_per_account};
};

}  // namespace throughline::serve

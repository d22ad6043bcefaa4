// The site of the contract: every request goes through the gate, then to its operation; everything else is a page's
// file, or a problem document.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "serve/api_cache.h"
#include "serve/api_call.h"
#include "serve/api_turns.h"
#include "serve/http.h"

namespace throughline::serve {

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
  Turns requests_{k_requests_per_account};
  Turns streams_{k_streams_per_account};
};

}  // namespace throughline::serve

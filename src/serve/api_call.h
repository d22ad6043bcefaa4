// One request that has passed the gate, as the functions that answer it see it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "app/sign_in.h"
#include "base/result.h"
#include "serve/api_cache.h"
#include "serve/api_operations.h"
#include "serve/api_turns.h"
#include "serve/http.h"
#include "serve/json_body.h"
#include "serve/routes.h"

namespace throughline::app {
class Comparisons;
class Drafts;
class Jobs;
class Uploads;
}  // namespace throughline::app

namespace throughline::serve {

// What the operations work with. All of it outlives the site and may be used from several threads at once.
struct ApiParts {
  app::Outside outside;    // Its host holds the workspace open; its progress is nobody's.
  app::Settings settings;  // As the server was started.
  app::SignIns& sign_ins;
  app::Uploads& uploads;
  app::Jobs& jobs;
  app::Drafts& drafts;
  app::Comparisons& comparisons;
  std::vector<std::string> origins;  // Of our own pages, the first as it is shown to people.
};

struct Call {
  const ApiParts& parts;
  AnswerCache& cache;
  Turns& streams;  // Of events that an account has open.
  const Operation& operation;
  const RequestHead& head;
  std::filesystem::path body_file;  // Of an upload.
  Arguments arguments;
  JsonBody body;
  std::string token;                    // Of the session; empty without one.
  std::optional<app::Visitor> visitor;  // There wherever the operation asks for a session.

  // What verbs are called with on the visitor's behalf, at the as-of date of the address.
  [[nodiscard]] app::Settings settings() const;
  [[nodiscard]] const std::string& account() const { return visitor->account.name; }
};

using Answered = base::Result<Response>;

[[nodiscard]] Response json_response(std::string json, int status = 200);
[[nodiscard]] Response no_content();

// A report as JSON, or one of its tables as a file where the address asks for that.
[[nodiscard]] Answered report_response(const Call& call, const base::Result<app::Report>& report, int status = 200);

// An answer that costs much and changes only with what can be seen: the kept one, else the one that is made now, which
// is kept. `owner` is empty where every account that may see figures sees the same, else whose answer it is.
using MakeJson = std::function<base::Result<std::string>()>;
[[nodiscard]] Answered kept_json(const Call& call, const std::string& owner, const MakeJson& make);

// What was asked for, or what is meant where nothing was.
[[nodiscard]] inline std::string text_or(std::string text, std::string_view missing) {
  return text.empty() ? std::string(missing) : std::move(text);
}

// A report of that kind: kept as JSON, or one of its tables as a file.
using MakeReport = std::function<base::Result<app::Report>()>;
[[nodiscard]] Answered kept_report(const Call& call, const MakeReport& make);

// What answers an operation. Every operation has one: the compiler counts them.
using Handler = Answered (*)(const Call&);
[[nodiscard]] Handler handler_of(OperationId id);

}  // namespace throughline::serve

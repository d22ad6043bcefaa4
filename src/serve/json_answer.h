// Answers as the contract's JSON. Pure. Bytes that are not UTF-8 become U+FFFD: an answer can always be sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/drafts.h"
#include "app/jobs.h"
#include "app/measure_answer.h"
#include "app/report.h"
#include "app/search.h"
#include "app/sign_in.h"
#include "app/simulate_shown.h"
#include "app/uploads.h"

namespace throughline::serve {

[[nodiscard]] std::string json_of(const app::Report& report);
[[nodiscard]] std::string json_of(const app::SeriesAnswer& answer);
[[nodiscard]] std::string json_of(const std::vector<app::MeasureOffer>& offers);
[[nodiscard]] std::string json_of(const std::vector<app::AreaShown>& areas);
[[nodiscard]] std::string json_of(const app::Upload& upload);
[[nodiscard]] std::string json_of(const std::vector<app::Upload>& uploads);
[[nodiscard]] std::string json_of(const app::JobShown& job);
[[nodiscard]] std::string json_of(const std::vector<app::JobShown>& jobs);
[[nodiscard]] std::string json_of(const app::SearchAnswer& answer);
[[nodiscard]] std::string json_of(const app::Draft& draft);
[[nodiscard]] std::string json_of(const app::Invitation& invitation);
[[nodiscard]] std::string json_of(const app::ModelShown& model);
[[nodiscard]] std::string json_of_description(const std::string& markdown);
[[nodiscard]] std::string json_of(const app::ScenarioShown& scenario);
[[nodiscard]] std::string json_of(const app::ComparisonShown& comparison);

// Who is signed in, or how one may sign in.
struct SessionShown {
  const app::Visitor* visitor = nullptr;  // Null: nobody.
  std::vector<app::SignInWay> ways;
  std::string workspace;
};
[[nodiscard]] std::string json_of(const SessionShown& shown);

}  // namespace throughline::serve

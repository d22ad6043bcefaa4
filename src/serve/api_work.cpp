// Uploads, jobs, searches and drafts: what belongs to one account.

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/drafts.h"
#include "app/jobs.h"
#include "app/linkage_verbs.h"
#include "app/own_work.h"
#include "app/search.h"
#include "app/uploads.h"
#include "app/verbs.h"
#include "serve/api_handlers.h"
#include "serve/api_problem.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

using base::Result;

// The value of a hexadecimal digit; -1 for anything else.
int digit_of(char c) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t at = k_digits.find(lower);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// "%20" and the like in a header, where only ASCII may stand. Nothing where it is malformed.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = digit_of(text[i + 1]);
    const int low = digit_of(text[i + 2]);
    if (std::min(high, low) < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

// The account, where it may do this with work of its own.
Result<ledger::Account> owner_in(const Call& call, ledger::Operation operation, const char* object) {
  return app::owner_of_work(call.parts.outside, call.settings(), {.operation = operation, .object = object});
}

// One job's progress as events, until it ends or the session does that asked for them.
class JobEvents final : public EventSource {
 public:
  JobEvents(const Call& call, Turns::Turn turn, ledger::Account account, std::string job)
      : turn_(std::move(turn)),
        jobs_(call.parts.jobs),
        sign_ins_(call.parts.sign_ins),
        token_(call.token),
        account_(std::move(account)),
        job_(std::move(job)) {}

  NextEvent next() override {
    if (is_over_) return EndOfEvents{};
    const Result<app::JobShown> seen = jobs_.wait(account_, job_, version_);
    if (!seen.ok() || !sign_ins_.is_signed_in(token_)) return EndOfEvents{};
    const app::JobShown& job = seen.value();
    if (job.version == version_) return NothingYet{};
    version_ = job.version;
    is_over_ = job.ended_at.has_value();
    return Event{.name = "job", .data = json_of(job), .id = std::to_string(job.version)};
  }

 private:
  Turns::Turn turn_;
  app::Jobs& jobs_;
  const app::SignIns& sign_ins_;
  std::string token_;
  ledger::Account account_;
  std::string job_;
  std::uint64_t version_ = 0;
  bool is_over_ = false;
};

Result<app::JobOrder> ingest_order(const Call& call, ledger::AccountId maker) {
  const std::string upload = call.body.text("upload");
  const app::Upload shown = TRY(call.parts.uploads.find(call.parts.outside, call.settings(), upload));
  const app::UploadOrder order = TRY(call.parts.uploads.order(call.parts.outside, call.settings(), upload));
  const app::IngestRequest request{.files = {order.file.string()},
                                   .mapping = order.mapping,
                                   .supersedes = call.body.text("supersedes"),
                                   .received = {}};
  return app::JobOrder{.maker = maker,
                       .kind = "ingest",
                       .title = "Reading in " + shown.file_name,
                       // The file goes once it has been read in: what it held is in the archive then.
                       .work = [&uploads = call.parts.uploads, settings = call.settings(), request,
                                upload](const app::Outside& outside) -> Result<app::Report> {
                         app::Report report = TRY(app::ingest(outside, settings, request));
                         static_cast<void>(uploads.remove(outside, settings, upload));
                         return report;
                       }};
}

app::JobOrder verify_order(const Call& call, ledger::AccountId maker) {
  return {.maker = maker,
          .kind = "verify",
          .title = "Verifying the audit log",
          .work = [settings = call.settings()](const app::Outside& outside) {
            return app::audit(outside, settings, {.act = "verify"});
          }};
}

// The same numbers begin every run, so that a run made here and one typed give the same links.
app::JobOrder link_order(const Call& call, ledger::AccountId maker) {
  return {.maker = maker,
          .kind = "link",
          .title = "Linking the records of people",
          .work = [settings = call.settings()](const app::Outside& outside) {
            return app::link(outside, settings, {.act = "run"});
          }};
}

Result<app::JobOrder> order_of(const Call& call, ledger::AccountId maker) {
  const std::string kind = call.body.text("kind");
  if (kind == "ingest") return ingest_order(call, maker);
  return kind == "link" ? link_order(call, maker) : verify_order(call, maker);
}

}  // namespace

Answered start_upload(const Call& call) {
  const auto name = percent_decoded(call.arguments.text("X-File-Name"));
  if (!name) {
    return asked_wrongly("file_name", "The file's name is not percent-encoded UTF-8", "X-File-Name",
                         "Send it as encodeURIComponent writes it");
  }
  if (call.body_file.empty()) {
    // Left unread, because the account could bring nothing in when it was last asked.
    static_cast<void>(TRY(call.parts.uploads.list(call.parts.outside, call.settings())));
    return asked_wrongly("upload_not_taken", "The file was not taken, because your roles have just changed", "",
                         "Hand it in again");
  }
  const app::UploadArrival arrival{.file = call.body_file, .name = *name};
  return json_response(json_of(TRY(call.parts.uploads.add(call.parts.outside, call.settings(), arrival))), 201);
}

Answered list_uploads(const Call& call) {
  return json_response(json_of(TRY(call.parts.uploads.list(call.parts.outside, call.settings()))));
}

Answered get_upload(const Call& call) {
  const std::string upload = call.arguments.text("upload");
  return json_response(json_of(TRY(call.parts.uploads.find(call.parts.outside, call.settings(), upload))));
}

Answered remove_upload(const Call& call) {
  TRY(call.parts.uploads.remove(call.parts.outside, call.settings(), call.arguments.text("upload")));
  return no_content();
}

Answered map_upload(const Call& call) {
  const app::Uploads::Choice choice{
      .upload = call.arguments.text("upload"), .mapping = call.body.text("mapping"), .toml = call.body.text("toml")};
  return json_response(json_of(TRY(call.parts.uploads.map(call.parts.outside, call.settings(), choice))));
}

Answered start_job(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::collection, "jobs"));
  app::JobOrder order = TRY(order_of(call, owner.id));
  return json_response(json_of(TRY(call.parts.jobs.start(std::move(order)))), 202);
}

Answered list_jobs(const Call& call) {
  return json_response(json_of(call.parts.jobs.list(TRY(owner_in(call, ledger::Operation::consultation, "jobs")))));
}

Answered get_job(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::consultation, "jobs"));
  return json_response(json_of(TRY(call.parts.jobs.find(owner, call.arguments.text("job")))));
}

Answered stop_job(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::alteration, "jobs"));
  return json_response(json_of(TRY(call.parts.jobs.stop(owner, call.arguments.text("job")))), 202);
}

Answered watch_job(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::consultation, "jobs"));
  const std::string job = call.arguments.text("job");
  static_cast<void>(TRY(call.parts.jobs.find(owner, job)));
  std::optional<Turns::Turn> turn = call.streams.take(call.account());
  if (!turn) {
    return base::Error{base::ErrorKind::refused, "too_many_streams",
                       "Too many pages of this account are being kept up to date", "", "Close some of them"};
  }
  Response response;
  response.content_type = "text/event-stream";
  response.events = std::make_unique<JobEvents>(call, *std::move(turn), owner, job);
  return response;
}

Answered search(const Call& call) {
  return json_response(json_of(TRY(app::search(call.parts.outside, call.settings(), call.body.text("text")))));
}

Answered get_draft(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::consultation, "drafts"));
  return json_response(json_of(TRY(call.parts.drafts.find(owner, call.arguments.text("draft")))));
}

Answered keep_draft(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::alteration, "drafts"));
  return json_response(
      json_of(TRY(call.parts.drafts.keep(owner, call.arguments.text("draft"), call.body.text("text")))));
}

Answered remove_draft(const Call& call) {
  const ledger::Account owner = TRY(owner_in(call, ledger::Operation::erasure, "drafts"));
  TRY(call.parts.drafts.remove(owner, call.arguments.text("draft")));
  return no_content();
}

}  // namespace throughline::serve

#include "app/demo_agencies.h"

#include "app/intake.h"
#include "app/linkage_verbs.h"
#include "app/session.h"
#include "app/verbs.h"

namespace throughline::app {

namespace {

using base::Result;

// One that is there already is as it should be.
Result<void> add_account(const Outside& outside, const Settings& settings, const DemoAgency& agency) {
  const AccountsRequest request{.act = "add",
                                .name = agency.account,
                                .person_name = "The demonstration",
                                .agency = agency.agency,
                                .role = "analyst"};
  const auto added = accounts(outside, settings, request);
  if (!added.ok()) return added.error().code == "account_taken" ? Result<void>() : added.error();
  static_cast<void>(
      TRY(accounts(outside, settings, {.act = "grant", .name = agency.account, .role = "administrator"})));
  return {};
}

Result<Brought> bring_in(const Outside& outside, const Settings& settings, const std::vector<std::string>& files) {
  const auto session = TRY(Session::open(outside, settings, "demo", Access::writing));
  Brought brought;
  const IntakeOrder order{.files = files, .mapping = "", .supersedes = {}, .received = {}};
  for (const FileOutcome& outcome : TRY(take_in(*session, outside, order))) {
    if (!outcome.ingested.ok()) return outcome.ingested.error();
    const records::Ingested& ingested = outcome.ingested.value();
    ++brought.files;
    brought.known += ingested.is_known ? 1 : 0;
    brought.rows += ingested.extract.announced.rows_read;
    brought.rejected += ingested.extract.announced.rows_rejected;
  }
  return brought;
}

}  // namespace

Result<Brought> bring_all(const Outside& outside, const Settings& settings, const std::vector<DemoAgency>& agencies) {
  Brought all;
  for (const DemoAgency& agency : agencies) {
    Settings own = settings;
    if (!agency.account.empty()) {
      TRY(add_account(outside, settings, agency));
      own.account = agency.account;
    }
    const Brought brought = TRY(bring_in(outside, own, agency.files));
    if (brought.known < brought.files) {
      static_cast<void>(TRY(link(outside, own, {.act = "desk", .names = {agency.desk}})));
    }
    all.files += brought.files;
    all.known += brought.known;
    all.rows += brought.rows;
    all.rejected += brought.rejected;
  }
  return all;
}

}  // namespace throughline::app

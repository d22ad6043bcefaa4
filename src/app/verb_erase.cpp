#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/erase_report.h"
#include "app/session.h"
#include "app/verbs.h"
#include "ledger/erasure.h"
#include "records/stage.h"

namespace throughline::app {

namespace {

// What is to be erased, and the strictest class of data among it.
struct Named {
  std::vector<ledger::ErasureTarget> targets;
  ledger::DataClass data_class = ledger::DataClass::published;
  std::optional<ledger::AgencyId> owner;  // One that is not the account's own, where there is one among them.
};

base::Result<Named> find_targets(Session& session, const EraseRequest& request) {
  Named named;
  for (const records::RecordId& id : TRY(read_record_ids(request.records))) {
    const ledger::RegisteredExtract extract = TRY(session.extract(id.extract));
    named.targets.push_back({.content_hash = extract.announced.content_hash, .place = id.place});
    named.data_class = std::max(named.data_class, extract.announced.data_class);
    if (!named.owner || extract.agency != session.account().agency) named.owner = extract.agency;
  }
  return named;
}

base::Result<std::int64_t> write_order(Session& session, const Permitted& permitted, const Named& named) {
  ledger::Transaction ordering = TRY(session.ledger().begin(permitted.actor, permitted.act));
  const std::int64_t order = TRY(ledger::order_erasure(ordering, permitted.act.gateway, named.targets));
  static_cast<void>(TRY(ordering.commit()));
  return order;
}

}  // namespace

Answer erase(const Outside& outside, const Settings& settings, const EraseRequest& request) {
  const ledger::Gateway basis = TRY(read_basis(request.basis));
  const auto session = TRY(Session::open(outside, settings, "erase", Access::alone));
  const Named named = TRY(find_targets(*session, request));
  // The object names no record: the order's own entry must outlive what it erases.
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::erasure,
                                                .data_class = named.data_class,
                                                .object = fmt::format("{} records to be erased", named.targets.size()),
                                                .gateway = basis,
                                                .owner = named.owner}));
  ErasureDone done{.outlook = TRY(records::look_ahead(session->ledger(), named.targets)),
                   .order = 0,
                   .records = 0,
                   .basis = std::string(ledger::code_of(basis))};
  done.order = TRY(write_order(*session, permitted, named));
  done.records = TRY(records::carry_out_erasures(session->ledger(), permitted.actor));
  return Report{.verb = "erase", .sections = {erasure_section(done)}};
}

}  // namespace throughline::app

#include "app/own_work.h"

#include "app/session.h"

namespace throughline::app {

base::Result<ledger::Account> owner_of_work(const Outside& outside, const Settings& settings, const OwnWork& wanted) {
  const auto session = TRY(Session::open(outside, settings, "own work"));
  static_cast<void>(TRY(session->may({.operation = wanted.operation,
                                      .data_class = ledger::DataClass::own_work,
                                      .object = wanted.object,
                                      .maker = session->account().id})));
  return session->account();
}

}  // namespace throughline::app

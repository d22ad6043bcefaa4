// The question that comes before everything a person does with work of their own: jobs and drafts.
#pragma once

#include <string>

#include "app/outside.h"
#include "base/result.h"
#include "ledger/model.h"

namespace throughline::app {

struct OwnWork {
  ledger::Operation operation = ledger::Operation::consultation;
  std::string object = {};  // "jobs"; never a name that a person chose.
};

// The account that acts, where a rule lets it do this with what is its own; that is no entry. Else the Error "refused"
// with the rule, and an entry. Whether some piece of work is its own is asked of owns().
[[nodiscard]] base::Result<ledger::Account> owner_of_work(const Outside& outside, const Settings& settings,
                                                          const OwnWork& wanted);

}  // namespace throughline::app

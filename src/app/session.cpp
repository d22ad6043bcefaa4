#include "app/session.h"

#include <algorithm>

#include "app/ownership.h"
#include "app/version.h"
#include "base/number.h"
#include "base/text.h"
#include "ledger/erasure.h"
#include "ledger/schema.h"
#include "linkage/tables.h"
#include "records/stage.h"
#include "records/tables.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_account_name_max = 64;
constexpr std::size_t k_extract_name_min = 4;
constexpr ledger::RuleId k_other_agency = 311;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<ledger::Purpose> purpose_of(const std::string& code) {
  if (code.empty()) return ledger::Purpose::unstated;
  if (const auto purpose = ledger::purpose_named(code)) return *purpose;
  const auto nearest = base::nearest_name(code, ledger::purpose_codes());
  return Error{ErrorKind::bad_command, "purpose_unknown", "'" + code + "' is not a purpose", "--purpose",
               (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) + "The codes are " +
                   joined(ledger::purpose_codes())};
}

// What somebody who was refused may do about it.
std::string remedy_for(ledger::RuleId rule) {
  if (rule == ledger::k_rule_purpose_needed || rule == ledger::k_rule_purpose_unfit) {
    return "Say why with --purpose PROTECT, --purpose INVESTIGATE or --purpose GOVERN, and in your own words with "
           "--reason; the codes are " +
           joined(ledger::purpose_codes());
  }
  if (rule == ledger::k_rule_govern_needed) return "Give the order with --purpose GOVERN, and say which with --reason";
  if (rule == k_other_agency) return "Ask that agency: who it is stands beside the extract in throughline records";
  return "Ask an administrator of the workspace for a role that may: see throughline accounts list";
}

bool says_most(ledger::RuleId rule) {
  return rule == ledger::k_rule_purpose_needed || rule == ledger::k_rule_purpose_unfit ||
         rule == ledger::k_rule_govern_needed || rule == k_other_agency;
}

ledger::Actor actor_of(const ledger::Account& account, ledger::Role role, const std::string& login) {
  return {.account = account.id, .agency = account.agency, .role = role, .login = login};
}

Error unknown_extract(const std::string& name, const std::vector<ledger::RegisteredExtract>& all) {
  std::vector<std::string> names;
  for (const auto& extract : all) names.push_back(extract.announced.content_hash.hex().substr(0, 16));
  const auto nearest = base::nearest_name(name, names);
  return {ErrorKind::bad_command, "extract_unknown", "There is no extract '" + name + "' in this workspace", "",
          nearest ? "Did you mean '" + *nearest + "'?" : "See throughline records for those there are"};
}

}  // namespace

store::Opening opening_of(const Outside& outside, const Settings& settings, const std::string& verb) {
  store::Opening how;
  how.verb = verb;
  how.started = outside.clock.now();
  how.program_version = program_version();
  how.keys = settings.keys;
  how.memory_limit_bytes = settings.memory_limit_mebibytes << 20;
  how.threads = settings.threads;
  how.migrations = ledger::ledger_migrations();
  const std::vector<store::Migration> records_steps = records::records_migrations();
  how.migrations.insert(how.migrations.end(), records_steps.begin(), records_steps.end());
  const std::vector<store::Migration> linkage_steps = linkage::linkage_migrations();
  how.migrations.insert(how.migrations.end(), linkage_steps.begin(), linkage_steps.end());
  return how;
}

std::string account_name_of(const std::string& login) {
  std::string name;
  for (const char c : login.substr(0, k_account_name_max)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    const bool is_capital = c >= 'A' && c <= 'Z';
    name += is_plain ? c : is_capital ? static_cast<char>(c - 'A' + 'a') : '-';
  }
  return name.empty() ? "founder" : name;
}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Outside& outside, const Settings& settings,
                                               const std::string& verb, Access access) {
  std::unique_ptr<Session> session(new Session(outside, settings));
  session->purpose_ = TRY(purpose_of(settings.purpose));
  const bool is_hosted = outside.host != nullptr && outside.host->holds(settings.workspace);
  if (!is_hosted) session->own_host_ = TRY(Host::open(outside, settings, verb));
  session->host_ = is_hosted ? outside.host : session->own_host_.get();
  session->place_ = TRY(session->host_->enter(access));
  TRY(session->find_account());
  if (session->host_->is_recovery_due()) TRY(session->recover());
  for (const std::string& sentence : session->recovered_) outside.progress.note(sentence);
  return session;
}

Result<void> Session::find_account() {
  if (!settings_.account.empty()) {
    account_ = TRY(ledger().account(settings_.account));
    return {};
  }
  const std::vector<ledger::Account> all = TRY(ledger().accounts());
  const std::string name = account_name_of(settings_.login);
  const auto own =
      std::ranges::find_if(all, [&](const auto& account) { return account_name_of(account.name) == name; });
  if (own == all.end() && all.size() != 1) {
    Error unknown = ledger().account(name).error();
    unknown.remedy = "Name the account that acts with --as; an administrator adds one with throughline accounts add";
    return unknown;
  }
  account_ = own == all.end() ? all.front() : *own;
  return {};
}

Result<void> Session::recover() {
  std::vector<ledger::PresentBatch> present;
  {
    store::DuckConnection connection = TRY(connect());
    present = TRY(records::present_batches(connection));
  }
  const ledger::Role role = account_.roles.empty() ? ledger::Role::none : account_.roles.front();
  const ledger::Actor actor = actor_of(account_, role, settings_.login);
  const auto done = TRY(ledger::recover(ledger(), actor, present));
  for (const ledger::ExtractNo extract : done.confirmed) {
    recovered_.push_back("Extract " + std::to_string(extract.number()) +
                         " was whole when the program was stopped; it is confirmed now.");
  }
  for (const ledger::ExtractNo extract : done.abandoned) {
    recovered_.push_back("Extract " + std::to_string(extract.number()) +
                         " was not whole when the program was stopped; nothing of it is kept, so read it in again.");
  }
  if (const std::int64_t swept = TRY(records::sweep_archive(ledger(), actor)); swept > 0) {
    recovered_.push_back(std::to_string(swept) + " originals that no extract owns were removed from the archive.");
  }
  return finish_erasures(actor);
}

// An order that was given is carried out, whenever the process that took it was stopped.
Result<void> Session::finish_erasures(const ledger::Actor& actor) {
  const std::vector<ledger::ErasureOrder> orders = TRY(ledger::erasure_orders(ledger()));
  const auto waiting =
      std::ranges::count_if(orders, [](const ledger::ErasureOrder& order) { return !order.executed_at; });
  if (waiting == 0) return {};
  const std::int64_t rows = TRY(records::carry_out_erasures(ledger(), actor));
  recovered_.push_back(std::to_string(waiting) + " erasure orders that were waiting were carried out; rows removed: " +
                       std::to_string(rows) + ".");
  return {};
}

Result<store::DuckConnection> Session::connect() {
  return workspace().records_store().connect();
}

Result<std::shared_ptr<const KeptLinks>> Session::links() {
  return host_->links(ledger(), settings_.as_of);
}

Result<evidence::World> Session::world(store::DuckConnection& connection, std::optional<base::Date> as_of) {
  evidence::View view{.connection = &connection, .extracts = {}, .as_of = as_of, .path = evidence::CountPath::cube};
  for (const ledger::RegisteredExtract& extract : TRY(ledger::visible(ledger(), as_of))) {
    // Figures are shown to everybody: what was read in by a mapping of an agency's own may bear a published one's name.
    if (extract.announced.data_class != ledger::DataClass::published) continue;
    view.extracts.push_back(evidence::seen(extract));
  }
  return host_->world(std::move(view));
}

Result<Permitted> Session::may(const Wanted& wanted) {
  ledger::Act act{.operation = wanted.operation,
                  .purpose = purpose_,
                  .gateway = wanted.gateway,
                  .object = wanted.object,
                  .reason = settings_.reason,
                  .recipients = {}};
  std::vector<ledger::Role> roles = account_.roles;
  if (roles.empty()) roles.push_back(ledger::Role::none);
  ledger::PermissionVerdict told;
  ledger::Role told_role = roles.front();
  for (const ledger::Role role : roles) {
    const ledger::PermissionVerdict verdict = would(wanted, role);
    if (verdict.decision == ledger::Decision::allow) {
      act.decision = verdict.decision;
      act.rule = verdict.rule;
      return Permitted{actor_of(account_, role, settings_.login), std::move(act)};
    }
    // Of several refusals the one that a purpose would lift, or that says whose it is, says most.
    if (told.rule != 0 && !says_most(verdict.rule)) continue;
    told = verdict;
    told_role = role;
  }
  act.decision = ledger::Decision::deny;
  act.rule = told.rule;
  TRY(note_refusal(actor_of(account_, told_role, settings_.login), act));
  return Error{ErrorKind::refused, "refused", std::string(told.sentence) + " (rule " + std::to_string(told.rule) + ")",
               "account " + account_.name, remedy_for(told.rule)};
}

Result<void> Session::note_refusal(const ledger::Actor& actor, const ledger::Act& act) {
  const auto now = outside_.clock.uptime();
  TRY(say_unsaid(now));
  if (host_->refusals().has_entry(actor, act, now)) static_cast<void>(TRY(ledger().note(actor, act)));
  return {};
}

Result<void> Session::say_unsaid(std::optional<RefusalNotes::Time> now) {
  std::vector<RefusalNotes::Unsaid> taken = host_->refusals().take(now);
  Result<void> said;
  for (RefusalNotes::Unsaid& unsaid : taken) {
    ledger::Act act = unsaid.last_act;
    act.object =
        std::to_string(unsaid.count) + " more refused requests, without an entry each; the last: " + act.object;
    if (said.ok()) {
      const auto noted = ledger().note(unsaid.last_actor, act);
      if (noted.ok()) continue;
      said = noted.error();
    }
    host_->refusals().give_back(std::move(unsaid));
  }
  return said;
}

Result<void> say_unsaid_refusals(const Outside& outside, const Settings& settings, TellUnsaid which) {
  const auto now = outside.clock.uptime();
  if (which == TellUnsaid::due && !outside.host->refusals().is_due(now)) return {};
  const auto session = TRY(Session::open(outside, settings, "serve"));
  return session->say_unsaid(which == TellUnsaid::due ? std::optional(now) : std::nullopt);
}

ledger::PermissionVerdict Session::would(const Wanted& wanted, ledger::Role role) const {
  return ledger::allow(
      {.role = role,
       .operation = wanted.operation,
       .data_class = wanted.data_class,
       .purpose = purpose_,
       .ownership = wanted.maker ? ownership_of(account_, *wanted.maker) : ownership_of(account_, wanted.owner),
       .is_founding = account_.agency == ledger::k_founding_agency});
}

bool Session::is_open(const ledger::RegisteredExtract& extract) const {
  return extract.announced.data_class == ledger::DataClass::published || extract.agency == account_.agency;
}

Result<ledger::AgencyId> Session::agency_of(const std::string& account) {
  for (const ledger::Account& each : TRY(ledger().accounts())) {
    if (each.name == account) return each.agency;
  }
  return ledger::AgencyId(0);
}

Wanted Session::telling_of(const ledger::RegisteredExtract& extract, std::string object) const {
  if (is_open(extract)) return {.object = std::move(object)};
  return reading(extract, std::move(object));
}

Wanted Session::reading(const ledger::RegisteredExtract& extract, std::string object) {
  return {.data_class = extract.announced.data_class, .object = std::move(object), .owner = extract.agency};
}

Result<std::vector<ledger::RegisteredExtract>> Session::listed() {
  std::vector<ledger::RegisteredExtract> all = TRY(ledger::registry(ledger()));
  for (ledger::RegisteredExtract& extract : all) {
    if (!is_open(extract)) extract.announced.file_name.clear();
  }
  return all;
}

Result<void> Session::look(const Wanted& wanted) {
  const Permitted permitted = TRY(may(wanted));
  const bool is_noted = wanted.data_class == ledger::DataClass::personal ||
                        wanted.data_class == ledger::DataClass::sensitive ||
                        wanted.data_class == ledger::DataClass::log;
  if (is_noted) static_cast<void>(TRY(ledger().note(permitted.actor, permitted.act)));
  return {};
}

Result<std::vector<ledger::RegisteredExtract>> Session::visible() {
  return ledger::visible(ledger(), settings_.as_of);
}

namespace {

// Of several readings of one content the one that stands, else the last.
ledger::RegisteredExtract seen_of(const std::vector<ledger::RegisteredExtract>& readings) {
  const auto standing = std::ranges::find_if(readings, [](const auto& reading) { return !reading.superseded_at; });
  return standing == readings.end() ? readings.back() : *standing;
}

}  // namespace

Result<ledger::RegisteredExtract> Session::extract(const std::string& name) {
  std::vector<ledger::RegisteredExtract> all = TRY(ledger::registry(ledger()));
  const auto as_of = settings_.as_of;
  std::erase_if(all, [&](const auto& extract) {
    return extract.state != ledger::BatchState::confirmed ||
           (as_of && extract.confirmed_at->date() > *as_of);  // Not known on that day.
  });
  std::vector<ledger::RegisteredExtract> found;
  const auto number = base::parse_integer(name);
  for (const auto& extract : all) {
    const bool is_hash = name.size() >= k_extract_name_min && extract.announced.content_hash.hex().starts_with(name);
    if (is_hash) found.push_back(extract);
  }
  if (found.empty() && number) {
    const auto at =
        std::ranges::find_if(all, [&](const auto& extract) { return extract.announced.extract.number() == *number; });
    if (at != all.end()) return *at;
  }
  if (found.empty()) return unknown_extract(name, all);
  const base::Hash& content = found.front().announced.content_hash;
  const bool is_one_content =
      std::ranges::all_of(found, [&](const auto& extract) { return extract.announced.content_hash == content; });
  if (is_one_content) return seen_of(found);
  return Error{ErrorKind::bad_command, "extract_ambiguous",
               "'" + name + "' begins the names of " + std::to_string(found.size()) + " extracts", "",
               "Give more digits: see throughline records"};
}

}  // namespace throughline::app

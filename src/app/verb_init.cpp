// throughline init: a workspace, its keys and its first account.

#include <algorithm>

#include "app/session.h"
#include "app/verbs.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t k_agency_bytes_max = 200;

base::Result<void> check_agency(const std::string& agency) {
  const bool is_blank = agency.find_first_not_of(' ') == std::string::npos;
  const bool has_control = std::ranges::any_of(agency, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!is_blank && !has_control && agency.size() <= k_agency_bytes_max) return {};
  return Error{ErrorKind::bad_command, "agency_name",
               "An agency's name is one line of 1 to " + std::to_string(k_agency_bytes_max) + " bytes", "--agency",
               "Write it as its letters carry it: --agency \"Example County Council\""};
}

std::string joined_roles(const ledger::Account& account) {
  std::string text;
  for (const ledger::Role role : account.roles) text += (text.empty() ? "" : ", ") + std::string(code_of(role));
  return text;
}

}  // namespace

Answer init(const Outside& outside, const Settings& settings, const InitRequest& request) {
  TRY(check_agency(request.agency));
  store::Opening opening = opening_of(outside, settings, "init");
  opening.create = true;
  const auto workspace = TRY(store::Workspace::open(settings.workspace, std::move(opening)));
  const store::WorkspacePaths& paths = workspace->paths();
  if (TRY(ledger::Ledger::is_founded(*workspace))) {
    return Error{ErrorKind::bad_command, "workspace_exists", "There is a workspace here already", paths.root.string(),
                 "Work with it as it is, or name a folder that does not exist yet with --workspace"};
  }
  const ledger::Founding founding{
      .agency = request.agency,
      .account = settings.account.empty() ? account_name_of(settings.login) : settings.account,
      .person_name = settings.login.empty() ? "Founder" : settings.login,
      .login = settings.login};
  const auto ledger = TRY(ledger::Ledger::create(*workspace, outside.clock, outside.entropy, founding));
  const ledger::Account account = TRY(ledger->account(founding.account));
  Section section{.name = "workspace", .title = "The workspace is ready", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {
      {"workspace", "Workspace", paths.root.string()},
      {"agency", "Agency", account.agency_name},
      {"account", "Account", account.name},
      {"roles", "Roles", joined_roles(account)},
      {"keys", "Keys", paths.keys.string()},
      {"log", "Audit log", ledger::origin_of(ledger::public_half(ledger->keyring().signing_key()))},
  };
  section.notes = {
      "Move the keys to another medium, and name them with --keys from then on: whoever has both the workspace and its "
      "keys can open what is sealed in the log.",
      "Back the keys up apart from the workspace. Without them no new entry can be signed, and what is sealed stays "
      "sealed.",
      "Records are not encrypted by this program: keep the workspace on an encrypted disk.",
  };
  return Report{.verb = "init", .sections = {std::move(section)}};
}

}  // namespace throughline::app

// throughline audit: the log, shown, verified and proved.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/session.h"
#include "app/verbs.h"
#include "base/sha256.h"
#include "base/text.h"
#include "ledger/batch.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

Section section_of(std::string name, std::string title) {
  return {.name = std::move(name), .title = std::move(title), .facts = {}, .tables = {}, .notes = {}};
}

Wanted look_at_log(std::string object, std::optional<ledger::AgencyId> owner = {}) {
  return {.operation = ledger::Operation::consultation,
          .data_class = ledger::DataClass::log,
          .object = std::move(object),
          .owner = owner};
}

// Hashes and signatures, which name nobody: every role may check that the log holds.
Wanted check_of_log(std::string object) {
  return {.operation = ledger::Operation::consultation,
          .data_class = ledger::DataClass::proof,
          .object = std::move(object)};
}

// Which of the newest entries the account may read.
ledger::EntryChoice readable(const Session& session, const AuditRequest& request) {
  ledger::EntryChoice choice{.count = request.rows_max, .before = request.before};
  if (session.account().agency != ledger::k_founding_agency) choice.agency = session.account().agency;
  return choice;
}

// Whether the account may see who made the entry: an auditor for whom it is, and whoever made it.
bool may_see_maker(const Session& session, const ledger::Entry& entry) {
  const ledger::Account& account = session.account();
  const auto is_allowed = [&](ledger::Role role) {
    return session.would(look_at_log("", entry.agency), role).decision == ledger::Decision::allow;
  };
  return entry.account == account.id || std::ranges::any_of(account.roles, is_allowed);
}

const char* word_of(ledger::PayloadState state) {
  switch (state) {
    case ledger::PayloadState::none: return "none";
    case ledger::PayloadState::sealed_open: return "open";
    case ledger::PayloadState::destroyed: return "erased";
    case ledger::PayloadState::unreadable: return "unreadable";
  }
  return "unreadable";
}

std::vector<Column> entry_columns() {
  return {{"entry", "Entry", ColumnKind::number},
          {"at", "Time"},
          {"machine_clock", "Clock, where it had jumped back"},
          {"account", "Account"},
          {"role", "Role"},
          {"operation", "Operation"},
          {"purpose", "Purpose"},
          {"gateway", "Gateway"},
          {"decision", "Decision"},
          {"rule", "Rule", ColumnKind::number},
          {"object", "To what"},
          {"reason", "Reason"},
          {"login", "Login"},
          {"recipients", "Recipients"},
          {"payload", "Sealed part"}};
}

// Sign-ins that showed nobody are entries of account 0.
std::string maker_of(const ledger::Entry& entry, const std::map<ledger::AccountId, std::string>& names) {
  if (entry.account == ledger::AccountId(0)) return "not known";
  const auto name = names.find(entry.account);
  return name == names.end() ? "account " + std::to_string(entry.account.number()) : name->second;
}

std::vector<Value> row_of(const ledger::ShownEntry& shown, const std::map<ledger::AccountId, std::string>& names) {
  const ledger::Entry& entry = shown.entry;
  std::string recipients;
  for (const std::string& one : shown.payload.recipients) recipients += (recipients.empty() ? "" : ", ") + one;
  const bool has_jumped = entry.machine_clock < entry.at;
  return {entry.number,
          base::to_string(entry.at),
          has_jumped ? Value(base::to_string(entry.machine_clock)) : Value(),
          maker_of(entry, names),
          std::string(code_of(entry.role)),
          std::string(code_of(entry.operation)),
          std::string(code_of(entry.purpose)),
          std::string(code_of(entry.gateway)),
          std::string(code_of(entry.decision)),
          std::int64_t{entry.rule},
          text_or_nothing(shown.payload.object),
          text_or_nothing(shown.payload.reason),
          text_or_nothing(shown.payload.login),
          text_or_nothing(recipients),
          std::string(word_of(shown.payload_state))};
}

Answer show(Session& session, const AuditRequest& request) {
  ledger::AuditLog& log = session.ledger().log();
  std::vector<ledger::ShownEntry> entries;
  if (request.entry) {
    const std::string object = "entry " + std::to_string(*request.entry);
    // Whose it is decides, so that it is read before it may be shown.
    auto entry = log.entry(*request.entry);
    TRY(session.look(look_at_log(object, entry.ok() ? std::optional(entry.value().entry.agency) : std::nullopt)));
    entries.push_back(TRY(std::move(entry)));
  } else {
    TRY(session.look(look_at_log("newest entries")));
    entries = TRY(log.newest(readable(session, request)));
  }
  std::map<ledger::AccountId, std::string> names;
  for (const ledger::Account& account : TRY(session.ledger().accounts())) names[account.id] = account.name;
  Table table{.name = "entries", .title = "", .columns = entry_columns(), .rows = {}, .empty_text = ""};
  for (const ledger::ShownEntry& entry : entries) table.rows.push_back(row_of(entry, names));
  Section section = section_of("log", "The audit log, newest first");
  section.facts = {{"entries", "Entries in all", TRY(log.size())}};
  section.tables.push_back(std::move(table));
  return Report{.verb = "audit", .sections = {std::move(section)}};
}

Error log_damaged(const ledger::Verdict& verdict, const std::string& path) {
  const std::string subject = verdict.first_bad < 0
                                  ? "The audit log does not hold: "
                                  : "Entry " + std::to_string(verdict.first_bad) + " of the audit log does not hold: ";
  return {ErrorKind::damaged, "log_damaged", subject + verdict.what, path,
          "Change nothing and keep a copy of workspace and keys; compare with a checkpoint that left this machine, and "
          "bring in somebody from outside the team"};
}

Answer verify(const Outside& outside, Session& session) {
  ledger::AuditLog& log = session.ledger().log();
  const Permitted permitted = TRY(session.may(check_of_log("verification of the log")));
  outside.progress.begin("verifying the log", TRY(log.size()), "entries");
  const auto each = [&](std::int64_t) {
    outside.progress.advance(1);
    return outside.interrupt.poll();
  };
  const ledger::Verdict verdict = TRY(log.verify(each));
  outside.progress.end();
  // Nothing is written over a log that does not hold.
  if (!verdict.is_sound) return log_damaged(verdict, session.workspace().paths().ledger.string());
  if (const auto altered = TRY(ledger::check_registrations(session.ledger()))) {
    return Error{base::ErrorKind::damaged, "registration_altered",
                 fmt::format("What the ledger says of extract {} is not what its entry in the log says was announced",
                             altered->number()),
                 session.workspace().paths().ledger.string(),
                 "Change nothing, keep a copy of workspace and keys, and restore the last backup"};
  }
  const ledger::EntryRef entry = TRY(session.ledger().note(permitted.actor, permitted.act));
  Section section = section_of("log", "The audit log holds");
  section.facts = {{"verdict", "Verdict", "sound"},
                   {"entries", "Entries verified", verdict.entries},
                   {"erased_payloads", "Sealed parts erased on orders", verdict.destroyed_payloads},
                   {"entry", "Entry of this verification", entry.number}};
  section.notes = {
      "Every entry is as it was written, in its place, and under the signed head; the log continues the head kept with "
      "the keys. What is registered of every extract is what its entry says was announced.",
      "Whoever holds the signing key and this machine could still have written another history. Only a checkpoint that "
      "left the machine shows that: throughline audit prove --checkpoint FILE."};
  return Report{.verb = "audit", .sections = {std::move(section)}};
}

Table path_table(const std::vector<base::Hash>& path) {
  Table table{.name = "path",
              .title = "Hashes of the proof, in order",
              .columns = {{"step", "Step", ColumnKind::number}, {"hash", "Hash"}},
              .rows = {},
              .empty_text = "None are needed."};
  for (const base::Hash& hash : path) {
    table.rows.push_back({static_cast<std::int64_t>(table.rows.size()) + 1, hash.hex()});
  }
  return table;
}

Section checkpoint_section(const std::string& text) {
  Section section = section_of("checkpoint", "");
  section.verbatim = text;
  return section;
}

std::string public_key_of(Session& session) {
  return ledger::base64(ledger::public_half(session.ledger().keyring().signing_key()));
}

Result<Section> prove_entry(Session& session, std::int64_t number) {
  const ledger::InclusionProof proof = TRY(session.ledger().log().prove_entry(number));
  Section section = section_of("inclusion", "Entry " + std::to_string(number) + " is in the log");
  section.facts = {{"entry", "Entry", number}};
  // The bytes say which account acted; their hash does not.
  const ledger::Entry entry = TRY(ledger::decode_entry(proof.leaf));
  if (may_see_maker(session, entry)) section.facts.push_back({"leaf", "Its bytes, base64", ledger::base64(proof.leaf)});
  const std::vector<Fact> claim = {{"leaf_hash", "Their hash", proof.claim.leaf_hash.hex()},
                                   {"entries", "Entries in the log", proof.claim.size},
                                   {"root", "Root", proof.claim.root.hex()},
                                   {"public_key", "Public key, base64", public_key_of(session)}};
  section.facts.insert(section.facts.end(), claim.begin(), claim.end());
  section.tables.push_back(path_table(proof.path));
  section.notes = {
      "To check it elsewhere: the leaf's hash is SHA-256 of a zero byte and the bytes; RFC 9162, section 2.1.3.2, "
      "leads "
      "from it through the hashes to the root; the root in base64 is the third line of the checkpoint, whose first "
      "three lines the public key signed (Ed25519).",
      "It shows that the entry is under the signed head and cannot be changed or taken out unseen. It does not show "
      "that what the entry says is true."};
  return section;
}

Result<Section> prove_since(Session& session, const std::string& file) {
  const std::string text = TRY(store::read_whole(file));
  const ledger::ConsistencyProof proof = TRY(session.ledger().log().prove_since(text));
  const std::string old_size = std::to_string(proof.claim.old_size);
  Section section = section_of("consistency", "The log continues the checkpoint");
  section.facts = {{"old_entries", "Entries of the checkpoint", proof.claim.old_size},
                   {"old_root", "Its root", proof.claim.old_root.hex()},
                   {"entries", "Entries in the log", proof.claim.size},
                   {"root", "Root", proof.claim.root.hex()},
                   {"public_key", "Public key, base64", public_key_of(session)}};
  section.tables.push_back(path_table(proof.path));
  section.notes = {"The first " + old_size + " entries of today's log are the very " + old_size +
                       " entries that the checkpoint was signed over: none was changed, removed, added or moved.",
                   "It does not show that they are true, nor anything about what was done without this program. To "
                   "check it elsewhere: RFC 9162, section 2.1.4.2."};
  return section;
}

Answer prove(Session& session, const AuditRequest& request) {
  if (!request.entry && request.checkpoint_file.empty()) {
    return Error{ErrorKind::bad_command, "nothing_to_prove", "Nothing is named that should be proved", "audit prove",
                 "Give an entry's number, or a checkpoint with --checkpoint FILE"};
  }
  TRY(session.look(check_of_log(request.entry ? "proof of entry " + std::to_string(*request.entry)
                                              : "proof that the log continues a checkpoint")));
  // Nothing is proved under a head that the one kept with the keys does not lead to.
  TRY(session.ledger().log().check_kept_head());
  Report report{.verb = "audit", .sections = {}};
  if (request.entry) report.sections.push_back(TRY(prove_entry(session, *request.entry)));
  if (!request.checkpoint_file.empty()) report.sections.push_back(TRY(prove_since(session, request.checkpoint_file)));
  report.sections.push_back(checkpoint_section(TRY(session.ledger().log().checkpoint())));
  return report;
}

// Nothing but the signed text, so that it can be sent into a file as it is.
Answer checkpoint(Session& session) {
  TRY(session.look(check_of_log("checkpoint")));
  TRY(session.ledger().log().check_kept_head());
  return Report{.verb = "audit", .sections = {checkpoint_section(TRY(session.ledger().log().checkpoint()))}};
}

}  // namespace

Answer audit(const Outside& outside, const Settings& settings, const AuditRequest& request) {
  const std::vector<std::string> acts = {"show", "verify", "prove", "checkpoint"};
  if (std::ranges::find(acts, request.act) == acts.end()) {
    const auto nearest = base::nearest_name(request.act, acts);
    return Error{ErrorKind::bad_command, "act_unknown", "'" + request.act + "' is not something that audit does", "",
                 nearest ? "Did you mean '" + *nearest + "'?" : "It does show, verify, prove and checkpoint"};
  }
  const auto session = TRY(Session::open(outside, settings, "audit"));
  if (request.act == "show") return show(*session, request);
  if (request.act == "verify") return verify(outside, *session);
  if (request.act == "prove") return prove(*session, request);
  return checkpoint(*session);
}

}  // namespace throughline::app

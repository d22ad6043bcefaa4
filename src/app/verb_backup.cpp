// throughline backup and restore: copies that are read back against their hashes, and the way home.

#include "app/session.h"
#include "app/verbs.h"
#include "ledger/erasure.h"
#include "records/stage.h"
#include "store/backup.h"

namespace throughline::app {

namespace {

namespace fs = std::filesystem;

using base::Error;
using base::ErrorKind;
using base::Result;

Wanted upkeep(std::string object) {
  return {.operation = ledger::Operation::administration,
          .data_class = ledger::DataClass::store,
          .object = std::move(object)};
}

// The erasure orders of a workspace that may be in use: read from its ledger alone, which needs neither its lock nor
// its keys.
Result<std::vector<ledger::ErasureOrder>> orders_of(const fs::path& workspace) {
  const fs::path file = workspace / "ledger.sqlite";
  std::error_code failure;
  if (!fs::exists(file, failure)) {
    return Error{ErrorKind::bad_command, "workspace_missing", "There is no workspace to take erasure orders from",
                 workspace.string(), "Name a workspace's folder with --orders-from"};
  }
  store::Sqlite sqlite = TRY(store::Sqlite::open(file, store::OpenMode::read_only));
  auto orders = ledger::erasure_orders(sqlite);
  if (orders.ok()) return orders;
  return std::move(orders).error().in("reading the erasure orders of " + workspace.string());
}

// A backup that is older than the keys knows less than the head kept with them. Bringing it back is lawful, and must
// not pass for a cut log: the head is put aside under another name. Gives that name, or nothing.
Result<std::string> put_newer_head_aside(const Outside& outside, const Settings& settings) {
  const auto workspace = TRY(store::Workspace::open(settings.workspace, opening_of(outside, settings, "restore")));
  const auto ledger = TRY(ledger::Ledger::open(*workspace, outside.clock, outside.entropy));
  const auto continues = ledger->log().check_kept_head();
  if (continues.ok()) return std::string();
  if (continues.error().code != "history_rewritten") return continues.error();
  return ledger->keyring().set_head_aside();
}

// Orders again what was ordered elsewhere since the backup. Nobody is asked for permission: it was decided before.
Result<std::int64_t> order_again(Session& session, const ledger::Actor& actor,
                                 const std::vector<ledger::ErasureOrder>& elsewhere) {
  ledger::Ledger& ledger = session.ledger();
  const auto missing = TRY(ledger::orders_not_known(ledger, elsewhere));
  for (const ledger::ErasureOrder& order : missing) {
    const std::string rows = std::to_string(order.targets.size());
    ledger::Transaction transaction =
        TRY(ledger.begin(actor, {.operation = ledger::Operation::erasure,
                                 .purpose = ledger::Purpose::govern,
                                 .gateway = order.basis,
                                 .rule = 0,
                                 .object = "erasure order of " + rows + " rows, given again after restoring",
                                 .reason = {},
                                 .recipients = {}}));
    static_cast<void>(TRY(ledger::order_erasure(transaction, order.basis, order.targets)));
    static_cast<void>(TRY(transaction.commit()));
  }
  return static_cast<std::int64_t>(missing.size());
}

// What is done with a restored workspace whose keys are there.
Result<void> settle_in(const Outside& outside, const Settings& settings,
                       const std::vector<ledger::ErasureOrder>& elsewhere, Section& section) {
  const std::string aside = TRY(put_newer_head_aside(outside, settings));
  const auto session = TRY(Session::open(outside, settings, "restore"));
  ledger::AuditLog& log = session->ledger().log();
  const Permitted permitted = TRY(session->may(upkeep("workspace restored from a backup")));
  const std::string object = aside.empty()
                                 ? "workspace restored from a backup"
                                 : "workspace restored from a backup older than the kept head, which is " + aside;
  ledger::Act act = permitted.act;
  act.object = object;
  const ledger::EntryRef entry = TRY(session->ledger().note(permitted.actor, act));
  const ledger::Verdict verdict = TRY(log.verify([&](std::int64_t) { return outside.interrupt.poll(); }));
  if (!verdict.is_sound) {
    return Error{ErrorKind::damaged, "log_damaged", "The log of the restored workspace does not hold: " + verdict.what,
                 session->workspace().paths().ledger.string(), "Use another backup"};
  }
  const std::int64_t ordered = TRY(order_again(*session, permitted.actor, elsewhere));
  const std::int64_t removed = TRY(records::carry_out_erasures(session->ledger(), permitted.actor));
  section.facts.push_back({"log_verdict", "Audit log", "sound"});
  section.facts.push_back({"entry", "Entry in the log", entry.number});
  section.facts.push_back({"orders_replayed", "Erasure orders given again", ordered});
  section.facts.push_back({"rows_removed", "Rows removed by them", removed});
  if (!aside.empty()) {
    section.notes.push_back("The backup is older than the head kept with the keys, so that head was renamed to " +
                            aside +
                            ". Entries made after the backup are not in this log: a checkpoint taken since then will "
                            "say that the log was cut, and that is true.");
  }
  return {};
}

fs::path keys_of(const Settings& settings) {
  if (!settings.keys.empty()) return settings.keys;
  fs::path root = fs::absolute(settings.workspace).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  return root.string() + ".keys";
}

Result<void> check_restore(const Settings& settings, const RestoreRequest& request) {
  if (!request.keys_source.empty() && !settings.keys.empty()) {
    return Error{ErrorKind::bad_command, "keys_twice", "The keys are named twice", "--keys and --keys-from",
                 "Give --keys for keys that are there, or --keys-from to restore them beside the workspace"};
  }
  const bool will_have_keys = !request.keys_source.empty() || ledger::Keyring::exists(keys_of(settings));
  if (request.orders_from.empty() || will_have_keys) return {};
  return Error{ErrorKind::bad_command, "keys_needed",
               "Erasure orders can only be carried out again where the keys of the workspace are",
               keys_of(settings).string(), "Name the keys with --keys, or their backup with --keys-from"};
}

// A copy of what is damaged is no backup: both stores and every original are read before anything is copied.
Result<void> check_whole(Session& session, const Outside& outside) {
  const store::Archive& archive = session.workspace().archive();
  const std::vector<base::Hash> contents = TRY(archive.list());
  outside.progress.begin("reading what is to be copied", static_cast<std::int64_t>(contents.size()), "originals");
  TRY(session.workspace().check_structure());
  for (const base::Hash& content : contents) {
    TRY(outside.interrupt.poll());
    TRY(archive.verify(content));
    outside.progress.advance(1);
  }
  return {};
}

Result<void> check_source(const std::string& source) {
  std::error_code failure;
  if (fs::exists(fs::path(source) / "manifest.json", failure)) return {};
  return Error{ErrorKind::bad_command, "backup_missing", "There is no backup here: it would hold a manifest.json",
               source, "Name the folder that 'throughline backup' wrote"};
}

}  // namespace

Answer backup(const Outside& outside, const Settings& settings, const BackupRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "backup", Access::alone));
  const bool has_keys = !request.keys_target.empty();
  const Permitted permitted =
      TRY(session->may(upkeep(has_keys ? "backup of the workspace and of its keys" : "backup of the workspace")));
  TRY(check_whole(*session, outside));
  // Written first, so that the copy itself says that it was made.
  const ledger::EntryRef entry = TRY(session->ledger().note(permitted.actor, permitted.act));
  outside.progress.begin("copying the workspace", 0, "bytes");
  static_cast<void>(TRY(store::back_up(
      session->workspace(), {.target = request.target, .keys_target = request.keys_target, .taken = entry.at})));
  outside.progress.begin("reading the copy back", 0, "bytes");
  const store::BackupSummary copied = TRY(store::verify_backup(request.target));
  if (has_keys) static_cast<void>(TRY(store::verify_backup(request.keys_target)));
  outside.progress.end();
  Section section{.name = "backup", .title = "The backup is made and verified", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"target", "Backup", request.target},
                   {"files", "Files", copied.files},
                   {"bytes", "Bytes", copied.bytes},
                   {"keys", "Keys", has_keys ? request.keys_target : "not copied"},
                   {"entry", "Entry in the log", entry.number}};
  if (!has_keys) {
    section.notes.emplace_back(
        "The keys were not copied. Without them a restored workspace can be neither opened nor its log read: copy them "
        "to a place apart with --keys-to.");
  }
  section.notes.emplace_back("The backup holds everything that the workspace holds, in plain form: guard it as such.");
  return Report{.verb = "backup", .sections = {std::move(section)}};
}

Answer restore(const Outside& outside, const Settings& settings, const RestoreRequest& request) {
  TRY(check_restore(settings, request));
  TRY(check_source(request.source));
  std::vector<ledger::ErasureOrder> elsewhere;
  if (!request.orders_from.empty()) elsewhere = TRY(orders_of(request.orders_from));
  outside.progress.begin("verifying and copying the backup", 0, "bytes");
  const store::BackupSummary copied =
      TRY(store::restore({.backup = request.source, .target = settings.workspace, .keys_backup = request.keys_source}));
  outside.progress.end();
  const fs::path keys = keys_of(settings);
  const bool has_keys = ledger::Keyring::exists(keys);
  Section section{.name = "restore", .title = "The workspace is back", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"source", "Backup", request.source},
                   {"workspace", "Workspace", fs::absolute(settings.workspace).lexically_normal().string()},
                   {"files", "Files", copied.files},
                   {"bytes", "Bytes", copied.bytes},
                   {"keys", "Keys", has_keys ? keys.string() : "not there"}};
  if (has_keys) TRY(settle_in(outside, settings, elsewhere, section));
  if (!has_keys) {
    section.notes.push_back("The workspace can be opened once its keys lie in " + keys.string() +
                            " or are named with --keys.");
  }
  if (request.orders_from.empty()) {
    section.notes.emplace_back(
        "If rows were erased on orders given after this backup was made, they are back. Restore into another folder "
        "with --orders-from and the workspace that knows those orders.");
  }
  return Report{.verb = "restore", .sections = {std::move(section)}};
}

}  // namespace throughline::app

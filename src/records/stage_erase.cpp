#include "records/stage_erase.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "records/record_id.h"
#include "records/stage.h"
#include "records/stage_original.h"
#include "records/tables.h"
#include "records/tables_erased.h"
#include "records/tables_row.h"
#include "store/duck_writer.h"
#include "store/fault_points.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;
using base::Hash;
using base::Result;
using ledger::ErasureOrder;
using ledger::ErasureTarget;
using ledger::ExtractNo;
using ledger::Ledger;
using ledger::Transaction;

constexpr ledger::RuleId k_rule_of_orders = 308;  // Of ledger/permission.h: erasing on an order.

// One reading of a content: the same file may have been read by two mappings.
struct Reading {
  ExtractNo extract;
  ArchivedExtract archived;
};

// What goes of one content.
struct Removal {
  Hash content_hash;
  bool is_whole = false;  // A workbook or a Parquet file.
  std::vector<Reading> readings;
  std::vector<std::int64_t> places;
  std::vector<ErasedRow> rows;      // Of every reading and place that is a record.
  std::vector<NewlyErased> listed;  // The same, of the readings apart.
  std::vector<NewlyErased> fresh;   // Those that erased_row does not list yet.
};

std::string record_name(const Hash& content_hash, std::int64_t place) {
  return RecordId{.extract = extract_name(content_hash), .place = place}.text();
}

Result<std::vector<Reading>> readings_of(Ledger& ledger, store::DuckConnection& connection, const Hash& content_hash) {
  std::vector<Reading> readings;
  for (const ledger::RegisteredExtract& known : TRY(ledger::readings_of(ledger, content_hash))) {
    const ExtractNo extract = known.announced.extract;
    readings.push_back({.extract = extract,
                        .archived = {.content_hash = content_hash,
                                     .layout = TRY(read_layout(connection, extract)),
                                     .erased = TRY(read_erased_rows(connection, extract))}});
  }
  return readings;
}

// Those rows of a reading that are not listed yet. A place that is no record in it, because another mapping read the
// file in another way, is nothing to remove.
Result<std::vector<ErasedRow>> locate_fresh(const store::Archive& archive, const Reading& reading,
                                            const std::vector<std::int64_t>& places) {
  auto all = locate_rows(archive, reading.archived, places);
  if (all.ok() || all.error().code != "no_record_here") return all;
  std::vector<ErasedRow> rows;
  for (const std::int64_t place : places) {
    auto one = locate_rows(archive, reading.archived, {place});
    if (!one.ok() && one.error().code == "no_record_here") continue;
    for (const ErasedRow& row : TRY(std::move(one))) rows.push_back(row);
  }
  return rows;
}

Result<void> add_rows(Removal& removal, const store::Archive& archive, const Reading& reading) {
  for (const ErasedRow& known : reading.archived.erased) {
    if (std::ranges::find(removal.places, known.place) == removal.places.end()) continue;
    removal.rows.push_back(known);
    removal.listed.push_back({reading.extract, known});
  }
  for (const ErasedRow& row : TRY(locate_fresh(archive, reading, removal.places))) {
    removal.fresh.push_back({reading.extract, row});
  }
  return {};
}

Result<std::vector<Removal>> plan(Ledger& ledger, const std::vector<ErasureTarget>& targets) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  std::map<Hash, std::set<std::int64_t>> places;
  for (const ErasureTarget& target : targets) places[target.content_hash].insert(target.place);
  std::vector<Removal> removals;
  for (const auto& [content_hash, wanted] : places) {
    Removal removal{.content_hash = content_hash,
                    .is_whole = false,
                    .readings = TRY(readings_of(ledger, connection, content_hash)),
                    .places = {wanted.begin(), wanted.end()},
                    .rows = {},
                    .listed = {},
                    .fresh = {}};
    for (const Reading& reading : removal.readings) {
      removal.is_whole = removal.is_whole || !is_text(reading.archived.layout.format);
      TRY(add_rows(removal, ledger.workspace().archive(), reading));
    }
    for (const NewlyErased& fresh : removal.fresh) {
      removal.rows.push_back(fresh.row);
      removal.listed.push_back(fresh);
    }
    removals.push_back(std::move(removal));
  }
  return removals;
}

bool names_any(const ledger::Payload& payload, const std::vector<std::string>& ids) {
  const auto is_named_in = [&](const std::string& text) {
    return std::ranges::any_of(ids, [&](const std::string& id) { return names_record(text, id); });
  };
  return is_named_in(payload.object) || is_named_in(payload.reason) ||
         std::ranges::any_of(payload.recipients, is_named_in);
}

// The entries whose payloads name a record of the orders. Cost: opens every payload of the log.
Result<std::vector<std::int64_t>> entries_naming(Ledger& ledger, const std::vector<Removal>& removals) {
  std::vector<std::string> ids;
  for (const Removal& removal : removals) {
    for (const std::int64_t place : removal.places) ids.push_back(record_name(removal.content_hash, place));
  }
  std::vector<std::int64_t> naming;
  const std::int64_t entries = TRY(ledger.log().size());
  for (std::int64_t number = 0; number < entries; ++number) {
    const ledger::ShownEntry entry = TRY(ledger.log().entry(number));
    const bool is_open = entry.payload_state == ledger::PayloadState::sealed_open;
    if (is_open && names_any(entry.payload, ids)) naming.push_back(number);
  }
  return naming;
}

Result<void> remove_rows(const Transaction& removing, Ledger& ledger, const std::vector<Removal>& removals) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  store::DuckWriter writer(removing.permit(), connection);
  TRY(writer.begin());
  const auto all = [&]() -> Result<void> {
    TRY(writer.run_script(erased_rows_schema()));
    std::vector<ExtractNo> touched;
    for (const Removal& removal : removals) {
      static_cast<void>(TRY(remove_typed_rows(connection, writer, removal.listed)));
      TRY(add_erased_rows(writer, removal.fresh));
      for (const Reading& reading : removal.readings) touched.push_back(reading.extract);
    }
    std::vector<std::int64_t> entries = TRY(entries_naming(ledger, removals));
    const std::vector<std::int64_t> noted = TRY(read_entries_to_forget(connection));
    std::erase_if(entries, [&](std::int64_t entry) { return std::ranges::binary_search(noted, entry); });
    TRY(add_entries_to_forget(writer, entries));
    TRY(rebuild_cube(writer, touched));
    FAULT_POINT("erase.before_commit");
    return writer.commit();
  };
  Result<void> done = all();
  if (!done.ok()) writer.rollback();
  return done;
}

Result<void> remove_originals(const Transaction& removing, store::Archive& archive,
                              const std::vector<Removal>& removals) {
  for (const Removal& removal : removals) {
    if (removal.rows.empty() || !archive.holds(removal.content_hash)) continue;
    if (removal.is_whole) {
      TRY(archive.remove(removing.permit(), removal.content_hash));
      continue;
    }
    std::vector<store::ByteRange> ranges;
    for (const ErasedRow& row : removal.rows) ranges.push_back(row.content);
    static_cast<void>(TRY(archive.rebuild_without(removing.permit(), removal.content_hash, std::move(ranges))));
    FAULT_POINT("erase.one_original_blanked");
  }
  return {};
}

// Those that this run found and those that an interrupted one had noted; one that is forgotten already stays so.
Result<void> forget_payloads(const Transaction& removing, Ledger& ledger) {
  std::vector<std::int64_t> entries;
  {
    store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
    entries = TRY(read_entries_to_forget(connection));
  }
  for (const std::int64_t entry : entries) {
    if (TRY(ledger.log().entry(entry)).payload_state == ledger::PayloadState::destroyed) continue;
    TRY(ledger.log().forget_payload(removing.permit(), entry, removing.entry().at));
    FAULT_POINT("erase.one_payload_forgotten");
  }
  return {};
}

ledger::Act act_for(ledger::Gateway basis, std::string object) {
  return {.operation = ledger::Operation::erasure,
          .purpose = ledger::Purpose::govern,
          .gateway = basis,
          .decision = ledger::Decision::allow,
          .rule = k_rule_of_orders,
          .object = std::move(object),
          .reason = {},
          .recipients = {}};
}

Result<std::vector<ErasureOrder>> pending_orders(Ledger& ledger) {
  std::vector<ErasureOrder> orders = TRY(ledger::erasure_orders(ledger));
  std::erase_if(orders, [](const ErasureOrder& order) { return order.executed_at.has_value(); });
  return orders;
}

Result<void> mark(Ledger& ledger, const ledger::Actor& actor, const std::vector<ErasureOrder>& orders) {
  for (const ErasureOrder& order : orders) {
    Transaction marking =
        TRY(ledger.begin(actor, act_for(order.basis, fmt::format("erasure order {} executed", order.id))));
    FAULT_POINT("erase.before_mark");
    TRY(ledger::mark_executed(marking, order.id));
    static_cast<void>(TRY(marking.commit()));
  }
  return {};
}

std::int64_t records_in(const std::vector<Removal>& removals) {
  std::int64_t records = 0;
  for (const Removal& removal : removals) {
    std::set<std::int64_t> places;
    for (const ErasedRow& row : removal.rows) places.insert(row.place);
    records += static_cast<std::int64_t>(places.size());
  }
  return records;
}

}  // namespace

bool names_record(std::string_view text, std::string_view record_id) {
  for (std::size_t at = text.find(record_id); at != std::string_view::npos; at = text.find(record_id, at + 1)) {
    const std::size_t end = at + record_id.size();
    if (end == text.size() || text[end] < '0' || text[end] > '9') return true;
  }
  return false;
}

Result<ErasureOutlook> look_ahead(Ledger& ledger, const std::vector<ErasureTarget>& targets) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  ErasureOutlook outlook;
  std::set<std::string> files;
  for (const ErasureTarget& target : std::set<ErasureTarget>(targets.begin(), targets.end())) {
    const std::string id = record_name(target.content_hash, target.place);
    bool is_there = false;
    bool was_erased = false;
    for (const Reading& reading : TRY(readings_of(ledger, connection, target.content_hash))) {
      const bool is_here = TRY(holds_row(connection, reading.extract, target.place));
      is_there = is_there || is_here;
      was_erased = was_erased || std::ranges::find(reading.archived.erased, target.place, &ErasedRow::place) !=
                                     reading.archived.erased.end();
      if (is_here && !is_text(reading.archived.layout.format)) files.insert(reading.archived.layout.content_name);
    }
    if (!is_there && !was_erased) {
      return Error{ErrorKind::bad_command, "no_record_here",
                   fmt::format("No record begins at place {} of this extract", target.place),
                   extract_name(target.content_hash),
                   fmt::format("List its records with throughline records {}", extract_name(target.content_hash))};
    }
    (is_there ? outlook.records : outlook.erased_before).push_back(id);
  }
  outlook.whole_files.assign(files.begin(), files.end());
  return outlook;
}

Result<std::int64_t> carry_out_erasures(Ledger& ledger, const ledger::Actor& actor) {
  const std::vector<ErasureOrder> orders = TRY(pending_orders(ledger));
  if (orders.empty()) return std::int64_t{0};
  std::vector<ErasureTarget> targets;
  bool is_one_basis = true;
  for (const ErasureOrder& order : orders) {
    targets.insert(targets.end(), order.targets.begin(), order.targets.end());
    is_one_basis = is_one_basis && order.basis == orders.front().basis;
  }
  const ledger::Gateway basis = is_one_basis ? orders.front().basis : ledger::Gateway::none;
  Transaction removing = TRY(ledger.begin(
      actor, act_for(basis, fmt::format("{} record{} erased", targets.size(), targets.size() == 1 ? "" : "s"))));
  const std::vector<Removal> removals = TRY(plan(ledger, targets));
  TRY(remove_rows(removing, ledger, removals));
  FAULT_POINT("erase.rows_removed");
  TRY(ledger.workspace().compact(removing.permit()));
  FAULT_POINT("erase.store_rebuilt");
  TRY(remove_originals(removing, ledger.workspace().archive(), removals));
  TRY(forget_payloads(removing, ledger));
  FAULT_POINT("erase.before_payloads_go");
  static_cast<void>(TRY(removing.commit()));
  FAULT_POINT("erase.payloads_gone");
  TRY(mark(ledger, actor, orders));
  TRY(ledger.workspace().settle());
  return records_in(removals);
}

}  // namespace throughline::records

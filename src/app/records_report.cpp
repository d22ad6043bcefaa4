#include "app/records_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "records/mapping.h"
#include "records/record_id.h"
#include "records/tables_erased.h"
#include "records/tables_row.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ledger::RegisteredExtract;

std::string record_id(const RegisteredExtract& extract, std::int64_t place) {
  return records::RecordId{.extract = records::extract_name(extract.announced.content_hash), .place = place}.text();
}

// "category: Drugs; start: 2025-01".
std::string fields_text(const records::TypedItem& item) {
  std::string text;
  for (const records::TypedField& field : item.fields) {
    text += (text.empty() ? "" : "; ") + field.field + ": " + field.value;
  }
  return text;
}

std::string line_of(const records::StoredRejection& rejection) {
  return (rejection.column.empty() ? "the row" : rejection.column) + " " +
         std::string(records::sentence_of(rejection.rule));
}

Table rejection_table(const RegisteredExtract& extract, const std::vector<records::StoredRejection>& rejections) {
  Table table{.name = "rejections",
              .title = "",
              .columns = {{"record", "Record"},
                          {"line", "Line", ColumnKind::number},
                          {"column", "Column"},
                          {"rule", "Rule"},
                          {"what", "What is wrong"},
                          {"value_class", "What stood there"}},
              .rows = {},
              .empty_text = "Nothing was rejected."};
  for (const records::StoredRejection& rejection : rejections) {
    table.rows.push_back({record_id(extract, rejection.place), rejection.line, text_or_nothing(rejection.column),
                          std::string(records::code_of(rejection.rule)), line_of(rejection),
                          text_or_nothing(rejection.value_class)});
  }
  return table;
}

// What a column of the file means by the mapping, and what it became in this row.
struct Became {
  std::string field;  // "event.category".
  std::string value;
};

std::string value_of(const records::TypedRow& typed, const records::ItemRule& rule, const Became& wanted,
                     std::size_t item) {
  const std::string_view field = std::string_view(wanted.field).substr(rule.name.size() + 1);
  for (const records::TypedItem& found : typed.items) {
    if (found.table != rule.table || found.item != static_cast<std::int32_t>(item)) continue;
    const auto at = std::ranges::find(found.fields, field, &records::TypedField::field);
    if (at != found.fields.end()) return at->value;
  }
  return {};
}

std::vector<Became> became(const records::Mapping& mapping, const std::string& column, const records::TypedRow& typed) {
  std::vector<Became> all;
  for (const records::ColumnRule& rule : mapping.columns) {
    if (std::ranges::find(rule.names, column) == rule.names.end()) continue;
    for (const records::Aim& aim : rule.aims) {
      const records::ItemRule& item = mapping.items.at(aim.item);
      const std::string field(records::spec_of(item.table).fields[aim.field].name);
      Became& one = all.emplace_back(Became{.field = item.name + "." + field, .value = {}});
      one.value = value_of(typed, item, one, aim.item);
    }
  }
  return all;
}

void add_part(std::string& list, std::string_view part) {
  if (part.empty()) return;
  list += list.empty() ? "" : "; ";
  list += part;
}

std::vector<Value> beside_row(const FoundRecord& record, const std::optional<records::Mapping>& mapping,
                              const records::OriginalField& field) {
  std::string means;
  std::string typed;
  std::string rejected;
  for (const Became& one : mapping ? became(*mapping, field.column, record.typed) : std::vector<Became>()) {
    add_part(means, one.field);
    add_part(typed, one.value);
  }
  for (const records::StoredRejection& rejection : record.rejections) {
    if (rejection.column == field.column) add_part(rejected, records::sentence_of(rejection.rule));
  }
  return {field.column, field.value ? Value(*field.value) : Value(), text_or_nothing(means), text_or_nothing(typed),
          text_or_nothing(rejected)};
}

Table beside_table(const FoundRecord& record, const std::optional<records::Mapping>& mapping) {
  Table table{.name = "fields",
              .title = "",
              .columns = {{"column", "Column"},
                          {"as_it_came", "As it came"},
                          {"means", "Means"},
                          {"typed", "As typed"},
                          {"rejected", "Rejected because it"}},
              .rows = {},
              .empty_text = "Nothing of it can be shown."};
  for (const records::OriginalField& field : record.original.fields) {
    table.rows.push_back(beside_row(record, mapping, field));
  }
  return table;
}

Table items_table(const FoundRecord& record) {
  Table table{.name = "items",
              .title = "What it became",
              .columns = {{"table", "Table"}, {"kind", "Kind"}, {"roles", "Roles"}, {"values", "Values"}},
              .rows = {},
              .empty_text = "It became nothing."};
  for (const records::TypedItem& item : record.typed.items) {
    table.rows.push_back({std::string(records::spec_of(item.table).name), text_or_nothing(item.kind),
                          text_or_nothing(item.roles), fields_text(item)});
  }
  return table;
}

}  // namespace

std::optional<std::string> state_of(const RegisteredExtract& extract, std::optional<base::Date> as_of) {
  if (extract.state != ledger::BatchState::confirmed || !extract.confirmed_at) return std::nullopt;
  const auto is_later = [&](base::Instant at) { return as_of && at >= base::Instant::start_of(*as_of + 1); };
  if (is_later(*extract.confirmed_at)) return std::nullopt;
  const bool is_superseded = extract.superseded_at && !is_later(*extract.superseded_at);
  return is_superseded ? "superseded" : "stands";
}

Section extracts_section(const std::vector<RegisteredExtract>& registry, std::optional<base::Date> as_of,
                         const std::map<ledger::AgencyId, std::string>& agencies) {
  Table table{.name = "extracts",
              .title = "",
              .columns = {{"extract", "Extract"},
                          {"rows", "Rows", ColumnKind::number},
                          {"rejected", "Rejected", ColumnKind::number},
                          {"state", "State"},
                          {"source", "Mapping"},
                          {"coverage", "Covers"},
                          {"file", "File"},
                          {"received", "Received"},
                          {"agency", "Brought in by"}},
              .rows = {},
              .empty_text = "Nothing was taken in yet. Begin with throughline ingest FILE"};
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  for (const RegisteredExtract& extract : registry) {
    const auto state = state_of(extract, as_of);
    if (!state) continue;
    const ledger::Announcement& said = extract.announced;
    const auto agency = agencies.find(extract.agency);
    table.rows.push_back({records::extract_name(said.content_hash), said.rows_read, said.rows_rejected, *state,
                          said.mapping, text_or_nothing(said.coverage), text_or_nothing(said.file_name),
                          base::to_string(said.received_at.date()),
                          agency == agencies.end() ? Value() : Value(agency->second)});
    if (*state != "stands") continue;
    rows += said.rows_read;
    rejected += said.rows_rejected;
  }
  Section section{.name = "extracts",
                  .title = "Extracts",
                  .facts = {{"rows", "Rows that stand", rows}, {"rejected", "of which rejected", rejected}},
                  .tables = {std::move(table)},
                  .notes = {}};
  if (as_of) section.notes.push_back("As it was known at the end of " + base::to_string(*as_of) + ".");
  return section;
}

Result<records::ArchivedExtract> archived_extract(store::DuckConnection& connection, const RegisteredExtract& extract) {
  const ledger::ExtractNo number = extract.announced.extract;
  return records::ArchivedExtract{.content_hash = extract.announced.content_hash,
                                  .layout = TRY(records::read_layout(connection, number)),
                                  .erased = TRY(records::read_erased_rows(connection, number))};
}

Result<Section> extract_section(ledger::Ledger& ledger, const RegisteredExtract& extract) {
  const ledger::Announcement& said = extract.announced;
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  const records::ArchivedExtract archived = TRY(archived_extract(connection, extract));
  Section section{.name = "extract",
                  .title = "Extract " + records::extract_name(said.content_hash),
                  .facts = {{"extract", "Name", records::extract_name(said.content_hash)},
                            {"file", "File", said.file_name},
                            {"mapping", "Mapping", said.mapping},
                            {"coverage", "Covers", text_or_nothing(said.coverage)},
                            {"rows", "Rows", said.rows_read},
                            {"rejected", "of which rejected", said.rows_rejected},
                            {"state", "State", text_or_nothing(state_of(extract, {}).value_or("not confirmed"))},
                            {"received", "Received", base::to_string(said.received_at)}},
                  .tables = {},
                  .notes = {}};
  for (const records::Finding& finding : archived.layout.findings) section.notes.push_back(finding.text + ".");
  if (!archived.erased.empty()) {
    section.facts.push_back({"erased", "Erased since", static_cast<std::int64_t>(archived.erased.size())});
    section.notes.emplace_back("Rows and rejections are counted as they came; those erased since are no longer there.");
  }
  return section;
}

Result<Section> rows_section(ledger::Ledger& ledger, const RegisteredExtract& extract, std::int64_t rows_max) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  Table table{
      .name = "rows",
      .title = "",
      .columns = {{"record", "Record"}, {"table", "Table"}, {"kind", "Kind"}, {"roles", "Roles"}, {"values", "Values"}},
      .rows = {},
      .empty_text = "It has no rows that could be typed."};
  const ledger::ExtractNo number = extract.announced.extract;
  for (const std::int64_t place : TRY(records::first_places(connection, number, rows_max))) {
    for (const records::TypedItem& item : TRY(records::read_typed_row(connection, number, place)).items) {
      table.rows.push_back({record_id(extract, place), std::string(records::spec_of(item.table).name),
                            text_or_nothing(item.kind), text_or_nothing(item.roles), fields_text(item)});
    }
  }
  return Section{.name = "rows",
                 .title = fmt::format("The first rows as typed, {} at most", rows_max),
                 .facts = {},
                 .tables = {std::move(table)},
                 .notes = {}};
}

Result<Section> rejections_section(ledger::Ledger& ledger, const RegisteredExtract& extract, std::int64_t rows_max) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  Table counts{.name = "rules",
               .title = "How often",
               .columns = {{"column", "Column"},
                           {"rule", "Rule"},
                           {"what", "What is wrong"},
                           {"faults", "Faults", ColumnKind::number}},
               .rows = {},
               .empty_text = "Nothing was rejected."};
  for (const records::RejectionCount& count : TRY(records::count_rejections(connection, {extract.announced.extract}))) {
    counts.rows.push_back({text_or_nothing(count.column), std::string(records::code_of(count.rule)),
                           std::string(records::sentence_of(count.rule)), count.faults});
  }
  const auto rejections = TRY(records::read_rejections(connection, extract.announced.extract, rows_max));
  Table table = rejection_table(extract, rejections);
  table.title = fmt::format("The first, {} at most", rows_max);
  return Section{.name = "rejections",
                 .title = "Rejections",
                 .facts = {},
                 .tables = {std::move(counts), std::move(table)},
                 .notes = {"What stood there is told by its kind, never by its value."}};
}

Result<FoundRecord> find_record(ledger::Ledger& ledger, const RegisteredExtract& extract, std::int64_t place) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  const ledger::ExtractNo number = extract.announced.extract;
  records::ArchivedExtract archived = TRY(archived_extract(connection, extract));
  FoundRecord found{.id = record_id(extract, place),
                    .layout = archived.layout,
                    .original = {},
                    .is_original_gone = false,
                    .typed = TRY(records::read_typed_row(connection, number, place)),
                    .rejections = TRY(records::read_rejections_at(connection, number, place))};
  const bool is_erased = std::ranges::find(archived.erased, place, &records::ErasedRow::place) != archived.erased.end();
  if (found.typed.items.empty() && found.rejections.empty() && !is_erased) {
    // A line of a quoted field looks like a record to whoever reads from there; the store knows better.
    return Error{ErrorKind::bad_command, "no_record_here",
                 fmt::format("No record begins at place {} of this extract", place),
                 records::extract_name(extract.announced.content_hash),
                 "List its records with throughline records " + records::extract_name(extract.announced.content_hash)};
  }
  auto original = records::read_original(ledger.workspace(), archived, place);
  found.is_original_gone = !original.ok() && original.error().code == "original_removed";
  if (!found.is_original_gone) found.original = TRY(std::move(original));
  return found;
}

Section record_section(const FoundRecord& record) {
  Section section{.name = "record",
                  .title = "Record " + record.id,
                  .facts = {{"record", "Record", record.id}},
                  .tables = {},
                  .notes = {}};
  if (record.original.is_erased) {
    section.notes.emplace_back("This record was erased under an order. Nothing of what it said is kept.");
    return section;
  }
  section.tables.push_back(beside_table(record, records::check_mapping(record.layout.mapping_toml, "").mapping));
  section.tables.push_back(items_table(record));
  if (record.is_original_gone) {
    section.notes.emplace_back(
        "The file it came in was removed when another of its rows was erased: a workbook or a Parquet file cannot lose "
        "a single row.");
  }
  if (record.original.fault) {
    section.notes.push_back("As a record it is a fault: " + record.original.fault->message() + ".");
    if (record.original.fields.empty() && !record.original.text.empty()) {
      section.facts.push_back({"text", "As it came", record.original.text});
    }
  }
  for (const records::StoredRejection& rejection : record.rejections) {
    section.notes.push_back("Rejected: " + line_of(rejection) + ".");
  }
  return section;
}

}  // namespace throughline::app

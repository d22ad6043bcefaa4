#include "app/trace_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "evidence/cell.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "records/mapping.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ledger::RegisteredExtract;

Value time_or_nothing(const std::optional<base::Instant>& at) {
  return at ? Value(base::to_string(*at)) : Value();
}

Result<std::string> name_of_extract(ledger::Ledger& ledger, ledger::ExtractNo number) {
  for (const RegisteredExtract& extract : TRY(ledger::registry(ledger))) {
    if (extract.announced.extract == number) return records::extract_name(extract.announced.content_hash);
  }
  return std::to_string(number.number());
}

Value count_or_nothing(const evidence::OrRefusal<std::int64_t>& count) {
  const auto* value = std::get_if<std::int64_t>(&count);
  return value == nullptr ? Value() : Value(*value);
}

std::string words_of(const evidence::Interval& interval) {
  return fmt::format("{:.1f} to {:.1f}", interval.low, interval.high);
}

Section figure_section(const evidence::World& world, const evidence::CellId& cell, const evidence::Series& series) {
  const evidence::Figure& figure = series.figures.front();
  const auto code = evidence::AreaCode::parse(cell.area);
  const evidence::Area* area = code ? world.areas().find(*code) : nullptr;
  Section section{.name = "figure",
                  .title = evidence::to_text(cell),
                  .facts = {{"cell", "Figure", evidence::to_text(cell)},
                            {"count", "Count", count_or_nothing(figure.count)},
                            {"measure", "Measure", std::string(series.measure->title)},
                            {"category", "Category", series.category_words},
                            {"area", "Area", area == nullptr ? cell.area : area->name + " (" + cell.area + ")"},
                            {"period", "Period", evidence::to_text(cell.period)},
                            {"unit", "Unit", std::string(series.measure->unit)},
                            {"universe", "Out of", std::string(series.measure->universe)},
                            {"date_basis", "Counted by", std::string(series.measure->date_basis)},
                            {"release", "Read from", series.release},
                            {"geography", "Geography", text_or_nothing(series.geography)}},
                  .tables = {},
                  .notes = {}};
  if (const auto* refusal = std::get_if<evidence::Refusal>(&figure.count)) {
    section.notes.push_back(refusal->reason + (refusal->remedy.empty() ? "" : " " + refusal->remedy));
    section.facts.push_back({"received_count", "Count of the months received", figure.received_count});
  } else {
    section.facts.push_back({"interval", "Compatible with a mean of", words_of(figure.interval)});
    section.facts.push_back({"method", "Method", text_or_nothing(figure.method)});
  }
  Table caveats{.name = "caveats",
                .title = "Caveats",
                .columns = {{"code", "Code"}, {"text", "What it means"}},
                .rows = {},
                .empty_text = "None."};
  for (const evidence::CaveatNote& note : figure.caveats.notes()) {
    caveats.rows.push_back({std::string(evidence::code_of(note.caveat)), evidence::text_of(note)});
  }
  section.tables.push_back(std::move(caveats));
  return section;
}

Section behind_section(const evidence::CellAnswer& answer) {
  Table extracts{.name = "extracts",
                 .title = "Extracts",
                 .columns = {{"extract", "Extract"},
                             {"rows", "Rows behind it", ColumnKind::number},
                             {"source", "Mapping"},
                             {"coverage", "Covers"},
                             {"file", "File"},
                             {"received", "Received"}},
                 .rows = {},
                 .empty_text = "No row stands behind it."};
  for (const evidence::CellSource& source : answer.sources) {
    extracts.rows.push_back({source.extract.name, source.rows, source.extract.mapping,
                             text_or_nothing(source.extract.coverage), source.extract.file_name,
                             base::to_string(source.extract.received)});
  }
  Table rows{.name = "records",
             .title = "The first records",
             .columns = {{"record", "Record"}},
             .rows = {},
             .empty_text = "None."};
  for (const std::string& id : answer.rows) rows.rows.push_back({id});
  Section section{.name = "behind",
                  .title = "What it rests on",
                  .facts = {{"rows_total", "Rows behind it", answer.rows_total}},
                  .tables = {std::move(extracts), std::move(rows)},
                  .notes = {}};
  return section;
}

Error proof_fails(std::int64_t entry, const std::string& what) {
  return {ErrorKind::damaged, "proof_fails", fmt::format("Entry {} of the log cannot be proved: {}", entry, what), "",
          "Run throughline audit verify"};
}

}  // namespace

Result<Section> provenance_section(ledger::Ledger& ledger, const RegisteredExtract& extract) {
  const ledger::Announcement& said = extract.announced;
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  const records::Layout layout = TRY(records::read_layout(connection, said.extract));
  const records::Mapping mapping =
      records::check_mapping(layout.mapping_toml, said.mapping).mapping.value_or(records::Mapping());
  const std::string superseded_by =
      extract.superseded_by ? TRY(name_of_extract(ledger, *extract.superseded_by)) : std::string();
  return Section{.name = "provenance",
                 .title = "Extract " + records::extract_name(said.content_hash),
                 .facts = {{"extract", "Extract", records::extract_name(said.content_hash)},
                           {"file", "File", said.file_name},
                           {"content_hash", "Hash of its content", said.content_hash.hex()},
                           {"received_hash", "Hash as received", said.received_hash.hex()},
                           {"encoding", "Encoding", std::string(base::encoding_name(layout.encoding))},
                           {"mapping", "Mapping", said.mapping},
                           {"mapping_hash", "Hash of the mapping", said.mapping_hash.hex()},
                           {"publisher", "Publisher", text_or_nothing(mapping.publisher)},
                           {"agency", "Agency", text_or_nothing(mapping.agency)},
                           {"data_class", "Kind of data", std::string(ledger::code_of(said.data_class))},
                           {"gateway", "Gateway", std::string(ledger::code_of(mapping.gateway))},
                           {"retention", "Retention class", text_or_nothing(mapping.retention)},
                           {"licence", "Licence", text_or_nothing(mapping.licence)},
                           {"coverage", "Covers", text_or_nothing(said.coverage)},
                           {"received", "Received", base::to_string(said.received_at)},
                           {"confirmed", "Confirmed", time_or_nothing(extract.confirmed_at)},
                           {"superseded", "Superseded", time_or_nothing(extract.superseded_at)},
                           {"superseded_by", "Superseded by", text_or_nothing(superseded_by)}},
                 .tables = {},
                 .notes = {}};
}

Section handling_section(const records::TypedRow& typed) {
  constexpr std::array k_fields = {"agency",   "grade_source", "grade_assessment",
                                   "handling", "conditions",   "reported_by"};
  Table table{.name = "handling",
              .title = "",
              .columns = {{"table", "Table"}, {"field", "Field"}, {"value", "Value"}},
              .rows = {},
              .empty_text = "The record carries no agency, grade or handling of its own."};
  for (const records::TypedItem& item : typed.items) {
    for (const records::TypedField& field : item.fields) {
      if (std::ranges::find(k_fields, field.field) == k_fields.end()) continue;
      table.rows.push_back({std::string(records::spec_of(item.table).name), field.field, field.value});
    }
  }
  return {.name = "handling",
          .title = "Agency, grade and handling",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {}};
}

Result<Section> entry_section(ledger::Ledger& ledger, std::int64_t number) {
  const ledger::ShownEntry shown = TRY(ledger.log().entry(number));
  const ledger::InclusionProof proof = TRY(ledger.log().prove_entry(number));
  if (ledger::leaf_hash(ledger::encode(shown.entry)) != proof.claim.leaf_hash) {
    return proof_fails(number, "its bytes do not give the hash in the tree");
  }
  if (!ledger::verify_inclusion(proof.claim, proof.path)) return proof_fails(number, "it is not under the root");
  const auto head = ledger::read_checkpoint(proof.checkpoint, ledger::public_half(ledger.keyring().signing_key()));
  if (!head.ok() || head.value().root != proof.claim.root || head.value().size != proof.claim.size) {
    return proof_fails(number, "the root is not the one in the signed head");
  }
  return Section{.name = "entry",
                 .title = fmt::format("Entry {} of the log, which let it in", number),
                 .facts = {{"entry", "Entry", number},
                           {"at", "Written", base::to_string(shown.entry.at)},
                           {"operation", "Operation", std::string(ledger::code_of(shown.entry.operation))},
                           {"purpose", "Purpose", std::string(ledger::code_of(shown.entry.purpose))},
                           {"gateway", "Gateway", std::string(ledger::code_of(shown.entry.gateway))},
                           {"leaf_hash", "Its hash", proof.claim.leaf_hash.hex()},
                           {"root", "Root", proof.claim.root.hex()},
                           {"size", "Entries under it", proof.claim.size},
                           {"proof", "Proof of inclusion", "verified"}},
                 .tables = {},
                 .notes = {}};
}

Result<TracedFigure> trace_figure(const evidence::World& world, const evidence::CellId& id, std::int64_t rows_max) {
  const evidence::CellAnswer answer = TRY(evidence::recompute(world, id, rows_max));
  if (answer.series.figures.empty()) {
    return Error{ErrorKind::bad_command, "nothing_received", "Nothing was received from which this could be counted",
                 to_text(id), "List the extracts with throughline records"};
  }
  TracedFigure traced;
  traced.sections.push_back(figure_section(world, id, answer.series));
  traced.sections.push_back(behind_section(answer));
  for (const evidence::CellSource& source : answer.sources) traced.extracts.push_back(source.extract.number);
  return traced;
}

}  // namespace throughline::app

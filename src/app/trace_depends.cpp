#include "app/trace_depends.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evidence/model.h"
#include "evidence/month_span.h"
#include "evidence/tables.h"
#include "records/mapping.h"
#include "records/record_id.h"
#include "records/tables.h"

namespace throughline::app {

namespace {

using base::Result;
using ledger::RegisteredExtract;

// What one measure takes from the extract.
struct Fed {
  std::set<std::string> areas;
  std::optional<base::Month> first;
  std::optional<base::Month> last;
  std::int64_t count = 0;

  void add(const std::string& area, base::Month month, std::int64_t more) {
    areas.insert(area);
    first = first ? std::min(*first, month) : month;
    last = last ? std::max(*last, month) : month;
    count += more;
  }
};

const char* areas_of(evidence::AreaBasis basis) {
  switch (basis) {
    case evidence::AreaBasis::event_place: return "LSOAs";
    case evidence::AreaBasis::reporting_force: return "forces";
    case evidence::AreaBasis::published_area: return "published areas";
  }
  return "areas";
}

Result<Fed> fed_by(store::DuckConnection& connection, const evidence::Measure& measure, std::int32_t extract) {
  Fed fed;
  const evidence::CountQuery query{.extracts = {extract}};
  switch (measure.basis) {
    case evidence::AreaBasis::event_place:
      for (const evidence::CountRow& row : TRY(evidence::count_by_lsoa(connection, query))) {
        fed.add(row.area.text(), row.month, row.count);
      }
      return fed;
    case evidence::AreaBasis::reporting_force:
      for (const evidence::ForceCount& row : TRY(evidence::count_by_force(connection, query))) {
        fed.add(row.force, row.month, row.count);
      }
      return fed;
    case evidence::AreaBasis::published_area:
      for (const evidence::ObservedCount& row : TRY(evidence::observed_counts(connection, {extract}))) {
        if (row.area) fed.add(row.area->text(), row.month, row.count);
      }
      return fed;
  }
  return fed;
}

Result<Table> measures_table(store::DuckConnection& connection, const RegisteredExtract& extract) {
  Table table{.name = "measures",
              .title = "Measures that count its rows",
              .columns = {{"measure", "Measure"},
                          {"title", "What it counts"},
                          {"months", "Months"},
                          {"areas", "Areas", ColumnKind::number},
                          {"area_kind", "Of the kind"},
                          {"count", "Counted", ColumnKind::number}},
              .rows = {},
              .empty_text = "No measure counts rows of this extract."};
  // Personal and sensitive records are in no figure, whatever their mapping is called.
  if (extract.announced.data_class != ledger::DataClass::published) return table;
  const evidence::VisibleExtract seen = evidence::seen(extract);
  const auto source = evidence::row_source_of(seen.mapping);
  for (const evidence::Measure& measure : evidence::measures()) {
    if (source != measure.source) continue;
    const Fed fed = TRY(fed_by(connection, measure, seen.number));
    if (!fed.first) continue;
    table.rows.push_back({std::string(measure.name), std::string(measure.title),
                          evidence::to_text(evidence::MonthSpan{.begin = *fed.first, .end = *fed.last + 1}),
                          static_cast<std::int64_t>(fed.areas.size()), std::string(areas_of(measure.basis)),
                          fed.count});
  }
  return table;
}

// Of rows that are counted by nothing and that figures rest on all the same.
std::optional<std::string> use_of(records::Table table) {
  switch (table) {
    case records::Table::area: return "The names of areas, beside every figure";
    case records::Table::area_part: return "Which area lies in which: figures of wards, authorities and forces";
    case records::Table::population: return "Rates: how many people live there";
    case records::Table::centroid: return "Where on the map an area lies";
    case records::Table::event:
    case records::Table::person:
    case records::Table::object:
    case records::Table::location:
    case records::Table::observation: return std::nullopt;
  }
  return std::nullopt;
}

Table reference_table(const records::Mapping& mapping) {
  Table table{.name = "reference",
              .title = "What its reference rows are for",
              .columns = {{"table", "Rows of"}, {"use", "Used for"}},
              .rows = {},
              .empty_text = "It holds no reference rows."};
  std::set<std::string> told;
  for (const records::ItemRule& item : mapping.items) {
    const auto use = use_of(item.table);
    const std::string name(records::spec_of(item.table).name);
    if (use && told.insert(name).second) table.rows.push_back({name, *use});
  }
  return table;
}

Value words_or_nothing(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

std::vector<Value> replacement_row(const RegisteredExtract& other, const char* how,
                                   const std::optional<base::Instant>& at) {
  return {records::extract_name(other.announced.content_hash), std::string(how),
          at ? Value(base::to_string(*at)) : Value(), words_or_nothing(other.announced.coverage)};
}

Table replacements_table(const std::vector<RegisteredExtract>& all, const RegisteredExtract& extract) {
  Table table{.name = "replacements",
              .title = "What it replaced, and what replaced it",
              .columns = {{"extract", "Extract"}, {"how", "How"}, {"at", "When"}, {"coverage", "Covers"}},
              .rows = {},
              .empty_text = "It replaced nothing, and nothing replaced it."};
  for (const RegisteredExtract& other : all) {
    const ledger::ExtractNo number = other.announced.extract;
    if (other.superseded_by == extract.announced.extract) {
      table.rows.push_back(replacement_row(other, "replaced by this one", other.superseded_at));
    }
    if (extract.superseded_by == number) {
      table.rows.push_back(replacement_row(other, "replaced this one", extract.superseded_at));
    }
  }
  return table;
}

}  // namespace

Result<Section> depends_section(ledger::Ledger& ledger, const RegisteredExtract& extract) {
  store::DuckConnection connection = TRY(ledger.workspace().records_store().connect());
  const records::Layout layout = TRY(records::read_layout(connection, extract.announced.extract));
  const records::Mapping mapping =
      records::check_mapping(layout.mapping_toml, extract.announced.mapping).mapping.value_or(records::Mapping());
  const std::vector<RegisteredExtract> all = TRY(ledger::registry(ledger));
  Table measures = TRY(measures_table(connection, extract));
  Section section{.name = "depends", .title = "What depends on it", .facts = {}, .tables = {}, .notes = {}};
  if (extract.superseded_at) {
    section.notes.emplace_back(
        "It was replaced: figures as of now leave it out, and figures as of a day before it was replaced rest on it.");
  }
  if (extract.announced.data_class != ledger::DataClass::published) {
    section.notes.emplace_back("It holds records of people, and no figure counts those.");
  }
  section.tables.push_back(std::move(measures));
  section.tables.push_back(reference_table(mapping));
  section.tables.push_back(replacements_table(all, extract));
  return section;
}

}  // namespace throughline::app

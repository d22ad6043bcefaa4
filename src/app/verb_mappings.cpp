#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/verbs.h"
#include "base/text.h"
#include "records/mapping.h"

namespace throughline::app {

namespace {

using records::ColumnRule;
using records::Mapping;

Value words(std::string text) {
  return text.empty() ? Value() : Value(std::move(text));
}

std::string tables_of(const Mapping& mapping) {
  std::vector<std::string_view> names;
  for (const records::ItemRule& item : mapping.items) {
    const std::string_view name = records::spec_of(item.table).name;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Report listed() {
  Table table{.name = "mappings",
              .title = "Built in",
              .columns = {{"name", "Name"},
                          {"title", "What it reads"},
                          {"tables", "Gives rows of"},
                          {"data_class", "Data class"}},
              .rows = {},
              .empty_text = "There are none."};
  for (const Mapping& mapping : records::built_in_mappings()) {
    table.rows.push_back(
        {mapping.name, mapping.title, tables_of(mapping), std::string(ledger::code_of(mapping.data_class))});
  }
  Section section{.name = "mappings", .title = "Mappings", .facts = {}, .tables = {std::move(table)}, .notes = {}};
  section.notes.emplace_back("A mapping of your own is a TOML file; docs/reference/mappings.md says how to write one.");
  section.commands.push_back({.line = "throughline mappings show police-uk-street", .what = "one mapping, by column"});
  section.commands.push_back({.line = "throughline mappings check own.toml", .what = "every error of one of your own"});
  return {.verb = "mappings", .sections = {std::move(section)}};
}

std::string name_in_file(const ColumnRule& rule) {
  return rule.names.empty() ? fmt::format("{{{}}} of the file's name", rule.file_name_part) : rule.names.front();
}

std::string aims_of(const Mapping& mapping, const ColumnRule& rule) {
  std::vector<std::string> aims;
  for (const records::Aim& aim : rule.aims) {
    const records::ItemRule& item = mapping.items.at(aim.item);
    aims.push_back(fmt::format("{}.{}", item.name, records::spec_of(item.table).fields[aim.field].name));
  }
  return fmt::format("{}", fmt::join(aims, ", "));
}

// "required; 14 words, no others; day first".
std::string rules_of(const ColumnRule& rule) {
  std::vector<std::string> rules;
  if (rule.is_required) rules.emplace_back("required");
  if (!rule.vocabulary.empty()) {
    rules.push_back(fmt::format("{} words{}", rule.vocabulary.size(), rule.is_closed ? ", no others" : ""));
  }
  if (!rule.replace.empty()) rules.push_back(fmt::format("{} replaced", rule.replace.size()));
  if (rule.is_list) rules.emplace_back("list");
  if (rule.date_order == records::DateOrder::british) rules.emplace_back("day first");
  if (rule.text_bytes_max != ColumnRule().text_bytes_max) {
    rules.push_back(fmt::format("{} bytes at most", rule.text_bytes_max));
  }
  return fmt::format("{}", fmt::join(rules, "; "));
}

std::vector<Fact> facts_of(const Mapping& mapping) {
  return {
      {"name", "Name", mapping.name},
      {"version", "Version", std::int64_t{mapping.version}},
      {"title", "What it reads", mapping.title},
      {"publisher", "Publisher", words(mapping.publisher)},
      {"agency", "Agency", words(mapping.agency)},
      {"licence", "Licence", words(mapping.licence)},
      {"data_class", "Data class", std::string(ledger::code_of(mapping.data_class))},
      {"gateway", "Gateway", std::string(ledger::code_of(mapping.gateway))},
      {"retention", "Retention class", mapping.retention},
      {"file_name", "File's name", words(mapping.file_name_pattern)},
      {"coverage", "A file covers",
       mapping.is_whole ? Value("all of the source") : words(fmt::format("{}", fmt::join(mapping.coverage, ", ")))}};
}

Table items_of(const Mapping& mapping) {
  Table table{.name = "items",
              .title = "What a row becomes",
              .columns = {{"name", "Item"}, {"table", "Table"}, {"kind", "Kind"}, {"roles", "Roles"}},
              .rows = {},
              .empty_text = "Nothing."};
  for (const records::ItemRule& item : mapping.items) {
    table.rows.push_back({item.name, std::string(records::spec_of(item.table).name),
                          words(item.kind.empty() ? item.series : item.kind), words(records::roles_text(item.roles))});
  }
  return table;
}

Report shown(const Mapping& mapping) {
  Table columns{.name = "columns",
                .title = "Columns",
                .columns = {{"name", "Column"}, {"also", "Also called"}, {"to", "Fills"}, {"rules", "Rules"}},
                .rows = {},
                .empty_text = "None."};
  for (const ColumnRule& rule : mapping.columns) {
    const std::vector<std::string> others(rule.names.begin() + (rule.names.empty() ? 0 : 1), rule.names.end());
    columns.rows.push_back({name_in_file(rule), words(fmt::format("{}", fmt::join(others, ", "))),
                            words(aims_of(mapping, rule)), words(rules_of(rule))});
  }
  Section section{.name = "mapping",
                  .title = mapping.label(),
                  .facts = facts_of(mapping),
                  .tables = {items_of(mapping), std::move(columns)},
                  .notes = {}};
  if (!mapping.untyped.empty()) {
    section.notes.push_back(fmt::format("Kept as they came and not typed: {}.", fmt::join(mapping.untyped, ", ")));
  }
  return {.verb = "mappings", .sections = {std::move(section)}};
}

Report checked_report(const std::string& path, const records::CheckedMapping& checked) {
  Table table{.name = "faults",
              .title = "Faults",
              .columns = {{"line", "Line", ColumnKind::number}, {"fault", "What is wrong"}},
              .rows = {},
              .empty_text = "None: the mapping can be used."};
  for (const records::MappingFault& fault : checked.faults) table.rows.push_back({fault.line, fault.what});
  Section section{.name = "check",
                  .title = path,
                  .facts = {{"faults", "Faults", static_cast<std::int64_t>(checked.faults.size())}},
                  .tables = {std::move(table)},
                  .notes = {}};
  if (checked.mapping) {
    section.facts.push_back({"name", "Mapping", checked.mapping->label()});
  } else {
    section.notes.emplace_back("Every key is explained in docs/reference/mappings.md.");
  }
  return {.verb = "mappings",
          .sections = {std::move(section)},
          .outcome = checked.mapping ? Outcome::done : Outcome::done_with_findings};
}

}  // namespace

Answer mappings(const MappingsRequest& request) {
  if (request.act == "list") return listed();
  if (request.act != "show" && request.act != "check") {
    const std::vector<std::string> acts = {"list", "show", "check"};
    const auto nearest = base::nearest_name(request.act, acts);
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "act_unknown",
                       .what = fmt::format("mappings can list, show and check, not “{}”", request.act),
                       .remedy = nearest ? fmt::format("Did you mean “{}”?", *nearest) : ""};
  }
  if (request.name.empty()) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "name_missing",
                       .what = fmt::format("mappings {} needs a name", request.act),
                       .remedy = request.act == "show" ? "“throughline mappings list” shows the names"
                                                       : "Give the path of a mapping of your own, ending in .toml"};
  }
  if (request.act == "show") return shown(TRY(records::find_mapping(request.name)));
  return checked_report(request.name, TRY(records::check_mapping_file(request.name)));
}

}  // namespace throughline::app

#include "app/upload_look.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "records/readers/raw_rows.h"
#include "records/typing.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using records::Mapping;

// Faults of a mapping of the person's own, with their lines, in one error.
Error faulty(const records::CheckedMapping& checked) {
  constexpr std::size_t k_faults_told_max = 5;
  std::vector<std::string> told;
  for (const records::MappingFault& fault : checked.faults) {
    if (told.size() == k_faults_told_max) break;
    told.push_back(fmt::format("line {}: {}", fault.line, fault.what));
  }
  return {
      base::ErrorKind::bad_command, "mapping_faulty", fmt::format("{}", fmt::join(told, "; ")), "the mapping",
      fmt::format("Faults in all: {}. Every key is explained in docs/reference/mappings.md", checked.faults.size())};
}

Result<Mapping> mapping_of(const UploadLook& look, const records::RowSource& source) {
  if (look.mapping.empty()) return records::detect_mapping(source.header(), source.content_name());
  if (look.mapping == "own") {
    records::CheckedMapping checked = records::check_own_mapping(look.toml, "the mapping");
    if (!checked.mapping) return faulty(checked);
    return *std::move(checked.mapping);
  }
  const auto& all = records::built_in_mappings();
  const auto found = std::ranges::find(all, look.mapping, &Mapping::name);
  // Only names: a path would be a file of the server's.
  if (found == all.end()) {
    return Error{base::ErrorKind::bad_command, "mapping_unknown", "That is not the name of a built-in mapping",
                 "the mapping", "Choose one of the candidates, or write your own"};
  }
  return *found;
}

// Built-in mappings, those first whose columns the header has.
std::vector<UploadCandidate> candidates_for(const records::RowSource& source) {
  std::vector<UploadCandidate> fitting;
  std::vector<UploadCandidate> others;
  for (const Mapping& mapping : records::built_in_mappings()) {
    const bool fits = records::bind_columns(mapping, source.header(), source.content_name()).ok();
    (fits ? fitting : others).push_back({.name = mapping.name, .title = mapping.title});
  }
  fitting.insert(fitting.end(), others.begin(), others.end());
  return fitting;
}

UploadColumn shown_column(const Mapping& mapping, const records::ColumnRule& rule, const std::string& name) {
  std::vector<std::string> meanings;
  std::string kind = "kept as it came";
  for (const records::Aim& aim : rule.aims) {
    const records::ItemRule& item = mapping.items.at(aim.item);
    const records::FieldSpec& field = records::spec_of(item.table).fields[aim.field];
    meanings.push_back(fmt::format("{}.{}", item.name, field.name));
    kind = records::words_of(field.kind);
  }
  if (rule.is_required) kind += ", required";
  return {.column = name, .kind = kind, .meaning = fmt::format("{}", fmt::join(meanings, ", "))};
}

std::vector<UploadColumn> columns_of(const Mapping& mapping, const records::BoundColumns& bound,
                                     const std::vector<std::string>& header) {
  std::vector<UploadColumn> columns;
  for (std::size_t i = 0; i < header.size(); ++i) {
    UploadColumn column{.column = header[i], .kind = "kept as it came", .meaning = ""};
    for (std::size_t rule = 0; rule < bound.file_columns.size(); ++rule) {
      if (bound.file_columns[rule] != static_cast<std::int32_t>(i)) continue;
      column = shown_column(mapping, mapping.columns[rule], header[i]);
    }
    if (std::ranges::find(bound.unmapped, header[i]) != bound.unmapped.end()) column.kind = "not known to the mapping";
    columns.push_back(std::move(column));
  }
  return columns;
}

// The first rows of a window, faults beyond the last of them left out.
void cut_to(records::RawRows& rows, std::int64_t rows_max) {
  if (rows.rows() <= rows_max) return;
  const std::int64_t end = rows.places[static_cast<std::size_t>(rows_max)].offset;
  rows.places.resize(static_cast<std::size_t>(rows_max));
  rows.fields.resize(static_cast<std::size_t>(rows_max * rows.columns));
  std::erase_if(rows.faults, [&](const records::Fault& fault) { return fault.place.offset >= end; });
}

Result<UploadSample> sample_of(records::RowSource& source, const Mapping& mapping, records::BoundColumns bound) {
  const records::Typer typer(mapping, std::move(bound));
  UploadSample sample;
  std::map<std::pair<std::string, std::string>, std::set<std::int64_t>> broken;
  while (sample.rows < k_sample_rows_max) {
    const std::optional<records::Window> window = TRY(source.next());
    if (!window) break;
    records::RawRows rows = source.parse(*window);
    cut_to(rows, k_sample_rows_max - sample.rows);
    const records::TypedWindow typed = typer.type(std::move(rows));
    sample.rows += typed.rows_read;
    sample.rejected += typed.rows_rejected;
    for (const records::RowFault& fault : typed.faults) {
      const bool has_column = fault.column >= 0 && fault.column < std::ssize(source.header());
      const std::string column = has_column ? source.header()[static_cast<std::size_t>(fault.column)] : "";
      broken[{std::string(code_of(fault.rule)), column}].insert(fault.place);
    }
  }
  sample.records = sample.rows - sample.rejected;
  for (const auto& [rule, places] : broken) {
    sample.rules.push_back({.rule = rule.first, .column = rule.second, .rows = std::ssize(places)});
  }
  std::ranges::stable_sort(sample.rules, std::ranges::greater(), &UploadSample::Rule::rows);
  return sample;
}

Result<void> read_with(Upload& upload, records::RowSource& source, const UploadLook& look) {
  const Mapping mapping = TRY(mapping_of(look, source));
  upload.mapping = look.mapping == "own" ? "own" : mapping.name;
  upload.toml = mapping.toml;
  records::BoundColumns bound = TRY(records::bind_columns(mapping, source.header(), source.content_name()));
  upload.columns = columns_of(mapping, bound, source.header());
  upload.sample = TRY(sample_of(source, mapping, std::move(bound)));
  return {};
}

}  // namespace

void look_at(Upload& upload, const UploadLook& look) {
  upload.mapping.clear();
  upload.columns.clear();
  upload.toml = look.toml;
  upload.sample.reset();
  upload.problem.reset();
  const auto opened = records::open_rows(look.file.string());
  if (!opened.ok()) {
    upload.problem = opened.error();
    upload.problem->where = upload.file_name;
    return;
  }
  records::RowSource& source = *opened.value();
  upload.candidates = candidates_for(source);
  for (const std::string& name : source.header()) upload.columns.push_back({.column = name, .kind = "", .meaning = ""});
  if (const auto read = read_with(upload, source, look); !read.ok()) {
    upload.problem = read.error();
    if (upload.toml.empty()) upload.toml = draft_mapping(source.header(), upload.file_name);
  }
}

}  // namespace throughline::app

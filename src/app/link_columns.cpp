#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/link_input.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Column;
using linkage::FieldRole;

constexpr std::int64_t k_sample_rows = 20'000;

Result<std::int32_t> column_named(const LinkInput& input, const std::string& name, const std::string& option) {
  std::vector<std::string> names;
  for (const Column& column : input.columns) names.push_back(column.name);
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::int32_t>(found - names.begin());
  const auto nearest = base::nearest_name(name, names);
  return bad_command(
      "column_unknown", fmt::format("There is no column {}, which {} names", name, option), input.path,
      nearest ? fmt::format("Did you mean {}?", *nearest) : fmt::format("Its columns are: {}", fmt::join(names, ", ")));
}

// "2025_census.csv.gz" → "2025_census".
std::string dataset_of(const std::string& content_name) {
  const std::size_t end = content_name.find('.');
  return end == 0 ? content_name : content_name.substr(0, end);
}

Result<std::vector<linkage::SampledColumn>> take_sample(OpenedInput& opened) {
  std::vector<linkage::SampledColumn> sample;
  for (const std::string& name : opened.source->header()) sample.push_back({.name = name, .values = {}});
  std::int64_t rows = 0;
  while (rows < k_sample_rows) {
    std::optional<records::Window> window = TRY(opened.source->next());
    if (!window.has_value()) break;
    const records::RawRows raw = opened.source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows() && rows + row < k_sample_rows; ++row) {
      for (std::int32_t column = 0; column < raw.columns; ++column) {
        sample[static_cast<std::size_t>(column)].values.emplace_back(raw.field(row, column));
      }
    }
    rows += raw.rows();
    opened.read_ahead.push_back(std::move(*window));
  }
  return sample;
}

struct NamedField {
  FieldRole role = FieldRole::none;
  std::string column;
};

// "given_name=pername1".
Result<NamedField> named_field(const std::string& text) {
  const std::size_t sign = text.find('=');
  const std::string code = text.substr(0, sign);
  const std::optional<FieldRole> role = linkage::role_of_code(code);
  if (sign == std::string::npos || !role.has_value()) {
    const std::vector<std::string> codes = linkage::role_codes();
    const auto nearest = base::nearest_name(code, codes);
    return bad_command("field_unknown", fmt::format("{} is not FIELD=COLUMN", text), "--field",
                       nearest ? fmt::format("Did you mean {}=…?", *nearest)
                               : fmt::format("The fields are: {}", fmt::join(codes, ", ")));
  }
  return NamedField{.role = *role, .column = text.substr(sign + 1)};
}

// What --field says goes before what was recognised.
Result<void> apply_fields(const LinkFilesRequest& request, LinkInput& input) {
  for (const std::string& text : request.fields) {
    const NamedField field = TRY(named_field(text));
    const auto found = std::ranges::find(input.columns, field.column, &Column::name);
    if (found == input.columns.end()) continue;
    for (Column& column : input.columns) {
      if (column.role != field.role || field.role == FieldRole::none) continue;
      column.role = FieldRole::none;
      column.note = "another column was named for it";
    }
    found->role = field.role;
    found->note.clear();
  }
  return {};
}

Result<void> check_fields_exist(const LinkFilesRequest& request, const std::vector<OpenedInput>& opened) {
  for (const std::string& text : request.fields) {
    const NamedField field = TRY(named_field(text));
    const bool somewhere = std::ranges::any_of(opened, [&](const OpenedInput& one) {
      return std::ranges::find(one.input.columns, field.column, &Column::name) != one.input.columns.end();
    });
    if (!somewhere) static_cast<void>(TRY(column_named(opened.front().input, field.column, "--field")));
  }
  return {};
}

bool has_role(const LinkInput& input, FieldRole role) {
  return std::ranges::any_of(input.columns, [role](const Column& column) { return column.role == role; });
}

// What only one of several inputs has says nothing about whether two records are of one person; where inputs differ in
// which column has a role, one that all of them call the same is taken.
void keep_common_roles(std::vector<OpenedInput>& opened) {
  if (opened.size() < 2) return;
  const auto is_everywhere = [&](FieldRole role) {
    return std::ranges::all_of(opened, [&](const OpenedInput& other) { return has_role(other.input, role); });
  };
  for (OpenedInput& one : opened) {
    for (Column& column : one.input.columns) {
      const bool is_alone = column.role != FieldRole::none && !is_everywhere(column.role);
      if (is_alone) column.note = "no such field in every input";
    }
  }
  for (OpenedInput& one : opened) {
    for (Column& column : one.input.columns) {
      if (!column.note.empty()) column.role = FieldRole::none;
    }
  }
}

// Within one input, numbers of a person of which none comes twice can hardly speak for a link. Told where the sample is
// the whole input: in a part of it a value's second record may be missing.
void find_unique(OpenedInput& opened, const std::vector<linkage::SampledColumn>& sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const FieldRole role = opened.input.columns[i].role;
    const bool is_of_one = role == FieldRole::identifier || role == FieldRole::phone || role == FieldRole::email;
    if (!is_of_one || std::ssize(sample[i].values) >= k_sample_rows) continue;
    std::vector<std::string_view> values;
    for (const std::string& value : sample[i].values) {
      if (!value.empty()) values.emplace_back(value);
    }
    std::ranges::sort(values);
    if (values.size() < 2 || std::ranges::adjacent_find(values) != values.end()) continue;
    opened.input.remarks.push_back(fmt::format(
        "{}: no value comes twice, so it speaks for no link but by values that are nearly alike; if it numbers rows, "
        "leave it out with --field none={}",
        opened.input.columns[i].name, opened.input.columns[i].name));
  }
}

void find_birth_order(OpenedInput& opened, const std::vector<linkage::SampledColumn>& sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (opened.input.columns[i].role != FieldRole::birth_date) continue;
    const std::vector<std::string_view> values(sample[i].values.begin(), sample[i].values.end());
    const linkage::OrderFinding finding = linkage::order_of(values);
    opened.birth_order = finding.order;
    const bool matters = finding.either > 0;
    if (matters && finding.order == linkage::DayMonthOrder::cannot_tell) {
      opened.input.remarks.push_back(
          fmt::format("{}: whether the day or the month comes first cannot be told; the day is taken",
                      opened.input.columns[i].name));
    } else if (matters && finding.order == linkage::DayMonthOrder::month_first) {
      opened.input.remarks.push_back(fmt::format("{}: the month comes first", opened.input.columns[i].name));
    }
  }
}

Result<OpenedInput> open_input(const LinkFilesRequest& request, std::size_t index) {
  OpenedInput opened;
  opened.source = TRY(records::open_rows(request.inputs[index]));
  opened.input.path = request.inputs[index];
  const std::vector<linkage::SampledColumn> sample = TRY(take_sample(opened));
  opened.input.columns = linkage::recognise(sample);
  opened.input.id_column = request.ids.size() == 1 ? request.ids.front() : request.ids[index];
  opened.id = TRY(column_named(opened.input, opened.input.id_column, "--id"));
  if (!request.truth.empty()) opened.truth = TRY(column_named(opened.input, request.truth, "--truth"));
  TRY(apply_fields(request, opened.input));
  for (const std::int32_t kept : {opened.id, opened.truth}) {
    if (kept >= 0) opened.input.columns[static_cast<std::size_t>(kept)].role = FieldRole::none;
  }
  find_birth_order(opened, sample);
  if (request.inputs.size() == 1) find_unique(opened, sample);
  return opened;
}

Result<void> check_request(const LinkFilesRequest& request) {
  if (request.inputs.empty())
    return bad_command("no_input", "No file was given", "--input", "Name one file or several");
  if (request.ids.empty()) {
    return bad_command("no_id", "Which column tells rows apart was not said", "--id",
                       "Name the column, for example --id unique_id");
  }
  if (request.ids.size() > 1 && request.ids.size() != request.inputs.size()) {
    return bad_command("ids_do_not_fit",
                       fmt::format("Inputs were named: {}, id columns: {}", request.inputs.size(), request.ids.size()),
                       "--id", "Name one for all inputs, or one for each in their order");
  }
  return {};
}

}  // namespace

std::vector<std::string> dataset_names(const std::vector<std::string>& content_names) {
  std::vector<std::string> stems;
  std::vector<std::string> names;
  for (const std::string& content : content_names) {
    const std::string& stem = stems.emplace_back(dataset_of(content));
    const auto same = std::ranges::count(stems, stem);
    names.push_back(same > 1 ? fmt::format("{}_{}", stem, same) : stem);
  }
  return names;
}

Result<std::vector<OpenedInput>> open_inputs(const LinkFilesRequest& request) {
  TRY(check_request(request));
  std::vector<OpenedInput> opened;
  std::vector<std::string> contents;
  for (std::size_t i = 0; i < request.inputs.size(); ++i) {
    OpenedInput one = TRY(open_input(request, i));
    contents.push_back(one.source->content_name());
    opened.push_back(std::move(one));
  }
  const std::vector<std::string> names = dataset_names(contents);
  for (std::size_t i = 0; i < opened.size(); ++i) opened[i].input.dataset = names[i];
  TRY(check_fields_exist(request, opened));
  keep_common_roles(opened);
  const bool any = std::ranges::any_of(opened.front().input.columns,
                                       [](const Column& column) { return column.role != FieldRole::none; });
  if (any) return opened;
  return bad_command("no_fields",
                     opened.size() == 1 ? "No column was recognised as something about a person"
                                        : "The inputs have no column about a person in common",
                     opened.front().input.path, "Say what columns are, for example --field given_name=COLUMN");
}

}  // namespace throughline::app

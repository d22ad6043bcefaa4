// Mappings: any bytes are a mapping or faults, each with a line that the text has; a sound one binds to any header.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "records/mapping.h"

namespace {

using throughline::records::CheckedMapping;

void faults_lie_in(const CheckedMapping& checked, const std::string& text) {
  const std::int64_t lines = 1 + std::count(text.begin(), text.end(), '\n');
  CHECK(checked.mapping.has_value() == checked.faults.empty());
  for (const auto& fault : checked.faults) {
    CHECK(fault.line >= 1 && fault.line <= lines);
    CHECK(!fault.what.empty());
  }
}

void binds(const throughline::records::Mapping& mapping) {
  std::vector<std::string> header{"Another column"};
  for (const auto& rule : mapping.columns) {
    for (const auto& aim : rule.aims) {
      CHECK(aim.item < mapping.items.size());
      CHECK(aim.field < throughline::records::spec_of(mapping.items[aim.item].table).fields.size());
    }
    if (!rule.names.empty()) header.push_back(rule.names.back());
  }
  const auto bound = throughline::records::bind_columns(mapping, header, mapping.file_name_pattern);
  // Only the name of the file can still be unfit.
  CHECK(bound.ok() || bound.error().code == "file_name_unfit");
  if (!bound.ok()) return;
  CHECK(bound.value().file_columns.size() == mapping.columns.size());
  for (std::size_t rule = 0; rule < mapping.columns.size(); ++rule) {
    CHECK((bound.value().file_columns[rule] >= 0) == !mapping.columns[rule].names.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const CheckedMapping checked = throughline::records::check_mapping(text, "fuzzed.toml");
  faults_lie_in(checked, text);
  if (checked.mapping) binds(*checked.mapping);
  return 0;
}

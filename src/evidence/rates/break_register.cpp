#include "evidence/rates/break_register.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/check.h"

namespace throughline::evidence {

namespace {

constexpr std::string_view k_file = "breaks.toml";

void add_break(const toml::table& table, CheckedBreaks& checked) {
  DeclaredBreak made{.applies_to = table["applies_to"].value_or(std::string()),
                     .month = {},
                     .what = table["what"].value_or(std::string()),
                     .source = table["source"].value_or(std::string())};
  const std::string month = table["month"].value_or(std::string());
  const auto parsed = base::parse_month(month);
  if (!parsed.has_value() || made.applies_to.empty() || made.what.empty() || made.source.empty()) {
    checked.faults.push_back(
        {std::string(k_file),
         fmt::format("the break of “{}” in “{}” needs applies_to, month, what and source", made.applies_to, month)});
    return;
  }
  made.month = *parsed;
  checked.breaks.push_back(std::move(made));
}

}  // namespace

CheckedBreaks read_breaks(std::string_view text) {
  CheckedBreaks checked;
  std::istringstream stream{std::string(text)};
  toml::table root;
  try {
    root = toml::parse(stream, k_file);
  } catch (const toml::parse_error& error) {
    checked.faults.push_back({std::string(k_file), fmt::format("is no TOML: {}", error.description())});
    return checked;
  }
  if (const toml::array* breaks = root["break"].as_array()) {
    for (const auto& each : *breaks) {
      if (const toml::table* table = each.as_table()) add_break(*table, checked);
    }
  }
  std::ranges::stable_sort(checked.breaks, {}, &DeclaredBreak::month);
  return checked;
}

const std::vector<DeclaredBreak>& built_in_breaks() {
  static const std::vector<DeclaredBreak> breaks = [] {
    const std::vector<SeriesText> texts = series_texts();
    const auto found = std::ranges::find(texts, k_file, &SeriesText::file);
    CHECK(found != texts.end());
    CheckedBreaks checked = read_breaks(found->text);
    CHECK(checked.faults.empty());
    return std::move(checked.breaks);
  }();
  return breaks;
}

std::vector<DeclaredBreak> breaks_of(const std::vector<DeclaredBreak>& all, std::string_view source,
                                     std::string_view line) {
  const std::string whole = fmt::format("{}.{}", source, line);
  std::vector<DeclaredBreak> found;
  for (const DeclaredBreak& each : all) {
    if (each.applies_to.empty() || each.applies_to == source || each.applies_to == whole) found.push_back(each);
  }
  return found;
}

}  // namespace throughline::evidence

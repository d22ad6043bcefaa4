#include "evidence/cell.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace throughline::evidence {
namespace {

constexpr std::string_view k_shape = "measure/category/area/period, for example crimes/drugs/E23000028/2025-03";

base::Error malformed(std::string what, std::string_view text, std::string remedy) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "cell_malformed",
          .what = std::move(what),
          .where = std::string(text),
          .remedy = std::move(remedy)};
}

// The parts between the slashes.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = text.find('/');
    parts.push_back(text.substr(0, slash));
    if (slash == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(slash + 1);
  }
}

std::optional<std::string> area_code(std::string_view text) {
  if (text.size() != 9 || std::isalpha(static_cast<unsigned char>(text[0])) == 0 ||
      !std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  std::string code(text);
  code[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(code[0])));
  return code;
}

base::Error unknown_measure(std::string_view name, std::string_view text) {
  std::vector<std::string> names;
  for (const Measure& measure : measures()) {
    names.emplace_back(measure.name);
  }
  const auto nearest = base::nearest_name(name, names);
  std::string remedy = nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "";
  remedy += fmt::format("The measures are {}.", fmt::join(names, ", "));
  return {.kind = base::ErrorKind::bad_command,
          .code = "measure_unknown",
          .what = fmt::format("There is no measure “{}”", name),
          .where = std::string(text),
          .remedy = std::move(remedy)};
}

}  // namespace

std::string to_text(const CellId& cell) {
  std::string text = fmt::format("{}/{}/{}/{}", cell.measure, cell.category, cell.area, to_text(cell.period));
  if (cell.as_of) {
    text += '@' + base::to_string(*cell.as_of);
  }
  return text;
}

base::Result<const Measure*> resolve_measure(std::string_view name, std::string_view where) {
  const Measure* measure = find_measure(name);
  if (measure == nullptr) {
    return unknown_measure(name, where);
  }
  return measure;
}

bool looks_like_cell(std::string_view text) {
  return std::ranges::count(text, '/') == 3;
}

base::Result<CellId> parse_cell(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::vector<std::string_view> parts = split(text.substr(0, at));
  if (parts.size() != 4) {
    return malformed(fmt::format("A figure is named by four parts between slashes, and this has {}", parts.size()),
                     text, fmt::format("Write {}.", k_shape));
  }
  CellId cell;
  cell.measure = TRY(resolve_measure(parts[0], text))->name;
  cell.category = slug_of(parts[1]);
  if (cell.category.empty()) {
    return malformed("The category is empty", text, "Name a category, or write “all”.");
  }
  const auto area = area_code(parts[2]);
  if (!area) {
    return malformed(fmt::format("“{}” is not an area code", parts[2]), text,
                     "An area code is a letter and eight digits, such as E23000028.");
  }
  cell.area = *area;
  const auto period = parse_month_span(parts[3]);
  if (!period) {
    return malformed(fmt::format("“{}” is not a period of whole months", parts[3]), text,
                     "Write a month (2025-03), a quarter (2025-Q1), a year (2025) or 2025-01..2025-09.");
  }
  cell.period = *period;
  if (at != std::string_view::npos) {
    cell.as_of = base::parse_iso_date(text.substr(at + 1));
    if (!cell.as_of) {
      return malformed(fmt::format("“{}” is not a date", text.substr(at + 1)), text,
                       "Write the day until which things were known, such as @2026-11-22.");
    }
  }
  return cell;
}

}  // namespace throughline::evidence

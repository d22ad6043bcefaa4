#include "app/harm_index_limits.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/figure_report.h"
#include "app/refused_use.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::Caveat;
using evidence::Caveats;
using evidence::HarmTable;
using evidence::Use;

std::vector<std::string> harms_with(const HarmTable& table, Caveat caveat) {
  std::vector<std::string> names;
  for (std::size_t harm = 0; harm < table.caveats.size(); ++harm) {
    if (table.caveats[harm].has(caveat)) names.push_back(table.harms[harm]);
  }
  return names;
}

Caveats united(const HarmTable& table) {
  Caveats all{Caveat::composite, Caveat::not_absolute};
  for (const Caveats& each : table.caveats) all.unite(each);
  return all;
}

}  // namespace

Result<Caveats> read_caveat_codes(const std::string& text, const std::string& place) {
  Caveats caveats;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string code = text.substr(at, end - at);
    at = end + 1;
    if (code.empty()) continue;
    const auto caveat = evidence::caveat_named(code);
    if (caveat) {
      caveats.add(*caveat);
      continue;
    }
    std::vector<std::string> known;
    for (const Caveat each : evidence::all_caveats()) known.emplace_back(evidence::code_of(each));
    const auto nearest = base::nearest_name(code, known);
    return base::Error{base::ErrorKind::bad_command, "caveat_unknown", fmt::format("“{}” is no caveat", code), place,
                       nearest ? fmt::format("Did you mean {}?", *nearest)
                               : std::string("docs/reference/caveats.md lists the codes; put a blank between two")};
  }
  return caveats;
}

Result<void> check_harm_caveats(const HarmTable& table, const std::string& path) {
  const std::vector<std::string> summed = harms_with(table, Caveat::polydrug);
  if (summed.size() < 2) return {};
  const auto refusal = evidence::refuse(Use::sum_substances, {Caveat::polydrug});
  if (!refusal) return {};
  return refused_use(*refusal, fmt::format("{}: {}", path, fmt::join(summed, ", ")));
}

std::vector<std::string> harm_caveat_notes(const HarmTable& table) {
  const Caveats all = united(table);
  std::vector<std::string> notes = caveat_notes(all);
  if (const auto greyed = evidence::refuse(Use::report_latest_period, all)) {
    notes.push_back(fmt::format("{}: {} Here it is {}, of {}; read it as greyed.", evidence::name_of(greyed->rule),
                                greyed->reason, table.periods.back(),
                                fmt::join(harms_with(table, Caveat::registration_delay), ", ")));
  }
  const bool is_paired = harms_with(table, Caveat::police_activity).size() < table.harms.size();
  const auto improved = evidence::refuse(Use::report_fall_as_improvement, all, {.is_paired_independently = is_paired});
  if (improved) notes.push_back(evidence::text_of(*improved));
  return notes;
}

Result<std::vector<std::string>> write_index(const std::string& path, const Table& index, const Table& parts) {
  TRY(write_small_table(path, index));
  const auto alone = evidence::refuse(Use::show_without_parts, {Caveat::composite});
  if (!alone) return std::vector<std::string>{path};
  const std::filesystem::path whole(path);
  const std::filesystem::path beside =
      whole.parent_path() / (whole.stem().string() + "_parts" + whole.extension().string());
  TRY(write_small_table(beside.string(), parts));
  return std::vector<std::string>{path, beside.string()};
}

}  // namespace throughline::app

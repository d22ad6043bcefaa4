#include "app/carried_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "base/text.h"
#include "evidence/series/text_table.h"

namespace throughline::app {

namespace {

using base::Result;

struct CarriedSource {
  std::string_view begins;  // Of the names of its files; the first that fits.
  std::string_view note;
};

constexpr std::array<CarriedSource, 8> k_sources = {{
    {.begins = "constructed_harms",
     .note = "CONSTRUCTED: These volumes and unit costs are made up to show how the index works; they are nobody's "
             "figures. No real table of harms is carried, for the unit costs that could be read may not be passed on."},
    {.begins = "constructed_offences",
     .note = "CONSTRUCTED: These offences and their weights are made up to show how the two scores part; the weights "
             "are not those of any published score, whose full tables are not carried."},
    {.begins = "constructed_small_overlap",
     .note = "CONSTRUCTED: These lists are made up to show why lists that share too little carry no estimate."},
    {.begins = "local_authority_traits",
     .note =
         "Traits: residents of mid-2020, their growth since mid-2010, how far one small area lies from the next, and "
         "residents within 25 km. They say nothing of age, income or deprivation. Source: Office for National "
         "Statistics. Contains public sector information licensed under the Open Government Licence v3.0."},
    {.begins = "local_authorities",
     .note = "Places: 331 local authorities of England and Wales, each by the middle of where its residents live; the "
             "table holds their residents of mid-2020. Source: Office for National Statistics. Contains public sector "
             "information licensed under the Open Government Licence v3.0; contains OS data © Crown copyright and "
             "database right."},
    {.begins = "ons_crime_severity_scores",
     .note = "Source: Office for National Statistics, Crime Severity Score, years ending March 2003 to 2022, release "
             "of 2022. Contains public sector information licensed under the Open Government Licence v3.0."},
    {.begins = "uk_2013",
     .note = "Source: Home Office, Modern Slavery: an application of multiple systems estimation, 2014. Potential "
             "victims of trafficking in the United Kingdom in 2013, by the lists that held them: LA local authorities, "
             "NG non-government organisations, PF police forces, GO government organisations, GP general public, NCA "
             "National Crime Agency. Contains public sector information licensed under the Open Government Licence "
             "v3.0."},
    {.begins = "met_drug_offences",
     .note = "Source: Metropolitan Police Service through the London Datastore, recorded drug offences of all boroughs "
             "and of none together, April 2010 to February 2026. Contains public sector information licensed under the "
             "Open Government Licence v2.0."},
}};

std::string_view file_of(std::string_view path) {
  return path.substr(k_carried_prefix.size());
}

}  // namespace

std::string carried_path(std::string_view name) {
  return fmt::format("{}{}.csv", k_carried_prefix, name);
}

bool is_carried(std::string_view path) {
  return path.starts_with(k_carried_prefix);
}

Result<SmallTable> read_carried_table(const std::string& path) {
  static const std::vector<CarriedText> k_texts = carried_texts();
  const auto found = std::ranges::find(k_texts, file_of(path), &CarriedText::file);
  if (found == k_texts.end()) {
    std::vector<std::string> names;
    for (const CarriedText& each : k_texts) names.push_back(each.file);
    const auto nearest = base::nearest_name(std::string(file_of(path)), names);
    return bad_command("carried_unknown", fmt::format("The program carries no table '{}'", file_of(path)), "carried:",
                       nearest ? fmt::format("Did you mean {}{}?", k_carried_prefix, *nearest)
                               : fmt::format("It carries: {}", fmt::join(names, ", ")));
  }
  evidence::TextTable text = TRY(evidence::read_text_table(found->text, path));
  SmallTable table{.path = path, .header = std::move(text.columns), .rows = {}, .lines = {}};
  for (evidence::TextRow& row : text.rows) {
    table.rows.push_back(std::move(row.cells));
    table.lines.push_back(row.line);
  }
  return table;
}

void add_carried_note(Section& section, const std::string& path) {
  if (!is_carried(path)) return;
  const auto found = std::ranges::find_if(
      k_sources, [&](const CarriedSource& each) { return file_of(path).starts_with(each.begins); });
  if (found != k_sources.end()) section.notes.emplace(section.notes.begin(), found->note);
}

}  // namespace throughline::app

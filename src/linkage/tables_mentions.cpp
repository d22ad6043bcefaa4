// Mentions out of the record store.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "linkage/tables.h"
#include "records/model.h"
#include "records/record_id.h"

namespace throughline::linkage {

namespace {

using base::Result;
using store::DuckChunk;

// What governs a row is the strictest of all that the row became.
constexpr std::string_view k_sealed = "(handling = 'C' OR upper(trim(coalesce(marking, ''))) NOT IN ('', 'OFFICIAL'))";

constexpr std::string_view k_birth =
    "CASE p.birth_precision WHEN 1 THEN strftime(p.birth, '%Y') WHEN 2 THEN strftime(p.birth, '%Y-%m') ELSE "
    "strftime(p.birth, '%Y-%m-%d') END";

// Numbers of ours, so they may stand in SQL.
std::string listed(const std::vector<ledger::RegisteredExtract>& extracts) {
  std::string list;
  for (const auto& extract : extracts) {
    list += (list.empty() ? "" : ",") + std::to_string(extract.announced.extract.number());
  }
  return list.empty() ? "-1" : list;
}

// Who is a patient or in treatment is for the health service to say, whatever the mapping.
constexpr std::uint32_t k_health_roles =
    static_cast<std::uint32_t>(records::Role::patient) | static_cast<std::uint32_t>(records::Role::in_treatment);

std::string sealed_rows(const std::string& numbers) {
  std::string sql = "SELECT extract_no, place FROM person WHERE extract_no IN (" + numbers + ") AND (roles & " +
                    std::to_string(k_health_roles) + ") <> 0";
  for (const records::Table table :
       {records::Table::event, records::Table::person, records::Table::object, records::Table::location}) {
    sql += " UNION SELECT extract_no, place FROM " + std::string(records::relation_of(table)) +
           " WHERE extract_no IN (" + numbers + ") AND " + std::string(k_sealed);
  }
  return sql;
}

// One text column after another, as mention_at() takes them.
constexpr std::array k_person_texts = {&PersonTexts::forename, &PersonTexts::surname,    &PersonTexts::full_name,
                                       &PersonTexts::known_as, &PersonTexts::birth,      &PersonTexts::sex,
                                       &PersonTexts::phone,    &PersonTexts::nhs_number, &PersonTexts::police_id,
                                       &PersonTexts::address,  &PersonTexts::postcode};
constexpr std::array k_other_texts = {&Mention::placement,  &Mention::ethnicity,      &Mention::agency,
                                      &Mention::event_kind, &Mention::event_category, &Mention::event_outcome};
constexpr int k_first_text = 6;

std::string select_text(const std::string& numbers) {
  std::string sql =
      "WITH sealed AS (" + sealed_rows(numbers) +
      "), happened AS (SELECT extract_no, place, arg_min(kind, item) AS kind, arg_min(category, item) AS category, "
      "arg_min(outcome, item) AS outcome, "
      "arg_min(coalesce(agency, force), item) AS agency, CAST(arg_min(start, item) AS DATE) AS start FROM event_whole "
      "WHERE extract_no IN (" +
      numbers +
      ") GROUP BY extract_no, place) SELECT p.extract_no, p.place, p.item, p.roles, s.place IS NOT NULL, e.start";
  for (const char* column : {"p.forename", "p.surname", "p.full_name", "p.known_as"}) {
    sql += std::string(", coalesce(") + column + ", '')";
  }
  sql += ", coalesce(" + std::string(k_birth) + ", '')";
  for (const char* column :
       {"coalesce(p.sex, p.gender)", "p.phone", "p.nhs_number", "p.police_id", "p.address", "p.postcode", "p.placement",
        "coalesce(p.ethnicity_self, p.ethnicity_officer)", "e.agency", "e.kind", "e.category", "e.outcome"}) {
    sql += std::string(", coalesce(") + column + ", '')";
  }
  return sql +
         " FROM person AS p LEFT JOIN happened AS e ON e.extract_no = p.extract_no AND e.place = p.place LEFT JOIN "
         "sealed AS s ON s.extract_no = p.extract_no AND s.place = p.place WHERE p.extract_no IN (" +
         numbers + ") ORDER BY p.extract_no, p.place, p.item";
}

bool says_who(const PersonTexts& person) {
  return std::ranges::any_of(
      std::array{&PersonTexts::forename, &PersonTexts::surname, &PersonTexts::full_name, &PersonTexts::known_as,
                 &PersonTexts::birth, &PersonTexts::phone, &PersonTexts::nhs_number, &PersonTexts::police_id},
      [&](auto field) { return !(person.*field).empty(); });
}

Mention mention_at(const DuckChunk& chunk, std::int64_t row) {
  Mention mention;
  mention.id = {.extract = ledger::ExtractNo(chunk.column<std::int32_t>(0)[row]),
                .place = chunk.column<std::int64_t>(1)[row],
                .item = chunk.column<std::int16_t>(2)[row]};
  mention.roles = chunk.column<std::uint32_t>(3)[row];
  mention.is_sealed = chunk.column<std::uint8_t>(4)[row] != 0;
  const auto start = chunk.column<std::int32_t>(5);
  if (start.has(row)) mention.event_start = base::Date(start[row]);
  int column = k_first_text;
  for (std::string PersonTexts::* field : k_person_texts) mention.person.*field = chunk.text(column++, row);
  for (std::string Mention::* field : k_other_texts) mention.*field = chunk.text(column++, row);
  return mention;
}

bool has(const Mention& mention, records::Role role) {
  return (mention.roles & static_cast<std::uint32_t>(role)) != 0;
}

// Placements of a child who is looked after; the other words say that nobody is.
bool is_in_care(const Mention& mention) {
  return !mention.placement.empty() && mention.placement != "Not looked after" &&
         mention.placement != "Living with family";
}

}  // namespace

Result<std::vector<Mention>> read_mentions(store::DuckConnection& connection,
                                           const std::vector<ledger::RegisteredExtract>& extracts,
                                           const std::map<ledger::AgencyId, std::string>& agencies) {
  std::map<ledger::ExtractNo, const ledger::RegisteredExtract*> by_number;
  for (const ledger::RegisteredExtract& extract : extracts) by_number[extract.announced.extract] = &extract;
  store::DuckResult result = TRY(connection.query(select_text(listed(extracts))));
  std::vector<Mention> mentions;
  while (const std::optional<DuckChunk> chunk = TRY(result.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      Mention mention = mention_at(*chunk, row);
      if (!says_who(mention.person)) continue;
      const ledger::RegisteredExtract& extract = *by_number.at(mention.id.extract);
      mention.record = records::extract_name(extract.announced.content_hash) + ":" + std::to_string(mention.id.place);
      mention.owner = extract.agency;
      mention.data_class = extract.announced.data_class;
      mention.source = extract.announced.source;
      if (mention.agency.empty()) {
        const auto owner = agencies.find(extract.agency);
        if (owner != agencies.end()) mention.agency = owner->second;
      }
      mentions.push_back(std::move(mention));
    }
  }
  return mentions;
}

std::vector<Capacity> capacities_of(const Mention& mention) {
  using records::Role;
  std::vector<Capacity> all;
  if (has(mention, Role::victim)) all.push_back(Capacity::harmed);
  if (has(mention, Role::missing)) all.push_back(Capacity::missing);
  if (is_in_care(mention)) all.push_back(Capacity::in_care);
  if (has(mention, Role::suspect)) all.push_back(Capacity::suspected);
  if (has(mention, Role::referred)) all.push_back(Capacity::referred);
  if (has(mention, Role::detained)) all.push_back(Capacity::detained);
  if (has(mention, Role::in_treatment)) all.push_back(Capacity::in_treatment);
  if (has(mention, Role::patient)) all.push_back(Capacity::patient);
  if (all.empty()) all.push_back(Capacity::named);
  return all;
}

}  // namespace throughline::linkage

#include <algorithm>
#include <array>

#include "base/check.h"
#include "records/model.h"

namespace throughline::records {

namespace {

using enum FieldKind;

// What every POLE row may carry beside its own fields.
constexpr std::array k_governance = {
    FieldSpec{"grade_source", grade_source, "3x5x2 source evaluation, 1 to 3"},
    FieldSpec{"grade_assessment", grade_assessment, "3x5x2 information assessment, A to E"},
    FieldSpec{"handling", handling, "3x5x2 handling, P or C"},
    FieldSpec{"conditions", conditions, "Conditions under C, from A1 A2 A3 S1 S2"},
    FieldSpec{"marking", word, "Protective marking"},
};

// Every field but those named is detail.
template <std::size_t count, std::size_t core_count>
constexpr auto parted(std::array<FieldSpec, count> fields, const std::array<std::string_view, core_count>& core) {
  for (FieldSpec& field : fields) field.is_detail = std::ranges::find(core, field.name) == core.end();
  return fields;
}

// Fields that came with a later step of the schema: docs/decisions/0008-kinds-of-extract-in-pole.md.
template <std::size_t count>
constexpr auto since(int step, std::array<FieldSpec, count> fields) {
  for (FieldSpec& field : fields) field.since = step;
  return fields;
}

template <std::size_t left_count, std::size_t right_count>
constexpr auto joined(const std::array<FieldSpec, left_count>& left, const std::array<FieldSpec, right_count>& right) {
  std::array<FieldSpec, left_count + right_count> all{};
  std::ranges::copy(left, all.begin());
  std::ranges::copy(right, all.begin() + left_count);
  return all;
}

template <std::size_t count>
constexpr auto governed(const std::array<FieldSpec, count>& own) {
  return joined(own, k_governance);
}

constexpr auto k_event_first = std::to_array<FieldSpec>({
    {"reference", reference, "The source's own number for it"},
    {"category", word, "What it was, in the source's words"},
    {"subcategory", word, "The same, finer"},
    {"code", word, "The same as a code, such as one of the counting rules"},
    {"outcome", word, "What came of it, as last known"},
    {"outcome_at", instant, "When that was decided"},
    {"start", when, "When it happened, or began"},
    {"end", instant, "When it ended"},
    {"reported", instant, "When the source learned of it"},
    {"force", word, "The police force whose record it is"},
    {"agency", word, "The agency whose record it is, where not a force"},
    {"reported_by", word, "Who reported it"},
    {"lsoa", gss, "The LSOA of its place, as the source gives it"},
    {"longitude", longitude, "Of its place, WGS 84"},
    {"latitude", latitude, "Of its place, WGS 84"},
    {"place_name", word, "Its place in words"},
    {"postcode", word, "Of its place"},
    {"title", text, "A short name for it"},
    {"text", text, "What was written about it"},
    {"flags", word, "Marks that the source set, parted by '; '"},
    {"legislation", word, "The power used"},
    {"linked", truth, "Whether the outcome was linked to what was looked for"},
    {"operation", word, "A named policing operation"},
    {"risk_level", word, "The source's own grading of risk; never computed here"},
    {"confidence", word, "How sure the author is"},
    {"interview_offered", truth, "Whether a return interview was offered"},
    {"interview_offered_at", instant, "When it was offered"},
    {"interview_at", instant, "When it was held"},
    {"interview_by", word, "Who held it"},
    {"interview_text", text, "What was said there"},
});

constexpr auto k_event_later =
    since(3, std::to_array<FieldSpec>({
                 {"reason", word, "Why it was done: the grounds of a detention, the reason of an exclusion"},
                 {"referred_at", instant, "When the person was sent to whoever holds the record, before it began"},
                 {"earlier_outcome", word, "A decision on the way, such as that of reasonable grounds"},
                 {"earlier_outcome_at", instant, "When that was taken"},
                 {"outcome_reason", word, "Why the outcome was that, such as why a referral was refused"},
                 {"referred_to", word, "Which agency or service was asked"},
                 {"consent", word, "Whether the person agreed, in the source's words"},
                 {"authority", text, "The reference of the lawful authority under which it was obtained or done"},
                 {"related_reference", text, "The number of another record that the source names, such as the crime"},
                 {"duration_seconds", whole, "How long it took, where the source says that instead of an end"},
                 {"test_result", word, "What a drug test on the occasion found"},
                 {"sessions_possible", whole, "Half days on which a pupil was to be at school"},
                 {"sessions_missed", whole, "Of those, how many the pupil was away"},
                 {"sessions_unauthorised", whole, "Of those, how many without leave"},
             }));
constexpr auto k_event_fields = governed(joined(k_event_first, k_event_later));

// What a published event has, and what counting and placing need.
constexpr auto k_event =
    parted(k_event_fields,
           std::to_array<std::string_view>({"reference", "category", "outcome", "start", "end", "reported", "force",
                                            "reported_by", "lsoa", "longitude", "latitude", "place_name"}));

constexpr auto k_person_first = std::to_array<FieldSpec>({
    {"forename", text, "As the source has it"},
    {"surname", text, "As the source has it"},
    {"full_name", text, "Where the source does not part names"},
    {"known_as", text, "Another name"},
    {"birth", birth, "Date of birth, as exactly as it is known"},
    {"sex", word, "In the source's words"},
    {"gender", word, "In the source's words"},
    {"age_range", word, "In the source's words"},
    {"ethnicity_self", word, "As the person defines it"},
    {"ethnicity_officer", word, "As an officer saw it"},
    {"phone", text, "As the source has it"},
    {"nhs_number", text, "As the source has it"},
    {"police_id", text, "A police identifier"},
    {"address", text, "Home, as the source has it"},
    {"postcode", text, "Of that address"},
    {"placement", word, "Where a looked-after child lives"},
    {"local_authority", word, "Which authority looks after the person"},
});
constexpr auto k_person_later = since(3, std::to_array<FieldSpec>({
                                             {"client_number", text, "The source's own number for the person"},
                                             {"pupil_number", text, "The unique pupil number"},
                                             {"school", word, "Where the person is taught"},
                                             {"housing", word, "How the person is housed, in the source's words"},
                                         }));
constexpr auto k_person = governed(joined(k_person_first, k_person_later));

constexpr auto k_object_first = std::to_array<FieldSpec>({
    {"value", text, "A number, a registration, a name: what it is known by"},
    {"description", text, "In words"},
    {"quantity", whole, "How many or how much"},
    {"unit", word, "Of what"},
});
constexpr auto k_object_later =
    since(3, std::to_array<FieldSpec>({
                 {"reference", text, "The source's own number for it, such as an exhibit's"},
                 {"weight", grams, "How heavy it is"},
                 {"purity", percent, "How much of it is the drug itself, as a laboratory found"},
                 {"cutting_agents", word, "What it was mixed with, parted by '; '"},
                 {"profile", word, "The laboratory's profile, which seizures of one batch share"},
                 {"packaging", word, "What it was wrapped in"},
                 {"amount", pounds, "How much money, in pounds sterling"},
             }));
constexpr auto k_object = governed(joined(k_object_first, k_object_later));

constexpr auto k_location_first = std::to_array<FieldSpec>({
    {"address", text, "As the source has it"},
    {"postcode", text, "Of that address"},
    {"longitude", longitude, "WGS 84"},
    {"latitude", latitude, "WGS 84"},
    {"lsoa", gss, "As the source gives it"},
});
constexpr auto k_location_later =
    since(3, std::to_array<FieldSpec>({
                 {"reference", text, "The source's own number for it, such as that of a cell site or a camera"},
                 {"bearing", whole, "Which way it faces, in degrees clockwise from north"},
             }));
constexpr auto k_location = governed(joined(k_location_first, k_location_later));

constexpr auto k_observation = std::to_array<FieldSpec>({
    {"area", gss, "What the figure is for"},
    {"month", month, "What month it is for"},
    {"category", word, "Of what, in the publisher's words"},
    {"subcategory", word, "The same, finer"},
    {"value", whole, "The figure"},
});

constexpr auto k_area = std::to_array<FieldSpec>({
    {"code", gss, "Its ONS code"},
    {"name", text, "Its name"},
});

constexpr auto k_area_part = std::to_array<FieldSpec>({
    {"child", gss, "What lies in it, or has become it"},
    {"parent", gss, "In what it lies, or what it has become"},
});

constexpr auto k_population = std::to_array<FieldSpec>({
    {"area", gss, "Whose residents"},
    {"year", year, "At the middle of which year"},
    {"persons", whole, "How many"},
});

constexpr auto k_centroid = std::to_array<FieldSpec>({
    {"area", gss, "Of which area"},
    {"easting", metres, "On the British National Grid"},
    {"northing", metres, "On the British National Grid"},
});

constexpr std::array k_all = {
    TableSpec{Table::event, "event", "Something that happened, with its place", k_event},
    TableSpec{Table::person, "person", "A person as one record names them", k_person},
    TableSpec{Table::object, "object",
              "A phone number, handset, SIM, vehicle, weapon, drug, sum of cash or document as one record names it",
              k_object},
    TableSpec{Table::location, "location", "A place in a record beside its event's own", k_location},
    TableSpec{Table::observation, "observation", "A published figure", k_observation},
    TableSpec{Table::area, "area", "An area of an edition of the geography", k_area},
    TableSpec{Table::area_part, "area_part", "What lies in what", k_area_part},
    TableSpec{Table::population, "population", "Residents of an area", k_population},
    TableSpec{Table::centroid, "centroid", "The middle of an area by where its people live", k_centroid},
};
static_assert(k_all.size() == k_tables);

// The columns that hold what the mapping, not the row, says.
std::vector<SqlColumn> constant_columns(Table table) {
  switch (table) {
    case Table::event: return {{"kind", "VARCHAR"}, {"place_precision", "UTINYINT"}, {"retention", "VARCHAR"}};
    case Table::person: return {{"roles", "UINTEGER"}, {"retention", "VARCHAR"}};
    case Table::object: return {{"kind", "VARCHAR"}, {"roles", "UINTEGER"}, {"retention", "VARCHAR"}};
    case Table::location:
      return {{"kind", "VARCHAR"}, {"roles", "UINTEGER"}, {"place_precision", "UTINYINT"}, {"retention", "VARCHAR"}};
    case Table::observation: return {{"series", "VARCHAR"}};
    case Table::area: return {{"kind", "VARCHAR"}, {"vintage", "SMALLINT"}};
    case Table::area_part: return {{"vintage", "SMALLINT"}};
    case Table::population:
    case Table::centroid: return {};
  }
  return {};
}

}  // namespace

std::span<const TableSpec> tables() {
  return k_all;
}

const TableSpec& spec_of(Table table) {
  return k_all.at(static_cast<std::size_t>(table));
}

std::optional<std::size_t> field_named(Table table, std::string_view name) {
  const auto& fields = spec_of(table).fields;
  const auto at = std::ranges::find(fields, name, &FieldSpec::name);
  if (at == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(at - fields.begin());
}

std::vector<SqlColumn> field_columns(const FieldSpec& field) {
  const std::string name(field.name);
  switch (field.kind) {
    case text:
    case word:
    case grade_source:
    case grade_assessment:
    case handling:
    case conditions: return {{name, "VARCHAR"}};
    case reference:
      return {{name, "VARCHAR"},
              {name + "_hex_1", "UBIGINT"},
              {name + "_hex_2", "UBIGINT"},
              {name + "_hex_3", "UBIGINT"},
              {name + "_hex_4", "UBIGINT"}};
    case instant: return {{name, "TIMESTAMP"}, {name + "_precision", "UTINYINT"}};
    case when: return {{name, "TIMESTAMP"}, {name + "_precision", "UTINYINT"}, {"month", "INTEGER"}};
    case birth: return {{name, "DATE"}, {name + "_precision", "UTINYINT"}};
    case month: return {{name, "INTEGER"}};
    case year: return {{name, "SMALLINT"}};
    case whole:
    case metres:
    case grams:
    case percent:
    case pounds: return {{name, "BIGINT"}};
    case longitude:
    case latitude: return {{name, "INTEGER"}};
    case gss: return {{name, "UINTEGER"}};
    case truth: return {{name, "BOOLEAN"}};
  }
  return {};
}

std::vector<SqlColumn> sql_columns(Table table) {
  std::vector<SqlColumn> columns = {{"extract_no", "INTEGER"}, {"place", "BIGINT"}, {"item", "SMALLINT"}};
  for (SqlColumn& column : constant_columns(table)) columns.push_back(std::move(column));
  for (const FieldSpec& field : spec_of(table).fields) {
    for (SqlColumn& column : field_columns(field)) columns.push_back(std::move(column));
  }
  return columns;
}

namespace {

// The columns of a table that are detail, or those that are not; the three keys are in both.
std::vector<std::size_t> columns_where(Table table, bool is_detail) {
  const std::vector<SqlColumn> all = sql_columns(table);
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool is_column_detail = false;
    for (const FieldSpec& field : spec_of(table).fields) {
      const std::vector<SqlColumn> own = field_columns(field);
      if (std::ranges::find(own, all[i].name, &SqlColumn::name) != own.end()) is_column_detail = field.is_detail;
    }
    if (i < k_key_columns || is_column_detail == is_detail) columns.push_back(i);
  }
  std::ranges::stable_sort(columns, {}, [&](std::size_t at) { return step_of(table, all[at].name); });
  return columns;
}

std::vector<StoredTable> part_tables() {
  std::vector<StoredTable> stored;
  for (const TableSpec& spec : tables()) {
    const std::string name(spec.name);
    stored.push_back({name, spec.table, columns_where(spec.table, false)});
    std::vector<std::size_t> detail = columns_where(spec.table, true);
    if (detail.size() > k_key_columns) stored.push_back({name + "_detail", spec.table, std::move(detail)});
  }
  return stored;
}

}  // namespace

int step_of(Table table, const std::string& column) {
  for (const FieldSpec& field : spec_of(table).fields) {
    const std::vector<SqlColumn> own = field_columns(field);
    if (std::ranges::find(own, column, &SqlColumn::name) != own.end()) return field.since;
  }
  return 1;
}

const std::vector<StoredTable>& stored_tables() {
  static const std::vector<StoredTable> k_stored = part_tables();
  return k_stored;
}

std::string_view relation_of(Table table) {
  return table == Table::event ? "event_whole" : spec_of(table).name;
}

}  // namespace throughline::records

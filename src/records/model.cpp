#include "records/model.h"

#include <algorithm>
#include <array>
#include <utility>

namespace throughline::records {

namespace {

constexpr std::array k_roles = std::to_array<std::pair<Role, std::string_view>>({
    {Role::victim, "victim"},
    {Role::suspect, "suspect"},
    {Role::missing, "missing"},
    {Role::witness, "witness"},
    {Role::patient, "patient"},
    {Role::caller, "caller"},
    {Role::occupant, "occupant"},
    {Role::driver, "driver"},
    {Role::searched, "searched"},
    {Role::subject, "subject"},
    {Role::professional, "professional"},
    {Role::reporter, "reporter"},
    {Role::detained, "detained"},
    {Role::referred, "referred"},
    {Role::pupil, "pupil"},
    {Role::in_treatment, "in treatment"},
    {Role::released, "released"},
    {Role::holder, "holder"},
    {Role::called, "called"},
    {Role::seen, "seen"},
});

constexpr std::array k_precisions = std::to_array<std::pair<PlacePrecision, std::string_view>>({
    {PlacePrecision::none, "none"},
    {PlacePrecision::area, "area"},
    {PlacePrecision::snapped, "snapped"},
    {PlacePrecision::address, "address"},
    {PlacePrecision::exact, "exact"},
});

struct RuleWords {
  std::string_view code;
  std::string_view sentence;
};

RuleWords words_of(RejectionRule rule) {
  switch (rule) {
    case RejectionRule::ragged_row: return {"ragged_row", "has another number of fields than the header"};
    case RejectionRule::broken_quotes: return {"broken_quotes", "has quotes that do not fit"};
    case RejectionRule::nul_byte: return {"nul_byte", "holds a NUL byte"};
    case RejectionRule::invalid_utf8: return {"invalid_utf8", "holds bytes that are no UTF-8"};
    case RejectionRule::record_too_long: return {"record_too_long", "is longer than 16 MiB"};
    case RejectionRule::broken_json: return {"broken_json", "is not one JSON object"};
    case RejectionRule::required_is_blank: return {"required_is_blank", "is blank and must not be"};
    case RejectionRule::not_a_date: return {"not_a_date", "is not a date that exists"};
    case RejectionRule::not_a_month: return {"not_a_month", "is not a month"};
    case RejectionRule::not_a_number: return {"not_a_number", "is not a number"};
    case RejectionRule::out_of_range: return {"out_of_range", "is out of range"};
    case RejectionRule::outside_country: return {"outside_country", "lies outside the British Isles"};
    case RejectionRule::half_a_point: return {"half_a_point", "has a longitude without a latitude, or the reverse"};
    case RejectionRule::not_a_code: return {"not_a_code", "is not an ONS code"};
    case RejectionRule::not_a_truth: return {"not_a_truth", "is neither yes nor no"};
    case RejectionRule::not_in_vocabulary: return {"not_in_vocabulary", "is not in the column's vocabulary"};
    case RejectionRule::text_too_long: return {"text_too_long", "is longer than its column allows"};
    case RejectionRule::bad_grade: return {"bad_grade", "is not a 3x5x2 grade"};
    case RejectionRule::conditions_missing: return {"conditions_missing", "is C without any condition"};
    case RejectionRule::conditions_forbidden: return {"conditions_forbidden", "is P, which takes no conditions"};
    case RejectionRule::unknown_condition: return {"unknown_condition", "is not a handling condition"};
    case RejectionRule::ends_before_start: return {"ends_before_start", "ends before it starts"};
    case RejectionRule::wrong_digits: return {"wrong_digits", "is not a number of as many digits as its column takes"};
  }
  return {"unknown", "is wrong"};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<Role> role_named(std::string_view name) {
  const auto at = std::ranges::find(k_roles, name, &std::pair<Role, std::string_view>::second);
  return at == k_roles.end() ? std::nullopt : std::optional(at->first);
}

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const auto& [role, name] : k_roles) names.emplace_back(name);
  return names;
}

std::string roles_text(std::uint32_t roles) {
  std::string text;
  for (const auto& [role, name] : k_roles) {
    if ((roles & static_cast<std::uint32_t>(role)) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

std::optional<PlacePrecision> place_precision_named(std::string_view name) {
  const auto at = std::ranges::find(k_precisions, name, &std::pair<PlacePrecision, std::string_view>::second);
  return at == k_precisions.end() ? std::nullopt : std::optional(at->first);
}

std::string_view name_of(PlacePrecision precision) {
  return k_precisions.at(static_cast<std::size_t>(precision)).second;
}

std::string_view words_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::word: return "word";
    case FieldKind::reference: return "reference";
    case FieldKind::instant:
    case FieldKind::when: return "date or time";
    case FieldKind::birth: return "date";
    case FieldKind::month: return "month";
    case FieldKind::year: return "year";
    case FieldKind::whole: return "whole number";
    case FieldKind::metres: return "metres";
    case FieldKind::grams: return "grams";
    case FieldKind::percent: return "percent";
    case FieldKind::pounds: return "pounds";
    case FieldKind::longitude:
    case FieldKind::latitude: return "degrees";
    case FieldKind::gss: return "ONS code";
    case FieldKind::truth: return "yes or no";
    case FieldKind::grade_source: return "1 to 3";
    case FieldKind::grade_assessment: return "A to E";
    case FieldKind::handling: return "P or C";
    case FieldKind::conditions: return "list of conditions";
  }
  return "unknown";
}

std::string_view code_of(RejectionRule rule) {
  return words_of(rule).code;
}
std::string_view sentence_of(RejectionRule rule) {
  return words_of(rule).sentence;
}

std::string_view value_class_of(std::string_view value) {
  if (value.find_first_not_of(" \t\r\n") == std::string_view::npos) return "blank";
  if (std::ranges::all_of(value, is_digit)) return "digits";
  if (std::ranges::all_of(value, is_letter)) return "letters";
  if (std::ranges::none_of(value, is_letter) && std::ranges::any_of(value, is_digit)) return "digits and marks";
  if (std::ranges::any_of(value, is_digit)) return "letters and digits";
  return "text";
}

}  // namespace throughline::records

#include "linkage/model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"

namespace throughline::linkage {

namespace {

constexpr std::array k_capacity_words = std::to_array<std::pair<Capacity, std::string_view>>({
    {Capacity::harmed, "harmed"},
    {Capacity::missing, "missing"},
    {Capacity::in_care, "in care"},
    {Capacity::suspected, "suspected"},
    {Capacity::named, "named"},
    {Capacity::referred, "referred"},
    {Capacity::detained, "detained"},
    {Capacity::in_treatment, "in treatment"},
    {Capacity::patient, "patient"},
});

constexpr std::array k_verdict_words = std::to_array<std::pair<Verdict, std::string_view>>({
    {Verdict::same, "same"},
    {Verdict::different, "different"},
    {Verdict::cannot_tell, "cannot-tell"},
});

template <class Value, std::size_t count>
std::optional<Value> value_in(const std::array<std::pair<Value, std::string_view>, count>& all,
                              std::string_view words) {
  const auto at = std::ranges::find(all, words, &std::pair<Value, std::string_view>::second);
  return at == all.end() ? std::nullopt : std::optional(at->first);
}

template <class Value, std::size_t count>
std::string_view words_in(const std::array<std::pair<Value, std::string_view>, count>& all, Value value) {
  return std::ranges::find(all, value, &std::pair<Value, std::string_view>::first)->second;
}

constexpr std::string_view k_person = "person ";

}  // namespace

std::string mention_name(std::string_view extract_name, const MentionId& mention) {
  return std::string(extract_name) + ":" + std::to_string(mention.place) + "." + std::to_string(mention.item);
}

std::optional<MentionText> parse_mention(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  if (!std::ranges::all_of(text.substr(0, colon), is_digit)) return std::nullopt;
  const std::size_t dot = text.find('.', colon);
  const auto place = base::parse_integer(text.substr(colon + 1, dot == std::string_view::npos ? dot : dot - colon - 1));
  if (!place || *place < 0) return std::nullopt;
  MentionText parsed{.extract = std::string(text.substr(0, colon)), .place = *place};
  if (dot == std::string_view::npos) return parsed;
  const auto item = base::parse_integer(text.substr(dot + 1));
  if (!item || *item < 0 || *item > INT16_MAX) return std::nullopt;
  parsed.item = static_cast<std::int32_t>(*item);
  return parsed;
}

std::string entity_name(EntityId entity) {
  return std::string(k_person) + std::to_string(entity.number());
}

std::optional<EntityId> parse_entity(std::string_view text) {
  if (text.starts_with(k_person)) text.remove_prefix(k_person.size());
  const auto number = base::parse_integer(text);
  if (!number || *number < 1) return std::nullopt;
  return EntityId(*number);
}

std::string_view words_of(Capacity capacity) {
  return words_in(k_capacity_words, capacity);
}
std::optional<Capacity> capacity_named(std::string_view words) {
  return value_in(k_capacity_words, words);
}
std::vector<std::string> capacity_words() {
  std::vector<std::string> all;
  for (const auto& [capacity, words] : k_capacity_words) all.emplace_back(words);
  return all;
}
std::string_view words_of(Verdict verdict) {
  return words_in(k_verdict_words, verdict);
}
std::optional<Verdict> verdict_named(std::string_view words) {
  return value_in(k_verdict_words, words);
}

}  // namespace throughline::linkage

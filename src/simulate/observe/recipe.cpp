#include "simulate/observe/recipe.h"

#include <array>

#include "simulate/observe/digits.h"

namespace throughline::simulate {

const Recipe& recipe_of(Kind kind) {
  static const std::array<Recipe, k_kinds> k_recipes{
      crime_recipe(),      custody_recipe(),   missing_recipe(),    intelligence_recipe(), nrm_recipe(),
      support_recipe(),    search_recipe(),    attendance_recipe(), exclusion_recipe(),    emergency_recipe(),
      admission_recipe(),  treatment_recipe(), seizure_recipe(),    cash_recipe(),         closure_recipe(),
      antisocial_recipe(), release_recipe(),   calls_recipe(),      plates_recipe()};
  return k_recipes[static_cast<std::size_t>(kind)];
}

std::string_view crime_reference(const Scene& scene, const Case& what) {
  if (!what.is_happening) return {};
  const auto at = scene.crime_references.find(what.key);
  return at == scene.crime_references.end() ? std::string_view() : at->second;
}

std::string registration_of(const Scene& scene, const PersonRef& person) {
  const auto place = static_cast<std::uint64_t>(person.town) << 32U | static_cast<std::uint32_t>(person.number);
  base::Random random = scene.draw(mixed(mixed(place, static_cast<std::uint64_t>(person.circle)),
                                         mixed(base::stream_of("registration"), person.generation)),
                                   0);
  constexpr std::string_view k_letters = "ABCDEFGHJKLMNPRSTUVWXY";
  const auto letter = [&] { return k_letters[static_cast<std::size_t>(random.below(k_letters.size()))]; };
  std::string mark = "Q";
  append_digits(mark, 1 + static_cast<std::int64_t>(random.below(999)), 1);
  mark += ' ';
  for (int i = 0; i < 3; ++i) mark += letter();
  return mark;
}

bool is_under(const Scene& scene, const PersonRef& person, std::int32_t years, std::int32_t day) {
  return scene.input.population->birth_day(person) + years * 365.25 > day;
}

}  // namespace throughline::simulate

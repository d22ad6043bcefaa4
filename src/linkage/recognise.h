// Which column of a file is what, by its name and by what stands in it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::linkage {

enum class FieldRole : std::uint8_t {
  none,
  given_name,
  middle_name,
  family_name,
  second_family_name,
  full_name,
  other_name,  // Another name that the person goes by.
  birth_date,
  birth_day,
  birth_month,
  birth_year,
  sex,
  postcode,
  address,  // A line of it, house number and all.
  house_number,
  street,
  locality,
  region,
  email,
  phone,
  identifier,
};
inline constexpr std::size_t k_field_roles = 21;
// "given_name": what --field takes.
[[nodiscard]] std::string_view role_code(FieldRole role);
[[nodiscard]] std::optional<FieldRole> role_of_code(std::string_view code);
[[nodiscard]] std::vector<std::string> role_codes();

struct Column {
  std::string name;
  FieldRole role = FieldRole::none;
  std::string note{};  // Why a column that looks like a field is not used.
};

// A column of a sample: the first rows' values.
struct SampledColumn {
  std::string name;
  std::vector<std::string> values;
};

// One column at most for each role. A column whose values are all missing or all one is not used.
[[nodiscard]] std::vector<Column> recognise(std::span<const SampledColumn> sample);

}  // namespace throughline::linkage

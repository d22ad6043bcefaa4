#include "linkage/recognise.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "linkage/ascii.h"

namespace throughline::linkage {
namespace {

struct RoleName {
  FieldRole role;
  std::string_view code;
};
constexpr std::array<RoleName, k_field_roles> k_roles = {{
    {FieldRole::none, "none"},
    {FieldRole::given_name, "given_name"},
    {FieldRole::middle_name, "middle_name"},
    {FieldRole::family_name, "family_name"},
    {FieldRole::second_family_name, "second_family_name"},
    {FieldRole::full_name, "full_name"},
    {FieldRole::other_name, "other_name"},
    {FieldRole::birth_date, "birth_date"},
    {FieldRole::birth_day, "birth_day"},
    {FieldRole::birth_month, "birth_month"},
    {FieldRole::birth_year, "birth_year"},
    {FieldRole::sex, "sex"},
    {FieldRole::postcode, "postcode"},
    {FieldRole::address, "address"},
    {FieldRole::house_number, "house_number"},
    {FieldRole::street, "street"},
    {FieldRole::locality, "locality"},
    {FieldRole::region, "region"},
    {FieldRole::email, "email"},
    {FieldRole::phone, "phone"},
    {FieldRole::identifier, "identifier"},
}};

// Names of columns as letters and digits only, lower case.
struct KnownName {
  std::string_view name;
  FieldRole role;
};
constexpr KnownName k_known[] = {
    {"givenname", FieldRole::given_name},
    {"givennames", FieldRole::given_name},
    {"firstname", FieldRole::given_name},
    {"forename", FieldRole::given_name},
    {"forenames", FieldRole::given_name},
    {"forename1", FieldRole::given_name},
    {"fname", FieldRole::given_name},
    {"fnamec1", FieldRole::given_name},
    {"christianname", FieldRole::given_name},
    {"pername1", FieldRole::given_name},
    {"given", FieldRole::given_name},
    {"first", FieldRole::given_name},
    {"name1", FieldRole::given_name},
    {"middlename", FieldRole::middle_name},
    {"middlenames", FieldRole::middle_name},
    {"middleinitial", FieldRole::middle_name},
    {"secondforename", FieldRole::middle_name},
    {"forename2", FieldRole::middle_name},
    {"othernames", FieldRole::middle_name},
    {"fnamec2", FieldRole::middle_name},
    {"middle", FieldRole::middle_name},
    {"surname", FieldRole::family_name},
    {"familyname", FieldRole::family_name},
    {"lastname", FieldRole::family_name},
    {"lname", FieldRole::family_name},
    {"lnamec1", FieldRole::family_name},
    {"pername2", FieldRole::family_name},
    {"last", FieldRole::family_name},
    {"name2", FieldRole::family_name},
    {"lnamec2", FieldRole::second_family_name},
    {"secondsurname", FieldRole::second_family_name},
    {"fullname", FieldRole::full_name},
    {"name", FieldRole::full_name},
    {"alias", FieldRole::other_name},
    {"aliases", FieldRole::other_name},
    {"knownas", FieldRole::other_name},
    {"aka", FieldRole::other_name},
    {"nickname", FieldRole::other_name},
    {"preferredname", FieldRole::other_name},
    {"personname", FieldRole::full_name},
    {"subjectname", FieldRole::full_name},
    {"dob", FieldRole::birth_date},
    {"dateofbirth", FieldRole::birth_date},
    {"birthdate", FieldRole::birth_date},
    {"dobfull", FieldRole::birth_date},
    {"bd", FieldRole::birth_day},
    {"dobday", FieldRole::birth_day},
    {"birthday", FieldRole::birth_day},
    {"dayofbirth", FieldRole::birth_day},
    {"bm", FieldRole::birth_month},
    {"dobmon", FieldRole::birth_month},
    {"dobmonth", FieldRole::birth_month},
    {"birthmonth", FieldRole::birth_month},
    {"monthofbirth", FieldRole::birth_month},
    {"by", FieldRole::birth_year},
    {"dobyear", FieldRole::birth_year},
    {"birthyear", FieldRole::birth_year},
    {"yearofbirth", FieldRole::birth_year},
    {"yob", FieldRole::birth_year},
    {"sex", FieldRole::sex},
    {"gender", FieldRole::sex},
    {"postcode", FieldRole::postcode},
    {"pcode", FieldRole::postcode},
    {"zipcode", FieldRole::postcode},
    {"zip", FieldRole::postcode},
    {"postalcode", FieldRole::postcode},
    {"enumpc", FieldRole::postcode},
    {"address", FieldRole::address},
    {"fulladdress", FieldRole::address},
    {"addressline1", FieldRole::address},
    {"address1", FieldRole::address},
    {"addr1", FieldRole::address},
    {"enumcap", FieldRole::address},
    {"streetname", FieldRole::street},
    {"street", FieldRole::street},
    {"housenumber", FieldRole::house_number},
    {"streetnumber", FieldRole::house_number},
    {"city", FieldRole::locality},
    {"town", FieldRole::locality},
    {"suburb", FieldRole::locality},
    {"locality", FieldRole::locality},
    {"posttown", FieldRole::locality},
    {"birthplace", FieldRole::locality},
    {"state", FieldRole::region},
    {"county", FieldRole::region},
    {"region", FieldRole::region},
    {"email", FieldRole::email},
    {"emailaddress", FieldRole::email},
    {"mail", FieldRole::email},
    {"phone", FieldRole::phone},
    {"phonenumber", FieldRole::phone},
    {"telephone", FieldRole::phone},
    {"telephonenumber", FieldRole::phone},
    {"mobile", FieldRole::phone},
    {"mobilenumber", FieldRole::phone},
    {"tel", FieldRole::phone},
    {"ssn", FieldRole::identifier},
    {"socsecid", FieldRole::identifier},
    {"nhsnumber", FieldRole::identifier},
    {"nhsno", FieldRole::identifier},
    {"nino", FieldRole::identifier},
    {"nationalinsurancenumber", FieldRole::identifier},
    {"pncid", FieldRole::identifier},
    {"pnc", FieldRole::identifier},
    {"cronumber", FieldRole::identifier},
    {"passportnumber", FieldRole::identifier},
};

std::string bare(std::string_view name) {
  std::string bare;
  for (const char byte : name) {
    if (is_letter(byte) || is_digit(byte)) bare += lower(byte);
  }
  return bare;
}

FieldRole role_of_name(std::string_view name) {
  const std::string wanted = bare(name);
  for (const KnownName& known : k_known) {
    if (known.name == wanted) return known.role;
  }
  return FieldRole::none;
}

bool looks_like_postcode(std::string_view value) {
  std::string text;
  for (const char byte : value) {
    if (byte != ' ') text += byte;
  }
  if (text.size() < 5 || text.size() > 7) return false;
  return is_letter(text[0]) && is_digit(text[text.size() - 3]) && is_letter(text[text.size() - 2]) &&
         is_letter(text[text.size() - 1]);
}

bool looks_like_address(std::string_view value) {
  return !value.empty() && is_digit(value[0]) && value.find(' ') != std::string_view::npos &&
         std::ranges::count_if(value, [](char byte) { return is_letter(byte); }) >= 5;
}

bool looks_like_email(std::string_view value) {
  const std::size_t at = value.find('@');
  return at != std::string_view::npos && at > 0 && value.find('.', at) != std::string_view::npos;
}

// Nine in ten of those present look so.
template <class Looks>
bool mostly(const SampledColumn& column, const Looks& looks) {
  std::int64_t present = 0;
  std::int64_t alike = 0;
  for (const std::string& value : column.values) {
    if (value.empty()) continue;
    ++present;
    alike += looks(value) ? 1 : 0;
  }
  return present >= 10 && alike * 10 >= present * 9;
}

FieldRole role_of_content(const SampledColumn& column) {
  if (mostly(column, looks_like_postcode)) return FieldRole::postcode;
  if (mostly(column, looks_like_email)) return FieldRole::email;
  if (mostly(column, looks_like_address)) return FieldRole::address;
  return FieldRole::none;
}

// Why the values cannot tell people apart; empty where they can.
std::string useless(const SampledColumn& column) {
  std::set<std::string_view> values;
  for (const std::string& value : column.values) {
    if (!value.empty()) values.insert(value);
  }
  if (values.empty() && !column.values.empty()) return "all missing";
  if (values.size() == 1 && column.values.size() > 1) return "one value only";
  return "";
}

}  // namespace

std::string_view role_code(FieldRole role) {
  return k_roles[static_cast<std::size_t>(role)].code;
}

std::optional<FieldRole> role_of_code(std::string_view code) {
  for (const RoleName& role : k_roles) {
    if (role.code == code) return role.role;
  }
  return std::nullopt;
}

std::vector<std::string> role_codes() {
  std::vector<std::string> codes;
  for (const RoleName& role : k_roles) codes.emplace_back(role.code);
  return codes;
}

namespace {

// By its name alone. Takes the role where the column is used.
Column named_column(const SampledColumn& column, std::set<FieldRole>& taken) {
  Column found{.name = column.name, .role = role_of_name(column.name)};
  if (found.role == FieldRole::none) return found;
  found.note = useless(column);
  if (found.note.empty() && !taken.insert(found.role).second) found.note = "another column is used for it";
  if (!found.note.empty()) found.role = FieldRole::none;
  return found;
}

}  // namespace

std::vector<Column> recognise(std::span<const SampledColumn> sample) {
  std::vector<Column> columns;
  std::set<FieldRole> taken;
  for (const SampledColumn& column : sample) columns.push_back(named_column(column, taken));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role != FieldRole::none || !columns[i].note.empty()) continue;
    const FieldRole role = role_of_content(sample[i]);
    if (role != FieldRole::none && taken.insert(role).second) columns[i].role = role;
  }
  return columns;
}

}  // namespace throughline::linkage

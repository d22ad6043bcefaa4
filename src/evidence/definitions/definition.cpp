#include "evidence/definitions/definition.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/number.h"
#include "base/text.h"

namespace throughline::evidence {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

Error unknown(std::string code, std::string_view name, const std::vector<std::string>& known, std::string_view what) {
  const auto nearest = base::nearest_name(std::string(name), known);
  return {
      ErrorKind::bad_command, std::move(code), fmt::format("There is no {} “{}”", what, name), "",
      nearest ? fmt::format("Did you mean “{}”?", *nearest) : std::string("throughline define list shows every one")};
}

}  // namespace

std::string Definition::name() const {
  return fmt::format("{}@{}", id, version);
}

std::string Definition::validity() const {
  if (valid_from && valid_until) {
    return fmt::format("{} to {}", base::to_string(*valid_from), base::to_string(*valid_until));
  }
  if (valid_from) return fmt::format("from {}", base::to_string(*valid_from));
  if (valid_until) return fmt::format("to {}", base::to_string(*valid_until));
  return "at any time";
}

bool Definition::holds_in(base::Month first, base::Month last) const {
  return (!valid_from || *valid_from <= first) && (!valid_until || last <= *valid_until);
}

Result<const Definition*> find_definition(std::string_view name, const std::vector<Definition>& definitions) {
  const std::string_view id = name.substr(0, name.find('@'));
  std::vector<std::string> ids;
  std::vector<std::string> versions;
  const Definition* found = nullptr;
  for (const Definition& each : definitions) {
    ids.push_back(each.id);
    if (each.id != id) continue;
    if (id.size() == name.size()) {
      if (found == nullptr || each.version > found->version) found = &each;
      continue;
    }
    versions.push_back(std::to_string(each.version));
    if (each.name() == name) return &each;
  }
  if (found != nullptr) return found;
  if (versions.empty()) return unknown("definition_unknown", id, ids, "definition");
  return Error{ErrorKind::bad_command, "version_unknown", fmt::format("There is no definition “{}”", name), "",
               fmt::format("{} has the versions {}", id, fmt::join(versions, ", "))};
}

Result<std::vector<const Definition*>> rivals_of(std::string_view term_or_name,
                                                 const std::vector<Definition>& definitions) {
  std::string term(term_or_name);
  std::vector<std::string> known;
  for (const Definition& each : definitions) {
    known.insert(known.end(), {each.term, each.id});
    if (each.id == term_or_name || each.name() == term_or_name) term = each.term;
  }
  std::vector<const Definition*> rivals;
  for (const Definition& each : definitions) {
    if (each.term == term) rivals.push_back(&each);
  }
  if (rivals.empty()) return unknown("term_unknown", term_or_name, known, "term or definition");
  return rivals;
}

}  // namespace throughline::evidence

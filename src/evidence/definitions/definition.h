// Definitions as data: what a term means, in words and as a rule that can be carried out, with its source, its version,
// the time in which it is valid, and its rivals.
//
// - A rule says which lines of stored series, or which categories of a measure of the workspace, are counted. Two rules
// of
//   one definition are two ways of counting it and are never added up; the lines or categories of one rule are.
// - Undecidable: a definition whose rule needs what nothing stored holds. It says what is missing, and no figure is
// given.
// - The definitions are data/definitions; docs/reference/definitions.md explains every key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "evidence/caveats.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

struct SeriesRule {
  std::string series;
  std::vector<std::string> lines;  // Added up.
};

struct MeasureRule {
  std::string measure;
  std::vector<std::string> categories;  // Slugs, added up.
};

// A figure that a document prints for it.
struct CitedFigure {
  std::string value;
  std::string unit;
  std::string area;
  std::string period;
  std::string source;
  std::string place;
};

struct Definition {
  std::string term;  // "drug death": what it is one of several readings of.
  std::string id;
  std::int64_t version = 1;
  bool is_proposal = false;  // Ours, where no document gives one.
  std::optional<base::Month> valid_from;
  std::optional<base::Month> valid_until;  // Included.
  std::string words;
  std::string source;
  std::string page;
  Caveats caveats;
  std::vector<SeriesRule> series;
  std::vector<MeasureRule> measures;
  std::vector<std::string> needs;  // What it would take, and nothing stored or received holds.
  std::vector<CitedFigure> cited;

  // "drug-misuse-death@1".
  [[nodiscard]] std::string name() const;
  // "from 2004-04", "2002-04 to 2004-03", "at any time".
  [[nodiscard]] std::string validity() const;
  [[nodiscard]] bool holds_in(base::Month first, base::Month last) const;
};

// data/definitions as it is carried in the program.
[[nodiscard]] std::vector<SeriesText> definition_texts();

struct CheckedDefinitions {
  std::vector<Definition> definitions;  // By term, then as they stand in the file. Only to be used without faults.
  std::vector<CatalogueFault> faults;
};

// Faults, with the file: text that is no TOML; a key that is missing or unknown; an id and version twice; versions of
// one id that hold at one time; a series, line, measure or caveat that does not exist; a definition that counts
// nothing, needs nothing and cites nothing.
[[nodiscard]] CheckedDefinitions read_definitions(const std::vector<SeriesText>& texts, const Catalogue& catalogue);

// The bundled ones. Read once.
[[nodiscard]] const std::vector<Definition>& built_in_definitions();

// "drug-misuse-death" (its latest version) or "drug-misuse-death@1". Errors: "definition_unknown" with the nearest id;
// "version_unknown" with those there are.
[[nodiscard]] base::Result<const Definition*> find_definition(std::string_view name,
                                                              const std::vector<Definition>& definitions);

// All readings of the term, or of the term of the definition that is named. Error "term_unknown" with the nearest.
[[nodiscard]] base::Result<std::vector<const Definition*>> rivals_of(std::string_view term_or_name,
                                                                     const std::vector<Definition>& definitions);

}  // namespace throughline::evidence

// The register of breaks that are known (data/series/breaks.toml), and tables of a user's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

struct DeclaredBreak {
  std::string applies_to;  // "drug_deaths", "borough-offences.trafficking-of-drugs". Empty: to whatever is asked.
  base::Month month;       // The first of the new way.
  std::string what;
  std::string source;
};

struct CheckedBreaks {
  std::vector<DeclaredBreak> breaks;   // By month.
  std::vector<CatalogueFault> faults;  // Keys that are missing, months that are none.
};

[[nodiscard]] CheckedBreaks read_breaks(std::string_view text);

// The bundled ones. Read once.
[[nodiscard]] const std::vector<DeclaredBreak>& built_in_breaks();

// Those of a source ("drug_deaths") and one of its lines or categories ("misuse").
[[nodiscard]] std::vector<DeclaredBreak> breaks_of(const std::vector<DeclaredBreak>& all, std::string_view source,
                                                   std::string_view line);

}  // namespace throughline::evidence

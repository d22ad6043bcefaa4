// throughline define: what a term means, in which readings, and what each gives on the stored series. Needs no
// workspace.
#pragma once

#include <string>

#include "app/verbs.h"
#include "evidence/definitions/definition.h"
#include "evidence/stage.h"

namespace throughline::app {

struct DefineRequest {
  std::string act = "list";  // list, show, compare.
  std::string name{};        // show: a definition, or ID@VERSION; compare: a term or one of its definitions.
  std::string area{};        // Empty: the widest that each series has.
};

// → list: section "definitions" (table "definitions"). show: section "definition" (facts; tables "values", "cited",
// "missing"). compare: section "compare" (tables "rivals", "values", "areas"). Errors: "act_unknown", "name_missing",
// "definition_unknown", "version_unknown", "term_unknown".
[[nodiscard]] Answer define(const Outside& outside, const Settings& settings, const DefineRequest& request);

// What a definition is, as facts: to be shown beside every figure made by it.
[[nodiscard]] std::vector<Fact> definition_facts(const evidence::Definition& definition);

// The definition on the stored series, with its caveats and refusals. Of one area, or the widest of each series.
[[nodiscard]] Table defined_values(const std::vector<const evidence::Definition*>& definitions,
                                   const std::string& area);

// What cannot be counted for it, a sentence each. Empty where it can be carried out.
[[nodiscard]] std::vector<std::string> missing_for(const evidence::Definition& definition);

// measure --definition: the categories of its rule added up, for each area and period. `request.measure` chooses among
// its measures; empty: the first of which something was received, else the stored series. Errors: those of
// find_definition and resolve; refused "definition_not_executable" with what is missing.
[[nodiscard]] base::Result<Section> definition_section(const evidence::World& world, const MeasureRequest& request);

}  // namespace throughline::app

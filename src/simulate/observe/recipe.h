// How each kind of extract is cut: which happenings it is about, and what a row of it says. One file a kind.
#pragma once

#include <span>
#include <string_view>

#include "simulate/observe/agencies.h"
#include "simulate/observe/recorder.h"
#include "simulate/observe/row.h"
#include "simulate/observe/telephone.h"

namespace throughline::simulate {

struct Recipe {
  DateForm dates = DateForm::iso;
  std::span<const Flaw> flaws{};
  void (*cases)(Recorder&) = nullptr;  // What is recorded.
  void (*row)(Row&) = nullptr;         // One row of it, every cell of the header.
};

[[nodiscard]] std::string_view header_of(Kind kind);
[[nodiscard]] const Recipe& recipe_of(Kind kind);

[[nodiscard]] Recipe crime_recipe();
[[nodiscard]] Recipe custody_recipe();
[[nodiscard]] Recipe missing_recipe();
[[nodiscard]] Recipe intelligence_recipe();
[[nodiscard]] Recipe nrm_recipe();
[[nodiscard]] Recipe support_recipe();
[[nodiscard]] Recipe search_recipe();
[[nodiscard]] Recipe attendance_recipe();
[[nodiscard]] Recipe exclusion_recipe();
[[nodiscard]] Recipe emergency_recipe();
[[nodiscard]] Recipe admission_recipe();
[[nodiscard]] Recipe treatment_recipe();
[[nodiscard]] Recipe seizure_recipe();
[[nodiscard]] Recipe cash_recipe();
[[nodiscard]] Recipe closure_recipe();
[[nodiscard]] Recipe antisocial_recipe();
[[nodiscard]] Recipe release_recipe();
[[nodiscard]] Recipe calls_recipe();
[[nodiscard]] Recipe plates_recipe();

// What several kinds share.

// What the town's force called the crime, where it was recorded as one.
[[nodiscard]] std::string_view crime_reference(const Scene& scene, const Case& what);
// "Q10 HJL", of a person: the same mark whenever it is asked for. Q is not given to cars whose age is known.
[[nodiscard]] std::string registration_of(const Scene& scene, const PersonRef& person);
[[nodiscard]] bool is_under(const Scene& scene, const PersonRef& person, std::int32_t years, std::int32_t day);

}  // namespace throughline::simulate

// Whether a model of overlapping lists has an estimate at all: finite, and only one.
//
// The estimate is finite exactly when some table without any empty history has the same totals as the table seen (one
// for each term of the model). That is a linear programme: of all tables with these totals, make the smallest count as
// large as can be, and see whether it is above zero. It is unique exactly when the model's terms are linearly
// independent over its histories.
//
// - Sources: Fienberg and Rinaldo 2012 (the programme); Chan, Silverman and Vincent 2021 (the histories of pairs that
//   share no case are left out first).
// - Accuracy: a smallest count below 1e-9 of the cases seen is taken for zero.
#pragma once

#include <string_view>

#include "evidence/hidden/loglinear.h"

namespace throughline::evidence {

enum class Existence { exists, not_finite, not_unique, neither };

// "the estimate is not finite", for messages; nothing where it exists.
[[nodiscard]] std::string_view words_of(Existence existence);

// Cost: a simplex tableau of terms x histories.
[[nodiscard]] Existence existence_of(const ListTable& table, const ListModel& model);

// The model's fit, where its estimate exists. A fit whose expected counts all lie well above zero is its own proof, so
// that the programme is solved only where that is in doubt.
[[nodiscard]] std::optional<ListFit> existing_fit(const ListTable& table, const ListModel& model);

}  // namespace throughline::evidence

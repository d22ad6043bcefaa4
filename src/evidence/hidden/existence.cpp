#include "evidence/hidden/existence.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace throughline::evidence {

namespace {

constexpr double k_tolerance = 1e-9;

// Rows of numbers with a right side as the last column: a system of equations, or a simplex tableau.
struct Tableau {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;
  [[nodiscard]] double& at(std::size_t row, std::size_t column) { return values[row * columns + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
};

Tableau tableau_of(std::size_t rows, std::size_t columns) {
  return {.rows = rows, .columns = columns, .values = std::vector<double>(rows * columns, 0.0)};
}

bool has_term(const ListDesign& design, std::size_t history, std::size_t term) {
  return (design.histories[history] & design.terms[term]) == design.terms[term];
}

// Makes the column a unit vector with its one in the row.
void pivot(Tableau& tableau, std::size_t row, std::size_t column) {
  const double head = tableau.at(row, column);
  for (std::size_t k = 0; k < tableau.columns; ++k) tableau.at(row, k) /= head;
  for (std::size_t other = 0; other < tableau.rows; ++other) {
    const double factor = tableau.at(other, column);
    if (other == row || factor == 0) continue;
    for (std::size_t k = 0; k < tableau.columns; ++k) tableau.at(other, k) -= factor * tableau.at(row, k);
  }
}

Tableau matrix_of(const ListDesign& design) {
  Tableau matrix = tableau_of(design.terms.size(), design.histories.size());
  for (std::size_t term = 0; term < matrix.rows; ++term) {
    for (std::size_t history = 0; history < matrix.columns; ++history) {
      matrix.at(term, history) = has_term(design, history, term) ? 1 : 0;
    }
  }
  return matrix;
}

// The row, from `first` on, with the largest number in the column.
std::size_t largest_row(const Tableau& matrix, std::size_t first, std::size_t column) {
  std::size_t best = first;
  for (std::size_t row = first; row < matrix.rows; ++row) {
    if (std::abs(matrix.at(row, column)) > std::abs(matrix.at(best, column))) best = row;
  }
  return best;
}

// The rank of the terms over the histories, by elimination with the largest pivot.
std::size_t rank_of(const ListDesign& design) {
  Tableau matrix = matrix_of(design);
  std::size_t rank = 0;
  for (std::size_t column = 0; column < matrix.columns && rank < matrix.rows; ++column) {
    const std::size_t best = largest_row(matrix, rank, column);
    if (std::abs(matrix.at(best, column)) < k_tolerance) continue;
    for (std::size_t k = 0; k < matrix.columns; ++k) std::swap(matrix.at(best, k), matrix.at(rank, k));
    pivot(matrix, rank, column);
    ++rank;
  }
  return rank;
}

// A simplex tableau: equations, then the row of reduced costs of what is made large. Columns: histories, the smallest
// count, one artificial variable an equation, the right side.
struct Programme {
  Tableau tableau;
  std::vector<std::size_t> basis;  // By equation.
  std::size_t equations = 0;
  std::size_t histories = 0;
  [[nodiscard]] std::size_t smallest() const { return histories; }
  [[nodiscard]] std::size_t right() const { return tableau.columns - 1; }
  [[nodiscard]] double value() const { return tableau.at(equations, right()); }
};

// With x = y + s: the y of each history and s, the smallest count, are not negative. Totals are shares of the cases.
Programme programme_of(const ListTable& table, const ListDesign& design) {
  Programme programme;
  programme.equations = design.terms.size();
  programme.histories = design.histories.size();
  Tableau& tableau = programme.tableau;
  tableau = tableau_of(programme.equations + 1, programme.histories + programme.equations + 2);
  const auto cases = static_cast<double>(cases_seen(table));
  for (std::size_t row = 0; row < programme.equations; ++row) {
    for (std::size_t history = 0; history < programme.histories; ++history) {
      if (!has_term(design, history, row)) continue;
      tableau.at(row, history) = 1;
      tableau.at(row, programme.smallest()) += 1;
    }
    tableau.at(row, programme.smallest() + 1 + row) = 1;
    tableau.at(row, programme.right()) = static_cast<double>(cases_on(table, design.terms[row])) / cases;
    programme.basis.push_back(programme.smallest() + 1 + row);
  }
  return programme;
}

// The equation that limits how far the column may grow; the least basic variable of equals (Bland 1977). Nothing where
// none does.
std::optional<std::size_t> leaving_row(const Programme& programme, std::size_t column) {
  std::optional<std::size_t> best;
  double least = 0;
  for (std::size_t row = 0; row < programme.equations; ++row) {
    const double rate = programme.tableau.at(row, column);
    if (rate <= k_tolerance) continue;
    const double ratio = programme.tableau.at(row, programme.right()) / rate;
    const bool is_less = !best.has_value() || ratio < least - k_tolerance * k_tolerance;
    if (is_less || (ratio <= least && programme.basis[row] < programme.basis[*best])) {
      best = row;
      least = ratio;
    }
  }
  return best;
}

// Pivots until nothing among the first `columns` improves the last row (Bland's rule, which cannot cycle).
void maximise(Programme& programme, std::size_t columns) {
  for (int step = 0; step < 100'000; ++step) {
    std::size_t entering = 0;
    while (entering < columns && programme.tableau.at(programme.equations, entering) >= -k_tolerance) ++entering;
    if (entering == columns) return;
    const std::optional<std::size_t> row = leaving_row(programme, entering);
    if (!row.has_value()) return;
    pivot(programme.tableau, *row, entering);
    programme.basis[*row] = entering;
  }
  CHECK(false);
}

// Phase one: the artificial variables are driven out, as the table seen itself shows that they can be.
void make_feasible(Programme& programme) {
  Tableau& tableau = programme.tableau;
  for (std::size_t column = 0; column < tableau.columns; ++column) {
    if (column > programme.smallest() && column != programme.right()) continue;
    for (std::size_t row = 0; row < programme.equations; ++row) {
      tableau.at(programme.equations, column) -= tableau.at(row, column);
    }
  }
  maximise(programme, programme.smallest() + 1);
  CHECK(programme.value() > -1e-7);
  for (std::size_t row = 0; row < programme.equations; ++row) {
    if (programme.basis[row] <= programme.smallest()) continue;
    for (std::size_t column = 0; column <= programme.smallest(); ++column) {
      if (std::abs(tableau.at(row, column)) <= k_tolerance) continue;
      pivot(tableau, row, column);
      programme.basis[row] = column;
      break;
    }
  }
}

// Phase two: the largest that the smallest count can be, as a share of the cases.
double largest_smallest_count(const ListTable& table, const ListDesign& design) {
  Programme programme = programme_of(table, design);
  make_feasible(programme);
  Tableau& tableau = programme.tableau;
  for (std::size_t column = 0; column < tableau.columns; ++column) tableau.at(programme.equations, column) = 0;
  tableau.at(programme.equations, programme.smallest()) = -1;
  for (std::size_t row = 0; row < programme.equations; ++row) {
    if (programme.basis[row] == programme.smallest()) pivot(tableau, row, programme.smallest());
  }
  // What is left of artificial variables stands in equations that say nothing, and must not grow again.
  maximise(programme, programme.smallest() + 1);
  return programme.value();
}

}  // namespace

std::string_view words_of(Existence existence) {
  switch (existence) {
    case Existence::exists: return "";
    case Existence::not_finite: return "the estimate is not finite";
    case Existence::not_unique: return "the estimate is not unique";
    case Existence::neither: return "the estimate is neither finite nor unique";
  }
  return "";
}

Existence existence_of(const ListTable& table, const ListModel& model) {
  CHECK(cases_seen(table) > 0);
  const ListDesign design = design_of(table, model);
  const bool is_unique = rank_of(design) == design.terms.size();
  const bool is_finite = largest_smallest_count(table, design) > k_tolerance;
  if (is_finite) return is_unique ? Existence::exists : Existence::not_unique;
  return is_unique ? Existence::not_finite : Existence::neither;
}

std::optional<ListFit> existing_fit(const ListTable& table, const ListModel& model) {
  constexpr double k_well_above_zero = 1e-4;
  if (cases_seen(table) == 0) return std::nullopt;
  std::optional<ListFit> fit = fit_lists(table, model);
  if (!fit.has_value()) return std::nullopt;
  const bool is_proof = std::ranges::all_of(fit->fitted, [](double mean) { return mean > k_well_above_zero; });
  if (!is_proof && existence_of(table, model) != Existence::exists) return std::nullopt;
  return fit;
}

}  // namespace throughline::evidence

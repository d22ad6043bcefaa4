#include "evidence/hidden/positive_definite.h"

#include <cmath>

#include "base/check.h"

namespace throughline::evidence {

std::optional<SymmetricMatrix> cholesky(const SymmetricMatrix& matrix) {
  constexpr double k_pivot_min = 1e-11;
  SymmetricMatrix lower(matrix.size);
  for (std::size_t row = 0; row < matrix.size; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double rest = matrix.at(row, column);
      for (std::size_t k = 0; k < column; ++k) rest -= lower.at(row, k) * lower.at(column, k);
      if (row != column) {
        lower.at(row, column) = rest / lower.at(column, column);
        continue;
      }
      const bool is_positive = rest > k_pivot_min * matrix.at(row, row);  // False for a nan as well.
      if (!is_positive) return std::nullopt;
      lower.at(row, row) = std::sqrt(rest);
    }
  }
  return lower;
}

std::vector<double> solve(const SymmetricMatrix& lower, std::span<const double> right) {
  CHECK(right.size() == lower.size);
  std::vector<double> x(right.begin(), right.end());
  for (std::size_t row = 0; row < lower.size; ++row) {
    for (std::size_t k = 0; k < row; ++k) x[row] -= lower.at(row, k) * x[k];
    x[row] /= lower.at(row, row);
  }
  for (std::size_t row = lower.size; row-- > 0;) {
    for (std::size_t k = row + 1; k < lower.size; ++k) x[row] -= lower.at(k, row) * x[k];
    x[row] /= lower.at(row, row);
  }
  return x;
}

}  // namespace throughline::evidence

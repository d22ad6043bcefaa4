// Small dense symmetric systems: the normal equations of a fit with a few dozen parameters.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace throughline::evidence {

// A symmetric matrix by rows; only the lower triangle is read.
struct SymmetricMatrix {
  explicit SymmetricMatrix(std::size_t rows) : size(rows), values(rows * rows, 0.0) {}
  [[nodiscard]] double& at(std::size_t row, std::size_t column) { return values[row * size + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[row * size + column]; }
  std::size_t size;
  std::vector<double> values;
};

// The lower triangle L of a matrix L L'. Nothing where a pivot falls below 1e-11 of its diagonal element: the matrix is
// singular as far as doubles can tell. Cost: size^3 / 6.
[[nodiscard]] std::optional<SymmetricMatrix> cholesky(const SymmetricMatrix& matrix);
// The x with L L' x = right.
[[nodiscard]] std::vector<double> solve(const SymmetricMatrix& lower, std::span<const double> right);

}  // namespace throughline::evidence

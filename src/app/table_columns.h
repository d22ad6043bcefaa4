// The columns of a small table by name, and the values in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/small_table.h"

namespace throughline::app {

// Where the name stands; the number of names where it does not.
[[nodiscard]] std::size_t name_place(const std::vector<std::string>& names, const std::string& name);
// Adds the name unless it is there.
void add_name(std::vector<std::string>& names, const std::string& name);

class TableColumns {
 public:
  // Errors: "column_missing" for one that is needed, "column_unknown" for one that is neither needed nor allowed.
  // REQUIRES: the table outlives it.
  [[nodiscard]] static base::Result<TableColumns> of(const SmallTable& table, const std::vector<std::string>& needed,
                                                     const std::vector<std::string>& allowed = {});

  // Empty where the column is not there.
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
  // A text that is not blank: "value_missing".
  [[nodiscard]] base::Result<std::string> name(std::size_t row, std::string_view column) const;
  // Nothing where it is blank: "not_a_number".
  [[nodiscard]] base::Result<std::optional<double>> number_or_blank(std::size_t row, std::string_view column) const;
  // "value_missing" and "not_a_number".
  [[nodiscard]] base::Result<double> number(std::size_t row, std::string_view column) const;

  [[nodiscard]] const SmallTable& table() const { return *table_; }

 private:
  explicit TableColumns(const SmallTable& table) : table_(&table) {}
  const SmallTable* table_;
};

}  // namespace throughline::app

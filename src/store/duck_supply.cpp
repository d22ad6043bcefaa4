// The table function throughline_rows(number): DuckDB pulls rows out of a RowSupplier, on as many threads as it gives.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "store/duck_internal.h"

namespace throughline::store {

namespace {

struct PartState {
  std::unique_ptr<RowSupplier::Part> part;
  std::vector<AppendColumn> columns;
};

template <class T>
void destroy(void* pointer) {
  delete static_cast<T*>(pointer);
}

void bind_rows(duckdb_bind_info info) {
  auto& supplies = *static_cast<Supplies*>(duckdb_bind_get_extra_info(info));
  duckdb_value value = duckdb_bind_get_parameter(info, 0);
  const std::int64_t number = duckdb_get_int64(value);
  duckdb_destroy_value(&value);
  const std::lock_guard lock(supplies.mutex);
  const auto found = supplies.running.find(number);
  if (found == supplies.running.end()) {
    duckdb_bind_set_error(info, "no rows are being supplied under this number");
    return;
  }
  for (std::size_t index = 0; index < found->second->types.size(); ++index) {
    duckdb_logical_type type = duckdb_create_logical_type(found->second->types[index]);
    duckdb_bind_add_result_column(info, ("c" + std::to_string(index)).c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
  duckdb_bind_set_bind_data(info, found->second, nullptr);
}

void init_rows(duckdb_init_info info) {
  const auto& supply = *static_cast<Supply*>(duckdb_init_get_bind_data(info));
  duckdb_init_set_max_threads(info, static_cast<idx_t>(std::max(1, supply.supplier->max_threads())));
}

void init_part(duckdb_init_info info) {
  const auto& supply = *static_cast<Supply*>(duckdb_init_get_bind_data(info));
  auto state = std::make_unique<PartState>();
  state->part = supply.supplier->part();
  state->columns.resize(supply.types.size());
  duckdb_init_set_init_data(info, state.release(), destroy<PartState>);
}

void give_rows(duckdb_function_info info, duckdb_data_chunk output) {
  auto& supply = *static_cast<Supply*>(duckdb_function_get_bind_data(info));
  auto& state = *static_cast<PartState*>(duckdb_function_get_local_init_data(info));
  Result<std::int64_t> rows = state.part->next(state.columns);
  if (!rows.ok()) {
    const std::lock_guard lock(supply.mutex);
    if (!supply.error.has_value()) supply.error = std::move(rows).error();
    duckdb_function_set_error(info, "the supplier of rows stopped");
    return;
  }
  const std::int64_t count = rows.value();
  CHECK(count >= 0 && count <= k_chunk_rows);
  for (std::size_t index = 0; count > 0 && index < supply.types.size(); ++index) {
    fill_vector(duckdb_data_chunk_get_vector(output, index), supply.types[index], state.columns[index], {0, count});
  }
  duckdb_data_chunk_set_size(output, static_cast<idx_t>(count));
}

}  // namespace

Result<void> register_supplies(duckdb_connection connection, DuckShared& shared) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, "throughline_rows");
  duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_table_function_add_parameter(function, number);
  duckdb_destroy_logical_type(&number);
  duckdb_table_function_set_extra_info(function, &shared.supplies, nullptr);
  duckdb_table_function_set_bind(function, bind_rows);
  duckdb_table_function_set_init(function, init_rows);
  duckdb_table_function_set_local_init(function, init_part);
  duckdb_table_function_set_function(function, give_rows);
  const bool done = duckdb_register_table_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_table_function(&function);
  if (!done) return duck_error("", shared.path, "throughline_rows");
  return {};
}

}  // namespace throughline::store

import type { Table } from "../../api/types";

// Columns in which nothing stands are left out; downloads have them.
export function without_empty_columns(table: Table): Table {
  const is_kept = table.columns.map((_, at) => table.rows.some((row) => row[at] !== null && row[at] !== undefined));
  return {
    ...table,
    columns: table.columns.filter((_, at) => is_kept[at] === true),
    rows: table.rows.map((row) => row.filter((_, at) => is_kept[at] === true)),
  };
}

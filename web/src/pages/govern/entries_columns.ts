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

// What one reads of many entries at a glance, in this order; the rest stands on each entry's own page and in the downloads.
const k_at_a_glance = [
  "entry",
  "at",
  "account",
  "role",
  "operation",
  "purpose",
  "decision",
  "rule",
  "object",
  "reason",
];

export function at_a_glance(table: Table): Table {
  const places = k_at_a_glance
    .map((name) => table.columns.findIndex((column) => column.name === name))
    .filter((at) => at >= 0);
  return without_empty_columns({
    ...table,
    columns: places.flatMap((at) => table.columns[at] ?? []),
    rows: table.rows.map((row) => places.map((at) => row[at] ?? null)),
  });
}

// The rows of the register of claims, by status.
import type { Table } from "../../api/types";
import { text_at } from "../../parts/report_parts";

// Every status that a row has, each once, in the order in which they first come.
export function statuses_in(table: Table): string[] {
  return [...new Set(table.rows.map((row) => text_at(table, row, "status")))];
}

// The table with only the rows of the status; whole without one.
export function with_status(table: Table, status: string): Table {
  if (status === "") return table;
  return { ...table, rows: table.rows.filter((row) => text_at(table, row, "status") === status) };
}

import type { JSX } from "preact";
import type { Report, Table } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { table_in } from "../../parts/report_parts";

// Columns in which nothing stands are left out; downloads have them.
export function without_empty_columns(table: Table): Table {
  const is_kept = table.columns.map((_, at) => table.rows.some((row) => row[at] !== null && row[at] !== undefined));
  return {
    ...table,
    columns: table.columns.filter((_, at) => is_kept[at] === true),
    rows: table.rows.map((row) => row.filter((_, at) => is_kept[at] === true)),
  };
}

interface EntriesTableProps {
  report: Report;
  answer_address?: string;
}

export function EntriesTable({ report, answer_address }: EntriesTableProps): JSX.Element | null {
  const table = table_in(report, "entries");
  if (table === null) return null;
  return <DataTable table={without_empty_columns(table)} caption="" rows_at_first={100} {...(answer_address === undefined ? {} : { answer_address })} />;
}

import type { JSX } from "preact";
import type { Report } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { table_in } from "../../parts/report_parts";
import { without_empty_columns } from "./entries_columns";

interface EntriesTableProps {
  report: Report;
  answer_address?: string;
}

export function EntriesTable({ report, answer_address }: EntriesTableProps): JSX.Element | null {
  const table = table_in(report, "entries");
  if (table === null) return null;
  return <DataTable table={without_empty_columns(table)} caption="" rows_at_first={100} {...(answer_address === undefined ? {} : { answer_address })} />;
}

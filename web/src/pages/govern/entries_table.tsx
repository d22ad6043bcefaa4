import type { JSX } from "preact";
import type { Report } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { value_words } from "../../parts/value";
import { table_in } from "../../parts/report_parts";
import { at_a_glance } from "./entries_columns";

interface EntriesTableProps {
  report: Report;
  answer_address?: string;
}

export function EntriesTable({ report, answer_address }: EntriesTableProps): JSX.Element | null {
  const table = table_in(report, "entries");
  if (table === null) return null;
  return (
    <DataTable
      table={at_a_glance(table)}
      caption=""
      rows_at_first={100}
      show={(value, column) => (column.name === "at" ? <span class="tl-nowrap">{value_words(value)}</span> : null)}
      {...(answer_address === undefined ? {} : { answer_address })}
    />
  );
}

import type { Report, Table, Value } from "../../api/types";
import { number_at, table_in, text_at } from "../../parts/report_parts";

// What is known of one source, and its extracts, newest first.
export interface SourceGroup {
  source: string;
  extracts: Table;
  rows: number;
  rejected: number;
  newest: string; // The day on which the last one came.
}

export interface ExtractFilter {
  source: string;
  find: string;
  state: string;
}

// The mapping that read an extract names its source, with its version behind: "police-uk-street 1".
export function source_name(mapping: string): string {
  return mapping.split(" ")[0] ?? "";
}

export function states_in(table: Table): string[] {
  return [...new Set(table.rows.map((row) => text_at(table, row, "state")))].filter((state) => state !== "").sort();
}

function fits(table: Table, row: readonly Value[], filter: ExtractFilter): boolean {
  const sought = filter.find.trim().toLowerCase();
  const words = ["extract", "source", "coverage", "file", "received", "agency"].map((column) =>
    text_at(table, row, column).toLowerCase(),
  );
  return (
    (filter.source === "" || source_name(text_at(table, row, "source")) === filter.source) &&
    (filter.state === "" || text_at(table, row, "state") === filter.state) &&
    (sought === "" || words.some((word) => word.includes(sought)))
  );
}

function group_of(source: string, table: Table, rows: Value[][]): SourceGroup {
  const newest_first = rows.toSorted((a, b) =>
    text_at(table, b, "received").localeCompare(text_at(table, a, "received")),
  );
  const standing = rows.filter((row) => text_at(table, row, "state") === "stands");
  return {
    source,
    extracts: { ...table, title: "", rows: newest_first },
    rows: standing.reduce((sum, row) => sum + number_at(table, row, "rows"), 0),
    rejected: standing.reduce((sum, row) => sum + number_at(table, row, "rejected"), 0),
    newest: newest_first.length === 0 ? "" : text_at(table, newest_first[0] ?? [], "received"),
  };
}

// The extracts that fit, by source; the source that had something new last comes first.
export function groups_of(report: Report, filter: ExtractFilter): SourceGroup[] {
  const table = table_in(report, "extracts");
  if (table === null) return [];
  const by_source = new Map<string, Value[][]>();
  for (const row of table.rows) {
    if (!fits(table, row, filter)) continue;
    const source = source_name(text_at(table, row, "source"));
    by_source.set(source, [...(by_source.get(source) ?? []), row]);
  }
  return [...by_source]
    .map(([source, rows]) => group_of(source, table, rows))
    .sort((a, b) => b.newest.localeCompare(a.newest) || a.source.localeCompare(b.source));
}

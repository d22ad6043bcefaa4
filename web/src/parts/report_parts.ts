// Finds what a page needs in an answer by its name. What a page does not know of, it still shows.
import type { Fact, Report, Section, Table, Value } from "../api/types";
import { sort_key } from "./value";

export function section_in(report: Report, name: string): Section | undefined {
  return report.sections.find((section) => section.name === name);
}

export function table_in(report: Report, name: string): Table | null {
  for (const section of report.sections) {
    const found = section.tables.find((table) => table.name === name);
    if (found !== undefined) return found;
  }
  return null;
}

export function fact_in(report: Report, name: string): Fact | null {
  for (const section of report.sections) {
    const found = section.facts.find((fact) => fact.name === name);
    if (found !== undefined) return found;
  }
  return null;
}

export function fact_text(report: Report, name: string): string | null {
  const value = fact_in(report, name)?.value ?? null;
  return value === null ? null : String(sort_key(value));
}

export function cell_at(table: Table, row: readonly Value[], column: string): Value {
  const at = table.columns.findIndex((each) => each.name === column);
  return at < 0 ? null : (row[at] ?? null);
}

export function text_at(table: Table, row: readonly Value[], column: string): string {
  const value = cell_at(table, row, column);
  return value === null ? "" : String(sort_key(value));
}

export function number_at(table: Table, row: readonly Value[], column: string): number {
  return Number(sort_key(cell_at(table, row, column)) ?? 0);
}

export function number_or_null(table: Table, row: readonly Value[], column: string): number | null {
  return cell_at(table, row, column) === null ? null : number_at(table, row, column);
}

// Every extract that an answer names in a column or a fact called "extract".
export function extracts_in(report: Report): string[] {
  const found = new Set<string>();
  for (const section of report.sections) {
    for (const fact of section.facts)
      if (fact.name === "extract" && typeof fact.value === "string") found.add(fact.value);
    for (const table of section.tables) for (const row of table.rows) found.add(text_at(table, row, "extract"));
  }
  return [...found].filter((name) => /^[0-9a-f]{16}$/.test(name));
}

// The table with these columns alone, in this order. Its files keep every one.
export function with_columns(table: Table, names: readonly string[]): Table {
  const places = names.map((name) => table.columns.findIndex((each) => each.name === name)).filter((at) => at >= 0);
  const of = <Each>(all: readonly Each[]): Each[] => places.flatMap((at) => all.slice(at, at + 1));
  return { ...table, columns: of(table.columns), rows: table.rows.map((row) => of(row)) };
}

export function without_columns(table: Table, names: readonly string[]): Table {
  return with_columns(
    table,
    table.columns.map((each) => each.name).filter((name) => !names.includes(name)),
  );
}

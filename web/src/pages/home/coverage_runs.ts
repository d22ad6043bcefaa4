import type { Table } from "../../api/types";
import { month_number, span_words } from "../../format/dates";
import { text_at } from "../../parts/report_parts";

export type MonthState = "received" | "corrected" | "absent";

// Months that follow each other in one state.
export interface Run {
  state: MonthState;
  first: string;
  last: string;
  at: number; // Of the first, counted from the first month of the table.
  months: number;
}

export interface Strip {
  area: string;
  code: string;
  runs: Run[];
}

export function months_of(table: Table): string[] {
  return table.columns.map((column) => column.name).filter((name) => month_number(name) !== null);
}

function state_of(text: string): MonthState {
  return text === "received" || text === "corrected" ? text : "absent";
}

export function runs_of(months: readonly string[], states: readonly MonthState[]): Run[] {
  const runs: Run[] = [];
  months.forEach((month, at) => {
    const state = states[at] ?? "absent";
    const last = runs.at(-1);
    if (last?.state === state) {
      last.last = month;
      last.months += 1;
    } else {
      runs.push({ state, first: month, last: month, at, months: 1 });
    }
  });
  return runs;
}

export function strips_of(table: Table): Strip[] {
  const months = months_of(table);
  return table.rows.map((row) => ({
    area: text_at(table, row, "area"),
    code: text_at(table, row, "area_code"),
    runs: runs_of(
      months,
      months.map((month) => state_of(text_at(table, row, month))),
    ),
  }));
}

export function is_complete(strip: Strip): boolean {
  return strip.runs.length === 1 && strip.runs[0]?.state === "received";
}

// "Essex Police: received Jan–Sep 2025; absent Oct 2025".
export function strip_words(strip: Strip): string {
  return `${strip.area}: ${strip.runs.map((run) => `${run.state} ${span_words(run.first, run.last)}`).join("; ")}`;
}

// The strips as a table: one row a run, in the order of the picture.
export function runs_table(table: Table): Table {
  return {
    name: table.name,
    title: "",
    empty_text: table.empty_text,
    columns: [
      { name: "area", heading: "Area", kind: "text" },
      { name: "state", heading: "State", kind: "text" },
      { name: "span", heading: "Months", kind: "text" },
      { name: "count", heading: "How many", kind: "number" },
    ],
    rows: strips_of(table).flatMap((strip) =>
      strip.runs.map((run) => [strip.area, run.state, span_words(run.first, run.last), run.months]),
    ),
  };
}

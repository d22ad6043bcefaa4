// The answer of hidden populations as pictures and sentences.
import type { Table } from "../../api/types";
import { number_words } from "../../format/numbers";
import { cell_at, number_at, text_at } from "../../parts/report_parts";
import type { PlotRow, PlotRows } from "./plot_rows";

type Row = Table["rows"][number];

function row_of(label: string, values: { value: number; low: number; high: number }): PlotRow {
  const { value, low, high } = values;
  const words = `${label}: ${number_words(value)} (${number_words(low)} to ${number_words(high)})`;
  return { label, value, low, high, words };
}

// Every way of reckoning with its limits, against how many were seen.
export function rows_of_estimates(estimates: Table, seen: number): PlotRows {
  return {
    rows: estimates.rows.map((row) =>
      row_of(text_at(estimates, row, "method"), {
        value: number_at(estimates, row, "estimate"),
        low: number_at(estimates, row, "low"),
        high: number_at(estimates, row, "high"),
      }),
    ),
    references: [{ value: seen, words: `seen: ${number_words(seen)}` }],
    has_nought: true,
    decimals: 0,
  };
}

// The columns "odds_0_5" to "odds_2": what is looked at as likely.
function likely_values(dependence: Table, row: Row): number[] {
  return ["odds_0_5", "odds_1", "odds_2"]
    .filter((name) => cell_at(dependence, row, name) !== null)
    .map((name) => number_at(dependence, row, name));
}

// For each pair of lists, how far the estimate goes if it depends by an odds ratio from a half to two.
export function rows_of_dependence(dependence: Table, estimate: number): PlotRows {
  const rows = dependence.rows.flatMap((row) => {
    const values = likely_values(dependence, row);
    if (values.length === 0) return [];
    const independent =
      cell_at(dependence, row, "odds_1") === null ? (values[0] ?? 0) : number_at(dependence, row, "odds_1");
    return [
      row_of(text_at(dependence, row, "pair"), {
        value: independent,
        low: Math.min(...values),
        high: Math.max(...values),
      }),
    ];
  });
  return {
    rows: rows.toSorted((one, other) => span_of(other) - span_of(one)),
    references: [{ value: estimate, words: `as fitted: ${number_words(estimate)}` }],
    has_nought: true,
    decimals: 0,
  };
}

function span_of({ low, high }: PlotRow): number {
  return (high ?? 0) - (low ?? 0);
}

export function row_named(table: Table, column: string, name: string): Row | undefined {
  return table.rows.find((row) => text_at(table, row, column) === name);
}

// "About 12 200 in all (10 300 to 14 900)": the average over models, to three figures, for more would pretend.
export function average_words(estimates: Table): string | null {
  const row = row_named(estimates, "method", "averaged by BIC");
  if (row === undefined || cell_at(estimates, row, "estimate") === null) return null;
  const [value, low, high] = ["estimate", "low", "high"].map((name) => three_figures(number_at(estimates, row, name)));
  return `About ${value ?? ""} in all (95% interval ${low ?? ""} to ${high ?? ""})`;
}

export function three_figures(value: number): string {
  return number_words(value === 0 ? 0 : Number(value.toPrecision(3)));
}

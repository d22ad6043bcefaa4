// What rival readings give, period by period beside one another.
import type { Table, Value } from "../../api/types";
import { cell_at, text_at } from "../../parts/report_parts";

interface Reading {
  key: string;
  heading: string;
  values: Map<string, Value>; // By period.
}

// A column for each reading and series, a row for each period. Two readings of other areas or units say so in their
// heading: they are no rivals there.
export function side_by_side(values: Table): Table {
  const readings = new Map<string, Reading>();
  const periods = new Set<string>();
  for (const row of values.rows) {
    const [definition, series, area, period] = ["definition", "series", "area", "period"].map((name) =>
      text_at(values, row, name),
    );
    if (cell_at(values, row, "value") === null || period === undefined) continue;
    const key = `${definition ?? ""}/${series ?? ""}/${area ?? ""}`;
    const heading = `${definition ?? ""}: ${text_at(values, row, "unit")}, ${area ?? ""}`;
    const reading = readings.get(key) ?? { key, heading, values: new Map<string, Value>() };
    reading.values.set(period, cell_at(values, row, "value"));
    readings.set(key, reading);
    periods.add(period);
  }
  const all = [...readings.values()];
  return {
    name: "values",
    title: "Side by side",
    columns: [
      { name: "period", heading: "Period", kind: "id" },
      ...all.map(({ key, heading }) => ({ name: key, heading, kind: "number" as const })),
    ],
    rows: [...periods].sort().map((period) => [period, ...all.map((each) => each.values.get(period) ?? null)]),
    empty_text: "No stored series holds any of them for this area.",
  };
}

// The readings of which nothing may be given, each with its reason.
export function not_given(values: Table): Table {
  return { ...values, rows: values.rows.filter((row) => cell_at(values, row, "refused") !== null) };
}

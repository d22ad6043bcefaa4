// Who is searched, as a picture and a sentence.
import type { Table } from "../../api/types";
import { number_words } from "../../format/numbers";
import { cell_at, number_at, text_at } from "../../parts/report_parts";
import type { PlotRows } from "./plot_rows";

// How many times as often as the group it is held against, with limits; groups without a figure are in the table alone.
export function rows_of_ratios(ratios: Table, reference: string): PlotRows {
  const known = ratios.rows.filter(
    (row) => cell_at(ratios, row, "risk_ratio") !== null && text_at(ratios, row, "group") !== reference,
  );
  return {
    rows: known.map((row) => {
      const label = text_at(ratios, row, "group");
      const [value, low, high] = [
        number_at(ratios, row, "risk_ratio"),
        number_at(ratios, row, "risk_low"),
        number_at(ratios, row, "risk_high"),
      ];
      const words = `${label}: ${number_words(value, 2)} times as often (${number_words(low, 2)} to ${number_words(high, 2)})`;
      return { label, value, low, high, words };
    }),
    references: [{ value: 1, words: "as often" }],
    has_nought: true,
    decimals: 0,
  };
}

// "Black: searched 2.3 times as often as White (95% interval 2.1 to 2.6).", a sentence a group.
export function ratio_sentences(ratios: Table, reference: string): string[] {
  return rows_of_ratios(ratios, reference).rows.map(({ label, value, low, high }) => {
    const interval = `95% interval ${number_words(low ?? 0, 1)} to ${number_words(high ?? 0, 1)}`;
    return `${label}: ${number_words(value, 1)} times as often as ${reference} (${interval}).`;
  });
}

// "2021-06" and eleven months before it.
export function year_to(last: string): { from: string; to: string } {
  const [year = 0, month = 0] = last.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 12, 1));
  return { from: first.toISOString().slice(0, 7), to: last };
}

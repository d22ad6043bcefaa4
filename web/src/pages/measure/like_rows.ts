// An area beside those most like it, as it is drawn and told.
import type { Report, Table } from "../../api/types";
import { number_words } from "../../format/numbers";
import { cell_at, number_at, table_in, text_at } from "../../parts/report_parts";
import type { PlotRow, PlotRows } from "./plot_rows";
import { is_ranking_refused } from "./rule_notes";

type Row = Table["rows"][number];

function rate_words(table: Table, row: Row): string {
  const [rate, low, high] = ["rate", "rate_low", "rate_high"].map((name) =>
    number_words(number_at(table, row, name), 1),
  );
  return `${text_at(table, row, "area")}\n${rate} for each ${number_words(100_000)} (${low} to ${high})`;
}

// Itself first, then the others by likeness: never by their rates.
export function rows_of_likes(table: Table): PlotRows {
  const rows = table.rows
    .filter((row) => cell_at(table, row, "rate") !== null)
    .map((row): PlotRow => ({
      label: text_at(table, row, "area"),
      value: number_at(table, row, "rate"),
      low: number_at(table, row, "rate_low"),
      high: number_at(table, row, "rate_high"),
      words: rate_words(table, row),
    }));
  const own = table.rows[0];
  const has_own = own !== undefined && cell_at(table, own, "rate") !== null;
  return {
    rows,
    references: has_own ? [{ value: number_at(table, own, "rate"), words: text_at(table, own, "area") }] : [],
    has_nought: true,
    decimals: 0,
  };
}

// "Hartlepool: 30.5 (25.1 to 36.8) for each 100 000 residents. Of 10 areas like it, 7 had a lower rate and 0 a higher one,
// each by more than chance." How many are lower is a rank: where areas may not be ranked, its own rate stands alone.
export function like_words(report: Report): string | null {
  const table = table_in(report, "similar");
  const own = table?.rows[0];
  if (table === null || own === undefined || cell_at(table, own, "rate") === null) return null;
  const likes = table.rows.slice(1).filter((row) => cell_at(table, row, "ratio_low") !== null);
  const fewer = likes.filter((row) => number_at(table, row, "ratio_low") > 1).length;
  const more = likes.filter(
    (row) => cell_at(table, row, "ratio_high") !== null && number_at(table, row, "ratio_high") < 1,
  ).length;
  const name = text_at(table, own, "area");
  const [rate, low, high] = ["rate", "rate_low", "rate_high"].map((each) =>
    number_words(number_at(table, own, each), 1),
  );
  const of = `${name}: ${rate} (${low} to ${high}) for each ${number_words(100_000)} residents.`;
  if (is_ranking_refused(report)) return of;
  if (likes.length === 0) return `${of} No area like it can be held beside it.`;
  return `${of} Of ${number_words(likes.length)} areas like it, ${number_words(fewer)} had a lower rate and ${number_words(more)} a higher one, each by more than chance.`;
}

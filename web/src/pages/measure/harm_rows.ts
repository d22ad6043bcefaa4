// The answer of the harm index as pictures and sentences.
import type { Report, Table } from "../../api/types";
import { number_words, signed_words } from "../../format/numbers";
import { number_at, number_or_null, table_in, text_at } from "../../parts/report_parts";
import type { PlotLine, PlotLines } from "./plot_lines";
import type { PlotPart } from "./plot_parts";

export function periods_of(table: Table, column = "period"): string[] {
  return [...new Set(table.rows.map((row) => text_at(table, row, column)))];
}

// The chain with its limits, and beside it the same volumes at the costs of the base.
export function lines_of_index(index: Table): PlotLines {
  const line = (
    name: string,
    column: string,
    look: Pick<PlotLine, "tone" | "dash">,
    has_limits: boolean,
  ): PlotLine => ({
    name,
    ...look,
    points: index.rows.map((row) => {
      const value = number_or_null(index, row, column);
      const period = text_at(index, row, "period");
      return {
        period,
        value,
        low: has_limits ? number_or_null(index, row, "low") : null,
        high: has_limits ? number_or_null(index, row, "high") : null,
        words: `${name}, ${period}: ${value === null ? "not known" : number_words(value, 1)}`,
      };
    }),
  });
  return {
    periods: periods_of(index),
    base: 100,
    lines: [
      line("index", "index", { tone: 1, dash: "" }, true),
      line("at constant unit costs", "constant_price", { tone: 2, dash: "7 3" }, false),
    ],
  };
}

export function parts_of_index(parts: Table): PlotPart[] {
  return parts.rows.map((row) => ({
    label: `${text_at(parts, row, "harm")}, ${text_at(parts, row, "from")} to ${text_at(parts, row, "to")}`,
    volume: number_at(parts, row, "volume"),
    price: number_at(parts, row, "price"),
  }));
}

// "107.1 in period 2, period 0 being 100 (95% interval 101.2 to 113.5)": the last period against the base.
export function index_words(index: Table, base: string): string {
  const last = index.rows.at(-1);
  if (last === undefined) return "";
  const low = number_or_null(index, last, "low");
  const high = number_or_null(index, last, "high");
  const interval =
    low === null || high === null ? "" : ` (95% interval ${number_words(low, 1)} to ${number_words(high, 1)})`;
  const value = number_words(number_at(index, last, "index"), 1);
  return `${value} in period ${text_at(index, last, "period")}, period ${base} being 100${interval}`;
}

// "From 1 to 2 volumes took 67 million off and unit costs added 66 million.": the last link, split in two.
export function link_words(links: Table): string {
  const last = links.rows.at(-1);
  if (last === undefined) return "";
  const part = (column: string): string => {
    const millions = number_at(links, last, column) / 1_000_000;
    return `${signed_words(millions, 1)} million pounds`;
  };
  return `From ${text_at(links, last, "from")} to ${text_at(links, last, "to")} the value changed by ${part("volume")} through volumes and by ${part("price")} through unit costs.`;
}

function change_percent(table: Table, column: string): number | null {
  const [first, last] = [table.rows[0], table.rows.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const before = number_at(table, first, column);
  return before === 0 ? null : (100 * number_at(table, last, column)) / before - 100;
}

// How the two scores went on the same offences; null where there is nothing to say.
export function severity_words(severity: Table): string | null {
  const [score, days] = [change_percent(severity, "severity"), change_percent(severity, "custody_days")];
  const [first, last] = [severity.rows[0], severity.rows.at(-1)];
  if (score === null || days === null || first === undefined || last === undefined) return null;
  const from = text_at(severity, first, "period");
  const to = text_at(severity, last, "period");
  return `On the same offences, from ${from} to ${to}, the severity score changed by ${signed_words(score, 1)}% and the Cambridge Crime Harm Index by ${signed_words(days, 1)}%.`;
}

// All recorded crime as it was published, by year.
export function lines_of_scores(published: Table): PlotLines {
  const rows = published.rows.filter((row) => text_at(published, row, "offence_group").startsWith("Total"));
  const points = rows.map((row) => {
    const [period, value] = [text_at(published, row, "year_ending"), number_at(published, row, "score")];
    return { period, value, low: null, high: null, words: `${period}: ${number_words(value, 2)}` };
  });
  return {
    periods: points.map((point) => point.period),
    base: null,
    lines: [{ name: "all recorded crime", tone: 1, dash: "", points }],
  };
}

// The areas that the answer can be asked for.
export function areas_of_scores(report: Report): string[] {
  const table = table_in(report, "areas");
  return table === null ? [] : table.rows.map((row) => text_at(table, row, "area"));
}

// A trend as it is drawn: its points, what is greyed, where it breaks, and both readings of each break.
import type { Report, Table } from "../../api/types";
import { with_dates_in_words } from "../../format/dates";
import { number_words } from "../../format/numbers";
import { cell_at, number_or_null, table_in, text_at } from "../../parts/report_parts";

export type TrendShow = "rate" | "index" | "count";

export interface TrendPoint {
  at: Date;
  period: string;
  value: number | null; // Nothing where the line is broken.
  low: number | null;
  high: number | null;
  is_whole: boolean; // No period of its year is absent; without a value all the same where nobody counted its people.
  is_grey: boolean; // The period is not whole yet.
  words: string;
}

export interface TrendBreak {
  at: Date;
  period: string;
  is_known: boolean;
}

export interface TrendReading {
  from: TrendPoint;
  to: TrendPoint;
  is_through: boolean; // Through the break, as if there were none; else before it or from it on.
}

export interface TrendPicture {
  points: TrendPoint[];
  breaks: TrendBreak[];
  readings: TrendReading[];
}

// The first day of a period: 2025-03, 2018, 2017/18 (from April).
export function period_date(period: string): Date {
  if (/^\d{4}-\d{2}$/.test(period)) return new Date(`${period}-01T00:00:00Z`);
  const year = period.slice(0, 4);
  return new Date(`${year}-${period.includes("/") ? "04" : "01"}-01T00:00:00Z`);
}

const k_columns: Record<TrendShow, { value: string; low: string; high: string }> = {
  rate: { value: "rate", low: "rate_low", high: "rate_high" },
  index: { value: "index", low: "index_low", high: "index_high" },
  count: { value: "year_count", low: "year_low", high: "year_high" },
};

export function points_of_trend(table: Table, show: TrendShow): TrendPoint[] {
  const columns = k_columns[show];
  const decimals = show === "count" ? 0 : 1;
  return table.rows.map((row) => {
    const period = text_at(table, row, "period");
    const value = number_or_null(table, row, columns.value);
    const low = number_or_null(table, row, columns.low);
    const high = number_or_null(table, row, columns.high);
    const is_whole = cell_at(table, row, "year_count") !== null;
    const is_grey = cell_at(table, row, "greyed") !== null;
    const interval =
      low === null || high === null ? "" : ` (${number_words(low, decimals)} to ${number_words(high, decimals)})`;
    const words =
      value === null
        ? ""
        : `${with_dates_in_words(period)}\n${number_words(value, decimals)}${interval}${is_grey ? "\nnot complete" : ""}`;
    return { at: period_date(period), period, value, low, high, is_whole, is_grey, words };
  });
}

// What can be shown of it: a rate only where people were counted.
export function shows_of(table: Table): TrendShow[] {
  const has = (show: TrendShow): boolean =>
    table.rows.some((row) => cell_at(table, row, k_columns[show].value) !== null);
  return (["rate", "index", "count"] as const).filter(has);
}

export function picture_of_trend(report: Report, show: TrendShow): TrendPicture | null {
  const table = table_in(report, "points");
  if (table === null) return null;
  const points = points_of_trend(table, show);
  const breaks = table_in(report, "breaks");
  const readings = table_in(report, "readings");
  const point_at = (period: string): TrendPoint | undefined => points.find((each) => each.period === period);
  return {
    points,
    breaks: (breaks?.rows ?? []).map((row) => {
      const period = breaks === null ? "" : text_at(breaks, row, "period");
      return {
        at: period_date(period),
        period,
        is_known: breaks !== null && text_at(breaks, row, "kind") === "known",
      };
    }),
    readings: (readings?.rows ?? []).flatMap((row) => {
      if (readings === null || cell_at(readings, row, "percent") === null) return []; // Refused: nothing is drawn.
      const [from, to] = [point_at(text_at(readings, row, "from")), point_at(text_at(readings, row, "to"))];
      if (from === undefined || to === undefined || from.value === null || to.value === null) return [];
      return [{ from, to, is_through: text_at(readings, row, "reading").startsWith("through") }];
    }),
  };
}

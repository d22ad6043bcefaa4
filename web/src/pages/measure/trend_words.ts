// The change of a trend in words. A change is of rates where people were counted, else of counts, and its sentence says
// which.
import type { Table } from "../../api/types";
import { number_words, signed_words } from "../../format/numbers";
import { cell_at, number_at } from "../../parts/report_parts";

type Row = Table["rows"][number];

function is_of_rates(changes: Table, row: Row): boolean {
  return cell_at(changes, row, "rate") !== null;
}

// "The rate fell by 12.3%".
export function change_words(changes: Table, row: Row): string {
  const what = is_of_rates(changes, row) ? "The rate" : "The count";
  const words = number_words(Math.abs(number_at(changes, row, "percent")), 1);
  if (Number(words) === 0) return `${what} did not change`;
  return `${what} ${number_at(changes, row, "percent") > 0 ? "rose" : "fell"} by ${words}%`;
}

export function interval_words(changes: Table, row: Row): string {
  const [low, high] = ["percent_low", "percent_high"].map((name) => number_at(changes, row, name));
  return `${signed_words(low ?? 0, 1)}% to ${signed_words(high ?? 0, 1)}%`;
}

// "53.1 for each 100 000 residents (4312 in the last year)".
export function level_words(changes: Table, row: Row): string {
  const count = `${number_words(number_at(changes, row, "year_count"))} in the last year`;
  if (!is_of_rates(changes, row)) return count;
  return `${number_words(number_at(changes, row, "rate"), 1)} for each ${number_words(100000)} residents (${count})`;
}

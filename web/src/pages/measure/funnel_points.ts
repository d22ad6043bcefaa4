// Areas against funnel limits as they are drawn: by how many people they have, so that the limits narrow.
import type { Table } from "../../api/types";
import { number_words } from "../../format/numbers";
import { cell_at, number_at, text_at } from "../../parts/report_parts";

export interface FunnelPoint {
  area: string;
  people: number;
  rate: number;
  low_95: number;
  high_95: number;
  low_998: number;
  high_998: number;
  is_outside: boolean;
  words: string;
}

// Nothing where the areas may not be held against one another: then the table has no limits.
export function funnel_points(table: Table): FunnelPoint[] {
  return table.rows
    .filter((row) => cell_at(table, row, "low_95") !== null)
    .map((row) => {
      const number = (name: string): number => number_at(table, row, name);
      const place = text_at(table, row, "place");
      return {
        area: text_at(table, row, "area"),
        people: number("people"),
        rate: number("rate"),
        low_95: number("low_95"),
        high_95: number("high_95"),
        low_998: number("low_998"),
        high_998: number("high_998"),
        is_outside: place !== "within",
        words: `${text_at(table, row, "area")}\n${number_words(number("rate"), 1)} (${number_words(number("rate_low"), 1)} to ${number_words(number("rate_high"), 1)})\n${place}`,
      };
    })
    .toSorted((one, other) => one.people - other.people);
}

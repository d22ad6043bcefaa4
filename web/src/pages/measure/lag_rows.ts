// Two lines one before the other: what can be paired, and the answer as a picture.
import type { Table } from "../../api/types";
import { number_words } from "../../format/numbers";
import { number_at, text_at } from "../../parts/report_parts";
import type { PublishedLine } from "./lines";
import type { PlotRows } from "./plot_rows";

// Areas that both lines have, in the order of the first.
export function shared_areas(leader: PublishedLine | undefined, follower: PublishedLine | undefined): string[] {
  if (leader === undefined || follower === undefined) return [];
  const others = new Set(follower.areas.map((each) => each.name));
  return leader.areas.map((each) => each.name).filter((name) => others.has(name));
}

// The correlation at each lag, against none and against the least that such series would show four times in five.
export function rows_of_lags(lags: Table, detectable: number): PlotRows {
  const rows = lags.rows.map((row) => {
    const [lag, value] = [number_at(lags, row, "lag"), number_at(lags, row, "correlation")];
    const p = text_at(lags, row, "p_all");
    const label = lag_words(lag);
    return { label, value, low: null, high: null, words: `${label}: ${number_words(value, 2)}, p ${p} among all lags` };
  });
  const seen = [
    { value: -detectable, words: "" },
    { value: 0, words: "none" },
    { value: detectable, words: "least seen" },
  ];
  return { rows, references: detectable < 1 ? seen : seen.slice(1, 2), has_nought: true, decimals: 1 };
}

export function lag_words(lag: number): string {
  if (lag === 0) return "in the same period";
  const periods = `${number_words(Math.abs(lag))} ${Math.abs(lag) === 1 ? "period" : "periods"}`;
  return lag > 0 ? `${periods} earlier` : `${periods} later`;
}

export interface LagDeclared {
  low: string;
  high: string;
  hypothesis: string;
}

// What is missing or wrong before anything may be looked at, by field.
export function faults_of({ low, high, hypothesis }: LagDeclared): { id: string; words: string }[] {
  const is_whole = (text: string): boolean => /^-?\d{1,3}$/.test(text);
  const faults: { id: string; words: string }[] = [];
  if (!is_whole(low)) faults.push({ id: "lag-low", words: "Say from how many periods earlier, as a whole number" });
  if (!is_whole(high)) faults.push({ id: "lag-high", words: "Say up to how many periods earlier, as a whole number" });
  if (is_whole(low) && is_whole(high) && Number(low) > Number(high))
    faults.push({ id: "lag-high", words: "The window ends before it begins" });
  if (hypothesis.trim() === "") faults.push({ id: "lag-hypothesis", words: "Say what you expect and why" });
  return faults;
}

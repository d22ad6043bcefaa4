// The sentences of this page that are not the program's own.
import type { Change, Figure, Interval, SeriesAnswer } from "../../api/types";
import { span_words } from "../../format/dates";
import { number_words, signed_words } from "../../format/numbers";
import type { Show } from "./state";

export function title_words(answer: SeriesAnswer): string {
  const category = answer.category.slug === "all" ? "all together" : answer.category.words;
  return `${answer.measure.title}: ${category}, ${span_words(answer.from, answer.to)}`;
}

export function unit_words(answer: SeriesAnswer, show: Show): string {
  if (show === "rate") return "per 100,000 residents";
  const { unit } = answer.measure;
  return `number of ${/(ch|s)$/.test(unit) ? `${unit}es` : `${unit}s`}`;
}

export function legend_words(): string {
  return "95 per cent intervals of the mean behind each count, exact for Poisson counts (Garwood 1936). They assume that events are independent; series and police operations vary more";
}

// What is drawn and written for a figure: its value with its interval, or the reason why there is none.
export interface Shown {
  value: number | null;
  interval: Interval | null;
  reason: string;
}

export function shown(figure: Figure, show: Show): Shown {
  if (show === "count") return { value: figure.count, interval: figure.interval, reason: figure.refusal?.reason ?? "" };
  const reason = figure.rate_refusal?.reason ?? figure.refusal?.reason ?? "";
  return { value: figure.rate, interval: figure.rate_interval, reason };
}

export function decimals_of(show: Show): number {
  return show === "rate" ? 1 : 0;
}

export function interval_words(interval: Interval | null, decimals: number): string {
  return interval === null ? "" : `${number_words(interval.low, decimals)} to ${number_words(interval.high, decimals)}`;
}

// "+12.3% (−4.0 to +31.2)", or that nobody can tell.
export function change_words(change: Change): string {
  if (change.percent === null || change.interval === null) return "cannot tell";
  return `${signed_words(change.percent, 1)}% (${signed_words(change.interval.low, 1)} to ${signed_words(change.interval.high, 1)})`;
}

export function is_chance(change: Change): boolean {
  return change.interval !== null && change.interval.low <= 0 && change.interval.high >= 0;
}

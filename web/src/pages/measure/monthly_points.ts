// The figures as points of a picture: one for every month of every area, without a value where there is none.
import type { SeriesAnswer } from "../../api/types";
import { month_words, months_between } from "../../format/dates";
import { number_words } from "../../format/numbers";
import type { Show } from "./state";
import { decimals_of, interval_words, shown } from "./words";

export interface Point {
  month: Date;
  area: string;
  index: number; // Of its area, in the order in which they were chosen.
  value: number | null;
  low: number | null;
  high: number | null;
  words: string;
}

export function month_date(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`);
}

export function points_of(answer: SeriesAnswer, show: Show): Point[] {
  const figure_at = new Map(answer.figures.map((figure) => [`${figure.area}/${figure.from}`, figure]));
  const months = months_between(answer.from, answer.to);
  return answer.areas.flatMap((area, index) =>
    months.map((month): Point => {
      const figure = figure_at.get(`${area.code}/${month}`);
      const { value, interval } = figure === undefined ? { value: null, interval: null } : shown(figure, show);
      const decimals = decimals_of(show);
      const words =
        value === null
          ? ""
          : `${area.name}, ${month_words(month)}\n${number_words(value, decimals)} (${interval_words(interval, decimals)})`;
      return {
        month: month_date(month),
        area: area.code,
        index,
        value,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        words,
      };
    }),
  );
}

// Months in which no area has a figure: they are hatched, so that absence is seen and not taken for nought.
export function months_without(points: readonly Point[]): Date[] {
  const has = new Map<number, boolean>();
  for (const point of points)
    has.set(point.month.getTime(), (has.get(point.month.getTime()) ?? false) || point.value !== null);
  return [...has].filter(([, is_there]) => !is_there).map(([time]) => new Date(time));
}

// The picture itself, by Observable Plot: lines that break where a month is missing, bands for the intervals.
import * as Plot from "@observablehq/plot";
import { month_words } from "../../format/dates";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import { months_without, type Point } from "./monthly_points";
import { k_value_scale } from "./plot_scale";

export const k_symbols = ["circle", "square", "triangle", "diamond", "star", "hexagon"] as const;
export const k_dashes = ["", "7 3", "2 3", "9 3 2 3", "5 2 1 2 1 2", "12 4"] as const;

const k_half_month_ms = 15.2 * 24 * 3600 * 1000;

function colour(index: number): string {
  return `var(--tl-series-${index + 1})`;
}

function area_marks(points: readonly Point[], index: number): Plot.Markish[] {
  const own = points.filter((point) => point.index === index);
  return [
    Plot.areaY(own, { x: "month", y1: "low", y2: "high", fill: colour(index), fillOpacity: 0.14 }),
    Plot.lineY(own, {
      x: "month",
      y: "value",
      stroke: colour(index),
      strokeWidth: 2,
      strokeDasharray: k_dashes[index] ?? "",
    }),
    Plot.dot(
      own.filter((point) => point.value !== null),
      {
        x: "month",
        y: "value",
        fill: colour(index),
        stroke: "var(--tl-ground)",
        strokeWidth: 1,
        symbol: k_symbols[index] ?? "circle",
        r: 4.5,
      },
    ),
  ];
}

function absent_marks(absent: readonly Date[]): Plot.Markish[] {
  if (absent.length === 0) return [];
  return [
    Plot.rectX(absent, {
      x1: (month: Date) => month.getTime() - k_half_month_ms,
      x2: (month: Date) => month.getTime() + k_half_month_ms,
      fill: "url(#tl-hatch)",
    }),
  ];
}

// Room for about one label in 70 pixels.
function tick_months(months: readonly Date[], width: number): Date[] {
  const step = Math.max(1, Math.ceil(months.length / Math.max(2, Math.floor((width - 60) / 70))));
  return months.filter((_, at) => at % step === 0);
}

export function plot_months(
  points: readonly Point[],
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const months = points.filter((point) => point.index === 0).map((point) => point.month);
  const indices = [...new Set(points.map((point) => point.index))];
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 52,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 28,
    x: {
      type: "utc",
      label: null,
      ticks: tick_months(months, width),
      tickFormat: (month: Date) => month_words(month.toISOString().slice(0, 7)),
      insetLeft: 14,
      insetRight: 14,
    },
    y: k_value_scale,
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      ...absent_marks(months_without(points)),
      Plot.ruleY([0], { stroke: "var(--govuk-input-border-colour)" }),
      ...indices.flatMap((index) => area_marks(points, index)),
      Plot.tip(
        points.filter((point) => point.value !== null),
        Plot.pointer({ x: "month", y: "value", title: "words" }),
      ),
    ],
  });
  return finished(picture);
}

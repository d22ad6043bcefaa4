// Values by period as lines, one with its band, by Observable Plot. Periods stand at equal steps, as they are named.
import * as Plot from "@observablehq/plot";
import { with_dates_in_words } from "../../format/dates";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import { k_value_scale, labelled } from "./plot_scale";

export interface PlotLine {
  name: string;
  tone: 1 | 2 | 3;
  dash: string;
  points: readonly { period: string; value: number | null; low: number | null; high: number | null; words: string }[];
}

export interface PlotLines {
  periods: readonly string[];
  lines: readonly PlotLine[];
  // The value that others are told against, such as 100. Null: lines are drawn from nought.
  base: number | null;
}

function marks_of({ points, tone, dash }: PlotLine): Plot.Markish[] {
  const colour = `var(--tl-series-${tone})`;
  const known = points.filter((point) => point.value !== null);
  return [
    Plot.areaY(
      points.filter((point) => point.low !== null && point.high !== null),
      { x: "period", y1: "low", y2: "high", fill: colour, fillOpacity: 0.14 },
    ),
    Plot.lineY(points, { x: "period", y: "value", stroke: colour, strokeWidth: 2, strokeDasharray: dash }),
    Plot.dot(known, { x: "period", y: "value", fill: colour, r: 3.5 }),
  ];
}

export function plot_lines(
  { periods, lines, base }: PlotLines,
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const known = lines.flatMap((line) => line.points).filter((point) => point.value !== null);
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 52,
    marginRight: 24,
    marginTop: 12,
    marginBottom: 28,
    x: {
      type: "point",
      domain: [...periods],
      label: null,
      ticks: labelled(periods, width),
      tickFormat: (period: string) => with_dates_in_words(period),
    },
    y: { ...k_value_scale, zero: base === null },
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      Plot.ruleY([base ?? 0], { stroke: "var(--govuk-input-border-colour)" }),
      ...lines.flatMap(marks_of),
      Plot.tip(known, Plot.pointer({ x: "period", y: "value", title: "words" })),
    ],
  });
  return finished(picture);
}

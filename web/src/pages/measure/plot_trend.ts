// A trend, by Observable Plot: a line that breaks where a period is absent, its band, breaks as upright lines, and both
// readings of each.
import * as Plot from "@observablehq/plot";
import { with_dates_in_words } from "../../format/dates";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import { k_value_scale, labelled } from "./plot_scale";
import type { TrendBreak, TrendPicture, TrendPoint, TrendReading } from "./trend_points";

// Beyond so many a dot for each would hide the line.
const k_dots_max = 60;

function value_when(is_wanted: (point: TrendPoint) => boolean): (point: TrendPoint) => number | null {
  return (point) => (is_wanted(point) ? point.value : null);
}

// The last whole point before the greyed ones, and these: joined by a thin line.
function greyed_run(points: readonly TrendPoint[]): TrendPoint[] {
  const first = points.findIndex((point) => point.is_grey);
  return first < 0 ? [] : points.slice(Math.max(0, first - 1));
}

function line_marks(points: readonly TrendPoint[]): Plot.Markish[] {
  const grey = "var(--govuk-secondary-text-colour)";
  const dots = points.length <= k_dots_max ? points.filter((point) => point.value !== null && !point.is_grey) : [];
  return [
    Plot.areaY(points, { x: "at", y1: "low", y2: "high", fill: "var(--tl-series-1)", fillOpacity: 0.14 }),
    Plot.lineY(points, {
      x: "at",
      y: value_when((point) => !point.is_grey),
      stroke: "var(--tl-series-1)",
      strokeWidth: 2,
    }),
    Plot.lineY(greyed_run(points), { x: "at", y: "value", stroke: grey, strokeDasharray: "2 3" }),
    Plot.dot(dots, { x: "at", y: "value", fill: "var(--tl-series-1)", r: 3.5 }),
    Plot.dot(
      points.filter((point) => point.is_grey && point.value !== null),
      { x: "at", y: "value", stroke: grey, fill: "var(--tl-ground)", r: 4 },
    ),
  ];
}

function break_marks(breaks: readonly TrendBreak[]): Plot.Markish[] {
  const of = (is_known: boolean): readonly TrendBreak[] => breaks.filter((each) => each.is_known === is_known);
  const stroke = "var(--govuk-text-colour)";
  return [
    Plot.ruleX(of(true), { x: "at", stroke }),
    Plot.ruleX(of(false), { x: "at", stroke, strokeDasharray: "3 3" }),
    ...[true, false].map((is_known) =>
      Plot.text(of(is_known), {
        x: "at",
        text: () => (is_known ? "known" : "found"),
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
        dy: is_known ? -18 : -4,
        fill: stroke,
      }),
    ),
  ];
}

function reading_marks(readings: readonly TrendReading[]): Plot.Markish[] {
  return readings.map((each) =>
    Plot.lineY([each.from, each.to], {
      x: "at",
      y: "value",
      stroke: each.is_through ? "var(--tl-series-2)" : "var(--tl-series-3)",
      strokeWidth: each.is_through ? 1.5 : 2.5,
      strokeDasharray: each.is_through ? "7 3" : "",
    }),
  );
}

export function plot_trend(
  { points, breaks, readings }: TrendPicture,
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const period_at = new Map(points.map((point) => [point.at.getTime(), point.period]));
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 58,
    marginRight: 20,
    marginTop: 24,
    marginBottom: 28,
    x: {
      type: "utc",
      label: null,
      ticks: labelled(points, width).map((point) => point.at),
      tickFormat: (at: Date) => with_dates_in_words(period_at.get(at.getTime()) ?? ""),
      insetLeft: 14,
      insetRight: 14,
    },
    y: k_value_scale,
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      Plot.ruleY([0], { stroke: "var(--govuk-input-border-colour)" }),
      ...break_marks(breaks),
      ...line_marks(points),
      ...reading_marks(readings),
      Plot.tip(
        points.filter((point) => point.value !== null),
        Plot.pointer({ x: "at", y: "value", title: "words" }),
      ),
    ],
  });
  return finished(picture);
}

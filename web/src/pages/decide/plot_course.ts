// The course of a difference, by Observable Plot: a line about nought with its band.
import * as Plot from "@observablehq/plot";
import { signed_words } from "../../format/numbers";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import type { CoursePoint } from "./course_figure";

// As many decimals on every tick as the widest of the band needs.
function tick_decimals(points: readonly CoursePoint[]): number {
  const widest = Math.max(
    0,
    ...points.flatMap(({ low, high, difference }) => [low, high, difference].map((each) => Math.abs(each ?? 0))),
  );
  return widest >= 10 ? 0 : widest >= 1 ? 1 : widest >= 0.1 ? 2 : 4;
}

// Where no pair differs the band is as thin as the line.
function edge(end: "low" | "high"): (point: CoursePoint) => number {
  return (point) => point[end] ?? point.difference;
}

export function plot_course(
  points: readonly CoursePoint[],
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const decimals = tick_decimals(points);
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 58,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 40,
    x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 110)), insetLeft: 8, insetRight: 8 },
    y: {
      label: null,
      nice: true,
      ticks: 5,
      tickFormat: (value: number) => (value === 0 ? "0" : signed_words(value, decimals)),
    },
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      Plot.areaY(points, {
        x: "from",
        y1: edge("low"),
        y2: edge("high"),
        fill: "var(--tl-series-1)",
        fillOpacity: 0.2,
      }),
      Plot.ruleY([0], { stroke: "var(--govuk-text-colour)" }),
      Plot.lineY(points, { x: "from", y: "difference", stroke: "var(--tl-series-1)", strokeWidth: 2 }),
      Plot.dot(points, { x: "from", y: "difference", fill: "var(--tl-series-1)", r: 3 }),
    ],
  });
  return finished(picture);
}

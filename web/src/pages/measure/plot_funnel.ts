// Areas against funnel limits, by Observable Plot: a dot an area, the limits about the common rate.
import * as Plot from "@observablehq/plot";
import { number_words } from "../../format/numbers";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import type { FunnelPoint } from "./funnel_points";

function limit_marks(points: readonly FunnelPoint[]): Plot.Markish[] {
  const stroke = "var(--govuk-secondary-text-colour)";
  return (
    [
      ["low_95", ""],
      ["high_95", ""],
      ["low_998", "4 3"],
      ["high_998", "4 3"],
    ] as const
  ).map(([y, strokeDasharray]) => Plot.lineY(points, { x: "people", y, stroke, strokeDasharray, clip: true }));
}

export function plot_funnel(
  points: readonly FunnelPoint[],
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const dots = (is_outside: boolean): Plot.Markish =>
    Plot.dot(
      points.filter((each) => each.is_outside === is_outside),
      {
        x: "people",
        y: "rate",
        r: 4,
        fill: is_outside ? "var(--tl-series-2)" : "var(--tl-series-1)",
        stroke: "var(--tl-ground)",
        symbol: is_outside ? "diamond" : "circle",
      },
    );
  // The limits of an area of next to nobody reach beyond all rates, and would press these to the ground.
  const highest = 1.1 * Math.max(1, ...points.map((each) => each.rate));
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 52,
    marginRight: 20,
    marginTop: 12,
    marginBottom: 40,
    x: {
      type: "log",
      label: "Residents",
      ticks: Math.max(2, Math.floor(width / 140)),
      tickFormat: (value: number) => number_words(value),
    },
    y: {
      label: null,
      domain: [0, highest],
      nice: true,
      ticks: 5,
      tickFormat: (value: number) => number_words(value, 0),
    },
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      ...limit_marks(points),
      dots(false),
      dots(true),
      Plot.tip(points, Plot.pointer({ x: "people", y: "rate", title: "words" })),
    ],
  });
  return finished(picture);
}

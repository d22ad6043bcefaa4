// Estimates below one another, each a dot with its interval, by Observable Plot. Names stand above their rows, so that
// they are read in a narrow window too.
import * as Plot from "@observablehq/plot";
import { number_words } from "../../format/numbers";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";

export interface PlotRow {
  label: string;
  value: number;
  low: number | null; // Without an interval: both null.
  high: number | null;
  words: string;
}

export interface PlotRows {
  rows: readonly PlotRow[];
  // Upright lines to read the rows against, such as what was seen.
  references: readonly { value: number; words: string }[];
  has_nought: boolean;
  decimals: number;
}

export function plot_rows(
  { rows, references, has_nought, decimals }: PlotRows,
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const placed = rows.map((row, at) => ({ ...row, at }));
  const text = "var(--govuk-text-colour)";
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 14,
    marginRight: 24,
    marginTop: references.length > 0 ? 24 : 8,
    marginBottom: 28,
    x: {
      label: null,
      zero: has_nought,
      nice: true,
      ticks: Math.max(2, Math.floor(width / 110)),
      tickFormat: (value: number) => number_words(value, decimals),
    },
    y: { axis: null, domain: [-0.65, rows.length - 0.6], reverse: true },
    marks: [
      Plot.gridX({ ticks: Math.max(2, Math.floor(width / 110)), stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      Plot.ruleX(references, { x: "value", stroke: text, strokeDasharray: "3 3" }),
      Plot.text(references, {
        x: "value",
        text: "words",
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
        dy: -18,
        fill: text,
      }),
      Plot.ruleY(
        placed.filter((row) => row.low !== null && row.high !== null),
        { y: "at", x1: "low", x2: "high", stroke: "var(--tl-series-1)", strokeWidth: 3, strokeOpacity: 0.45 },
      ),
      Plot.dot(placed, { x: "value", y: "at", r: 5, fill: "var(--tl-series-1)", stroke: "var(--tl-ground)" }),
      Plot.text(placed, {
        y: "at",
        text: "label",
        lineWidth: width / 11,
        textOverflow: "ellipsis",
        frameAnchor: "left",
        textAnchor: "start",
        dy: -17,
        fill: text,
        stroke: "var(--tl-ground)",
        strokeWidth: 4,
      }),
      Plot.tip(placed, Plot.pointer({ x: "value", y: "at", title: "words" })),
    ],
  });
  return finished(picture);
}

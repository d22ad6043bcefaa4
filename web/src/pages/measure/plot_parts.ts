// What each harm did to the value of an index: two bars a harm and link, by volume and by unit cost, by Observable Plot.
import * as Plot from "@observablehq/plot";
import { number_words } from "../../format/numbers";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";

export interface PlotPart {
  label: string; // "death, 0 to 1".
  volume: number;
  price: number;
}

const k_million = 1_000_000;

export function plot_parts(
  parts: readonly PlotPart[],
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const bars = parts.flatMap((part, at) => [
    { from: at - 0.14, to: at + 0.06, at: at - 0.04, value: part.volume, tone: 1, words: `${part.label}, by volume` },
    { from: at + 0.1, to: at + 0.3, at: at + 0.2, value: part.price, tone: 2, words: `${part.label}, by unit cost` },
  ]);
  const names = parts.map((part, at) => ({ label: part.label, at: at - 0.2 }));
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    marginLeft: 14,
    marginRight: 24,
    marginTop: 8,
    marginBottom: 28,
    x: {
      label: null,
      nice: true,
      ticks: Math.max(2, Math.floor(width / 110)),
      tickFormat: (value: number) => number_words(value / k_million),
    },
    y: { axis: null, domain: [-0.65, parts.length - 0.6], reverse: true },
    marks: [
      Plot.gridX({ ticks: Math.max(2, Math.floor(width / 110)), stroke: "var(--tl-grid)", strokeOpacity: 1 }),
      Plot.rect(bars, {
        x1: 0,
        x2: "value",
        y1: "from",
        y2: "to",
        fill: (bar: { tone: number }) => `var(--tl-series-${bar.tone})`,
      }),
      Plot.ruleX([0], { stroke: "var(--govuk-text-colour)" }),
      Plot.text(names, {
        y: "at",
        text: "label",
        frameAnchor: "left",
        textAnchor: "start",
        dy: -10,
        fill: "var(--govuk-text-colour)",
        stroke: "var(--tl-ground)",
        strokeWidth: 4,
      }),
      Plot.tip(
        bars,
        Plot.pointer({ x: "value", y: "at", title: (bar) => `${bar.words}: ${number_words(bar.value)} pounds` }),
      ),
    ],
  });
  return finished(picture);
}

// Which local authorities stand out, by Observable Plot: outlines that are filled by what is said of them, never by a
// count.
import * as Plot from "@observablehq/plot";
import type { PictureSize } from "../../parts/picture";
import { finished } from "../../parts/plot_finish";
import { name_key, type HotPlace, type Stands } from "./hotspots_rows";
import { middle_of, type Outline } from "./outlines";

interface Drawn {
  outline: Outline;
  place: HotPlace | null; // Null: nothing is said of it.
  x: number;
  y: number;
}

const k_fills: Record<Exclude<Stands, "">, string> = {
  hot: "var(--tl-series-2)",
  police_only: "var(--tl-series-4)",
  cold: "var(--tl-series-1)",
};

function drawn_of(outlines: readonly Outline[], places: readonly HotPlace[]): Drawn[] {
  const by_key = new Map(places.map((place) => [place.key, place]));
  return outlines.map((outline) => {
    const [x, y] = middle_of(outline);
    return { outline, place: by_key.get(name_key(outline.properties.name)) ?? null, x, y };
  });
}

// As far as the areas reach that something is said of.
function domain_of(drawn: readonly Drawn[]): object {
  const counted = drawn.filter((each) => each.place !== null);
  return {
    type: "FeatureCollection",
    features: (counted.length === 0 ? drawn : counted).map((each) => each.outline),
  };
}

function symbols(drawn: readonly Drawn[], stands: "hot" | "police_only" | "cold"): Plot.Markish {
  return Plot.dot(
    drawn.filter((each) => each.place?.stands === stands),
    {
      x: "x",
      y: "y",
      r: 4,
      symbol: stands === "cold" ? "square" : stands === "hot" ? "triangle" : "diamond",
      fill: "var(--govuk-text-colour)",
      stroke: "var(--tl-ground)",
    },
  );
}

// A tint that lets the fill of a place be seen, and a border that holds without colour.
function circle_marks(counted: readonly Drawn[], geometry: (each: Drawn) => object): Plot.Markish[] {
  return (["hot", "police_only"] as const).flatMap((circle) => {
    const own = counted.filter((each) => each.place?.circle === circle);
    const dash = circle === "hot" ? "" : "4 3";
    return [
      Plot.geo(own, { geometry: geometry as never, fill: k_fills[circle], fillOpacity: 0.22 }),
      Plot.geo(own, {
        geometry: geometry as never,
        fill: "none",
        stroke: "var(--govuk-text-colour)",
        strokeWidth: 1.8,
        strokeDasharray: dash,
      }),
    ];
  });
}

export function plot_hotspots(
  { outlines, places }: { outlines: readonly Outline[]; places: readonly HotPlace[] },
  label: string,
  { width, height }: PictureSize,
): SVGElement | HTMLElement {
  const drawn = drawn_of(outlines, places);
  const counted = drawn.filter((each) => each.place !== null);
  const geometry = (each: Drawn): object => each.outline;
  const picture = Plot.plot({
    width,
    height,
    className: "tl-plot",
    ariaLabel: label,
    projection: { type: "reflect-y", domain: domain_of(drawn) as never, inset: 8 },
    marks: [
      Plot.geo(drawn, {
        geometry: geometry as never,
        fill: "var(--tl-sunk)",
        stroke: "var(--tl-grid)",
        strokeWidth: 0.5,
      }),
      Plot.geo(counted, {
        geometry: geometry as never,
        fill: (each: Drawn) => {
          const stands = each.place?.stands ?? "";
          return stands === "" ? "var(--tl-map-land)" : k_fills[stands];
        },
        stroke: "var(--tl-map-border)",
        strokeWidth: 0.7,
      }),
      ...circle_marks(counted, geometry),
      symbols(drawn, "hot"),
      symbols(drawn, "police_only"),
      symbols(drawn, "cold"),
      Plot.tip(
        counted,
        Plot.pointer({ x: "x", y: "y", title: (each: Drawn) => each.place?.words ?? "", maxRadius: 30 }),
      ),
    ],
  });
  return finished(picture);
}

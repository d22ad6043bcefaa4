// The outlines of local authorities on a plane.
import { k_narrow, polygons_of, type OutlineFile } from "../../parts/authority_outlines";

export interface Outline {
  type: "Feature";
  properties: { name: string };
  geometry: { type: "MultiPolygon"; coordinates: [number, number][][][] };
}

export function on_a_plane(file: OutlineFile): Outline[] {
  return file.features.map((feature) => ({
    type: "Feature",
    properties: { name: feature.properties.name },
    geometry: {
      type: "MultiPolygon",
      coordinates: polygons_of(feature).map((rings) =>
        rings.map((ring) => ring.map(([x, y]): [number, number] => [x * k_narrow, y])),
      ),
    },
  }));
}

// The middle of the box about its largest part, where a mark is put.
export function middle_of({ geometry }: Outline): [number, number] {
  let best = { area: -1, middle: [0, 0] as [number, number] };
  for (const [ring = []] of geometry.coordinates) {
    const xs = ring.map(([x]) => x);
    const ys = ring.map(([, y]) => y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    const area = (right - left) * (high - low);
    if (area > best.area) best = { area, middle: [(left + right) / 2, (low + high) / 2] };
  }
  return best.middle;
}

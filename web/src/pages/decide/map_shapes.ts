// Outlines of local authorities as paths of one picture, about the areas of a world.
import {
  k_narrow,
  polygons_of,
  type AuthorityFeature,
  type OutlineFile,
  type Ring,
} from "../../parts/authority_outlines";

export type Outlines = OutlineFile<AuthorityFeature>;

export interface Shape {
  code: string;
  name: string;
  path: string;
  is_of_world: boolean;
  at: { x: number; y: number };
}

export interface Shapes {
  shapes: Shape[];
  width: number;
  height: number;
}

const k_width = 720;
const k_pad = 0.08;
const k_height_most = 900;

interface Box {
  west: number;
  east: number;
  south: number;
  north: number;
}

function box_of(rings: readonly Ring[]): Box {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const ring of rings) {
    for (const [x, y] of ring) {
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.south = Math.min(box.south, y);
      box.north = Math.max(box.north, y);
    }
  }
  return box;
}

function meets(left: Box, right: Box): boolean {
  return left.west < right.east && right.west < left.east && left.south < right.north && right.south < left.north;
}

// Twice the area that a ring encloses, signed, and its centre.
export function centre_of(ring: Ring): { x: number; y: number; area: number } {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([x1, y1], at) => {
    const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  return area === 0
    ? { x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0, area: 0 }
    : { x: x / (3 * area), y: y / (3 * area), area };
}

export function shapes_of(outlines: Outlines, codes: ReadonlySet<string>): Shapes {
  const own = outlines.features.filter((feature) => codes.has(feature.properties.code));
  const inner = box_of(own.flatMap((feature) => polygons_of(feature).flat()));
  const [wide, high] = [inner.east - inner.west, inner.north - inner.south];
  const view = {
    west: inner.west - k_pad * wide,
    east: inner.east + k_pad * wide,
    south: inner.south - k_pad * high,
    north: inner.north + k_pad * high,
  };
  const scale = Math.min(k_width / ((view.east - view.west) * k_narrow), k_height_most / (view.north - view.south));
  const x_of = (x: number): number => (x - view.west) * k_narrow * scale;
  const y_of = (y: number): number => (view.north - y) * scale;
  const point = ([x, y]: readonly [number, number]): string => `${x_of(x).toFixed(1)},${y_of(y).toFixed(1)}`;
  const shapes = outlines.features.flatMap((feature) => {
    const rings = polygons_of(feature).flat();
    if (!meets(box_of(rings), view)) return [];
    const main = rings.map(centre_of).reduce((best, each) => (Math.abs(each.area) > Math.abs(best.area) ? each : best));
    const { code, name } = feature.properties;
    const path = rings.map((ring) => `M${ring.map(point).join("L")}Z`).join("");
    return [{ code, name, path, is_of_world: codes.has(code), at: { x: x_of(main.x), y: y_of(main.y) } }];
  });
  return { shapes, width: (view.east - view.west) * k_narrow * scale, height: (view.north - view.south) * scale };
}

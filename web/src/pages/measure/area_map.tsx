// Areas to point at. What is received is hatched, what is chosen is filled; no colour ever stands for a count.
import {
  LngLatBounds,
  Map as LibreMap,
  NavigationControl,
  setWorkerUrl,
  type MapGeoJSONFeature,
  type StyleSpecification,
} from "maplibre-gl";
import worker_url from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Area } from "../../api/types";
import type { MapKind } from "./state";

setWorkerUrl(worker_url);

export interface AreaMapProps {
  kind: MapKind;
  areas: readonly Area[];
  chosen: readonly string[];
  toggle: (code: string) => void;
}

const k_files = { force: "/map/forces.geojson", "local-authority": "/map/local_authorities.geojson" } as const;
// England and Wales.
const k_everywhere = new LngLatBounds([-5.9, 49.8], [1.9, 55.9]);

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function style_of(kind: MapKind): StyleSpecification {
  const none: ["in", ["get", "code"], ["literal", string[]]] = ["in", ["get", "code"], ["literal", []]];
  return {
    version: 8,
    sources: {
      areas: {
        type: "geojson",
        data: k_files[kind],
        promoteId: "code",
        attribution: "Office for National Statistics, OGL v3.0; © Crown copyright",
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--tl-map-sea") } },
      { id: "land", type: "fill", source: "areas", paint: { "fill-color": colour("--tl-map-land") } },
      { id: "received", type: "fill", source: "areas", filter: none, paint: { "fill-pattern": "hatch" } },
      {
        id: "chosen",
        type: "fill",
        source: "areas",
        filter: none,
        paint: { "fill-color": colour("--govuk-brand-colour"), "fill-opacity": 0.55 },
      },
      {
        id: "border",
        type: "line",
        source: "areas",
        paint: { "line-color": colour("--tl-map-border"), "line-width": 0.7 },
      },
      {
        id: "received-border",
        type: "line",
        source: "areas",
        filter: none,
        paint: { "line-color": colour("--govuk-brand-colour"), "line-width": 1.4 },
      },
      {
        id: "chosen-border",
        type: "line",
        source: "areas",
        filter: none,
        paint: { "line-color": colour("--govuk-text-colour"), "line-width": 2.4 },
      },
    ],
  };
}

// Diagonal lines, as a picture of eight by eight.
function hatch(): { width: number; height: number; data: Uint8Array } {
  const size = 8;
  const data = new Uint8Array(size * size * 4);
  const [red = 0, green = 0, blue = 0] = (colour("--tl-map-received").match(/[0-9a-f]{2}/gi) ?? []).map((each) =>
    parseInt(each, 16),
  );
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const is_line = (x + y) % size < 3;
      data.set([red, green, blue, is_line ? 255 : 70], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

function bounds_of(features: readonly MapGeoJSONFeature[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const feature of features) {
    if (feature.geometry.type !== "MultiPolygon" && feature.geometry.type !== "Polygon") continue;
    const polygons =
      feature.geometry.type === "MultiPolygon" ? feature.geometry.coordinates : [feature.geometry.coordinates];
    for (const polygon of polygons) for (const [x = 0, y = 0] of polygon[0] ?? []) bounds.extend([x, y]);
  }
  return bounds;
}

function mark(map: LibreMap, areas: readonly Area[], chosen: readonly string[]): void {
  const received = areas.filter((area) => area.is_received).map((area) => area.code);
  for (const [layers, codes] of [
    [["received", "received-border"], received],
    [["chosen", "chosen-border"], chosen],
  ] as const) {
    for (const layer of layers) map.setFilter(layer, ["in", ["get", "code"], ["literal", [...codes]]]);
  }
}

// Looks at what was received, so that there is something to choose in sight.
function look_at_received(map: LibreMap, areas: readonly Area[]): void {
  const received = new Set(areas.filter((area) => area.is_received).map((area) => area.code));
  const features = map
    .querySourceFeatures("areas")
    .filter((feature) => received.has(String(feature.properties["code"])));
  const bounds = bounds_of(features as MapGeoJSONFeature[]);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 24, animate: false });
}

interface Live {
  areas: readonly Area[];
  chosen: readonly string[];
  toggle: (code: string) => void;
  name: (text: string) => void;
}

function open_map(place: HTMLElement, kind: MapKind, live: { current: Live }): LibreMap {
  const map = new LibreMap({
    container: place,
    style: style_of(kind),
    bounds: k_everywhere,
    fitBoundsOptions: { padding: 10 },
    attributionControl: { compact: false },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 11,
    minZoom: 4,
    fadeDuration: 0,
    cooperativeGestures: true,
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-label", "Map of areas. The list above chooses the same areas by keyboard.");
  // Asked for as soon as its layer is drawn, which may be before the map has loaded.
  map.setMissingStyleImageResolver((id) => {
    if (id === "hatch" && !map.hasImage(id)) map.addImage(id, hatch());
  });
  map.on("load", () => {
    mark(map, live.current.areas, live.current.chosen);
    map.once("idle", () => look_at_received(map, live.current.areas));
  });
  map.on("mousemove", "land", (event) => {
    const code = String(event.features?.[0]?.properties["code"] ?? "");
    const area = live.current.areas.find((each) => each.code === code);
    map.getCanvas().style.cursor = area === undefined ? "" : "pointer";
    live.current.name(
      area === undefined
        ? String(event.features?.[0]?.properties["name"] ?? "")
        : area.name + (area.is_received ? "" : ", nothing received"),
    );
  });
  map.on("mouseleave", "land", () => live.current.name(""));
  map.on("click", "land", (event) => {
    const code = String(event.features?.[0]?.properties["code"] ?? "");
    if (live.current.areas.some((area) => area.code === code)) live.current.toggle(code);
  });
  return map;
}

// Which colours hold: the map is drawn again when they change, for it does not follow the style sheet by itself.
function useColours(): string {
  const read = (): string => colour("--tl-ground");
  const [colours, setColours] = useState(read);
  useEffect(() => {
    const see = (): void => setColours(read());
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", see);
    const watch = new MutationObserver(see);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => {
      system.removeEventListener("change", see);
      watch.disconnect();
    };
  }, []);
  return colours;
}

export function AreaMap({ kind, areas, chosen, toggle }: AreaMapProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [name, setName] = useState("");
  const map = useRef<LibreMap | null>(null);
  const live = useRef<Live>({ areas, chosen, toggle, name: setName });
  live.current = { areas, chosen, toggle, name: setName };
  const colours = useColours();
  useEffect(() => {
    if (place.current === null) return undefined;
    const opened = open_map(place.current, kind, live);
    map.current = opened;
    return () => {
      map.current = null;
      opened.remove();
    };
  }, [kind, colours]);
  useEffect(() => {
    if (map.current?.isStyleLoaded() === true) mark(map.current, areas, chosen);
  }, [areas, chosen]);
  return (
    <div class="tl-map">
      <div class="tl-map__place" ref={place} />
      <p class="tl-map__foot">
        <span class="tl-map__key">
          <span class="tl-map__sample tl-map__sample--received" aria-hidden="true" />
          data received
        </span>
        <span class="tl-map__key">
          <span class="tl-map__sample tl-map__sample--chosen" aria-hidden="true" />
          chosen
        </span>
        <span class="tl-quiet">{name === "" ? "Click an area to add it or take it out." : name}</span>
      </p>
    </div>
  );
}

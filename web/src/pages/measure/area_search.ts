// Finding an area by what somebody types: its name, a part of it, or its code.
import type { Area } from "../../api/types";

// Case, accents and punctuation do not matter: "southend on sea" finds Southend-on-Sea.
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// How well a text fits an area: 0 best, null not at all.
function fit(area: Area, wanted: string): number | null {
  const name = folded(area.name);
  if (name === wanted || area.code.toLowerCase() === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(" ").some((word) => word.startsWith(wanted)) || name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) || area.code.toLowerCase().startsWith(wanted) ? 3 : null;
}

// The areas that fit, best first; of equal ones those of which something was received, and then by name.
export function areas_found(areas: readonly Area[], text: string): Area[] {
  const wanted = folded(text);
  const order = new Intl.Collator("en-GB");
  return areas
    .map((area) => ({ area, fit: wanted === "" ? 1 : fit(area, wanted) }))
    .filter((each): each is { area: Area; fit: number } => each.fit !== null)
    .sort(
      (a, b) =>
        a.fit - b.fit ||
        Number(b.area.is_received) - Number(a.area.is_received) ||
        order.compare(a.area.name, b.area.name),
    )
    .map((each) => each.area);
}

const k_kind_words = {
  force: "police force area",
  "local-authority": "local authority",
  ward: "ward",
  lsoa: "small area (LSOA)",
} as const;

export function kind_words(area: Area): string {
  return k_kind_words[area.kind];
}

// What somebody asks on this page, as it stands in the address.
import type { StateCodec } from "../../address/page_state";
import type { MeasureKnown } from "../../api/types";
import { month_number, month_text } from "../../format/dates";
import type { FigureLook } from "../../parts/figure_frame";

export type Show = "count" | "rate";
export type MapKind = "force" | "local-authority";

export interface MeasureState {
  measure: string;
  category: string;
  areas: string[]; // Codes or names, in the order in which they were chosen.
  from: string; // "" where the page chooses.
  to: string;
  show: Show;
  look: FigureLook;
  map: MapKind | null; // Which map is open.
}

// As many as can be told apart in one picture.
export const k_areas_max = 6;

const k_months_at_first = 12;

export const k_measure_codec: StateCodec<MeasureState> = {
  read: (query) => {
    const map = query.get("map");
    return {
      measure: query.get("measure") ?? "",
      category: query.get("category") ?? "",
      areas: [...new Set(query.getAll("area").filter((area) => area !== ""))].slice(0, k_areas_max),
      from: query.get("from") ?? "",
      to: query.get("to") ?? "",
      show: query.get("show") === "rate" ? "rate" : "count",
      look: query.get("look") === "table" ? "table" : "picture",
      map: map === "force" || map === "local-authority" ? map : null,
    };
  },
  write: (state, query) => {
    const set = (name: string, value: string): void => {
      if (value === "") query.delete(name);
      else query.set(name, value);
    };
    set("measure", state.measure);
    set("category", state.category);
    query.delete("area");
    for (const area of state.areas) query.append("area", area);
    set("from", state.from);
    set("to", state.to);
    set("show", state.show === "rate" ? "rate" : "");
    set("look", state.look === "table" ? "table" : "");
    set("map", state.map ?? "");
  },
};

// What is asked of the program: the address, and something useful wherever it leaves a choice open.
export interface Question {
  known: MeasureKnown;
  category: string;
  areas: string[];
  from: string;
  to: string;
}

function category_asked(state: MeasureState, known: MeasureKnown): string {
  if (state.category !== "") return state.category;
  return known.categories.some((each) => each.slug === "drugs") ? "drugs" : "all";
}

// Without a choice: the last twelve months of those received.
function months_asked(state: MeasureState, known: MeasureKnown): { from: string; to: string } {
  const to = state.to === "" ? (known.last ?? "") : state.to;
  if (state.from !== "") return { from: state.from, to };
  const [first, last] = [month_number(known.first ?? ""), month_number(to)];
  if (first === null || last === null) return { from: known.first ?? "", to };
  return { from: month_text(Math.min(last, Math.max(first, last - k_months_at_first + 1))), to };
}

export function question_of(state: MeasureState, measures: readonly MeasureKnown[]): Question | null {
  const known =
    measures.find((each) => each.measure.name === state.measure) ??
    measures.find((each) => each.first !== null) ??
    measures[0];
  if (known === undefined) return null;
  const received = known.received.map((each) => each.area).slice(0, k_areas_max);
  return {
    known,
    category: category_asked(state, known),
    areas: state.areas.length > 0 ? state.areas : received,
    ...months_asked(state, known),
  };
}

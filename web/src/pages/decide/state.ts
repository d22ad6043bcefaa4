// A scenario and how it is run, as it stands in the address: whoever opens the address again gets the same bytes.
import type { StateCodec } from "../../address/page_state";
import type { FigureLook } from "../../parts/figure_frame";

// A lever turned from a day on, until another; "" is the first day, and the end. No areas: everywhere.
export interface Change {
  kind: "change";
  lever: string;
  multiply: string;
  from: string;
  until: string;
  areas: string[];
}

// An operation on one day.
export interface Strike {
  kind: "strike";
  target: string;
  share: string;
  date: string;
  areas: string[];
}

export type Step = Change | Strike;

export interface Setting {
  name: string;
  value: string;
}

export type Where = "everywhere" | "acted on" | "elsewhere";
export type Every = "week" | "month";

export interface DecideState {
  name: string;
  steps: Step[] | null; // Null: nobody has chosen yet.
  settings: Setting[];
  world: string;
  years: string;
  pairs: string;
  seed: string;
  every: Every;
  job: string;
  where: Where;
  outcome: string;
  course: FigureLook;
  mapped: string;
  map: FigureLook;
}

export const k_usual = { world: "small", years: "2", pairs: "40", seed: "1" } as const;
const k_gap = "~";

function step_text(step: Step): string {
  const words =
    step.kind === "change"
      ? ["change", step.lever, step.multiply, step.from, step.until]
      : ["strike", step.target, step.share, step.date];
  return [...words, ...step.areas].map((word) => word.replaceAll(k_gap, " ")).join(k_gap);
}

function step_of(text: string): Step | null {
  const [kind, first = "", second = "", third = "", ...rest] = text.split(k_gap);
  if (kind === "change") {
    const [until = "", ...areas] = rest;
    return { kind, lever: first, multiply: second, from: third, until, areas: areas.filter((area) => area !== "") };
  }
  if (kind === "strike") {
    return { kind, target: first, share: second, date: third, areas: rest.filter((area) => area !== "") };
  }
  return null;
}

function setting_of(text: string): Setting[] {
  const [name = "", value = ""] = text.split(k_gap);
  return name === "" ? [] : [{ name, value }];
}

function steps_of(query: URLSearchParams): Step[] | null {
  const texts = query.getAll("do");
  return texts.length === 0 ? null : texts.flatMap((text) => step_of(text) ?? []);
}

function look_of(text: string | null): FigureLook {
  return text === "table" ? "table" : "picture";
}

function where_of(text: string | null): Where {
  return text === "acted on" || text === "elsewhere" ? text : "everywhere";
}

export const k_decide_codec: StateCodec<DecideState> = {
  read: (query) => ({
    name: query.get("name") ?? "",
    steps: steps_of(query),
    settings: query.getAll("set").flatMap(setting_of),
    world: query.get("world") ?? k_usual.world,
    years: query.get("years") ?? k_usual.years,
    pairs: query.get("pairs") ?? k_usual.pairs,
    seed: query.get("seed") ?? k_usual.seed,
    every: query.get("every") === "week" ? "week" : "month",
    job: query.get("job") ?? "",
    where: where_of(query.get("where")),
    outcome: query.get("outcome") ?? "children_arrested",
    course: look_of(query.get("course")),
    mapped: query.get("mapped") ?? "children_arrested",
    map: look_of(query.get("map")),
  }),
  write: (state, query) => {
    const set = (name: string, value: string, usual = ""): void => {
      if (value === usual) query.delete(name);
      else query.set(name, value);
    };
    set("name", state.name);
    query.delete("do");
    // A scenario without a step is one too: that it is meant so stands there.
    if (state.steps?.length === 0) query.append("do", "nothing");
    for (const step of state.steps ?? []) query.append("do", step_text(step));
    query.delete("set");
    for (const { name, value } of state.settings) query.append("set", `${name}${k_gap}${value}`);
    set("world", state.world, k_usual.world);
    set("years", state.years, k_usual.years);
    set("pairs", state.pairs, k_usual.pairs);
    set("seed", state.seed, k_usual.seed);
    set("every", state.every, "month");
    set("job", state.job);
    set("where", state.where, "everywhere");
    set("outcome", state.outcome, "children_arrested");
    set("course", state.course, "picture");
    set("mapped", state.mapped, "children_arrested");
    set("map", state.map, "picture");
  },
};

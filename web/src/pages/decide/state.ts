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
// Under every accepted set of parameters, or under one: the built-in one, or figures of the asker's own.
export type Over = "ensemble" | "one";

export interface DecideState {
  name: string;
  steps: Step[] | null; // Null: nobody has chosen yet.
  over: Over;
  settings: Setting[]; // Figures of the asker’s own.
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

export const k_usual = { world: "small", years: "2", seed: "1" } as const;
// Of each set of parameters.
export const k_usual_pairs: Record<Over, string> = { ensemble: "5", one: "40" };

// Chosen over what, with as many pairs as are usual there unless others were typed.
export function chosen_over({ over, pairs }: Pick<DecideState, "over" | "pairs">, next: Over): Partial<DecideState> {
  return { over: next, pairs: pairs === k_usual_pairs[over] ? k_usual_pairs[next] : pairs };
}

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

// An address that says how something is run, and not over what, was written when there was one set of parameters: it
// gives the same bytes still.
const k_run_names = ["do", "name", "set", "world", "years", "pairs", "seed", "every", "job"];

function over_of(query: URLSearchParams): Over {
  const over = query.get("over");
  if (over === "ensemble" || over === "one") return over;
  return k_run_names.some((name) => query.has(name)) ? "one" : "ensemble";
}

export const k_decide_codec: StateCodec<DecideState> = {
  read: (query) => ({
    name: query.get("name") ?? "",
    steps: steps_of(query),
    over: over_of(query),
    settings: query.getAll("set").flatMap(setting_of),
    world: query.get("world") ?? k_usual.world,
    years: query.get("years") ?? k_usual.years,
    pairs: query.get("pairs") ?? k_usual_pairs[over_of(query)],
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
    set("pairs", state.pairs, k_usual_pairs[state.over]);
    set("seed", state.seed, k_usual.seed);
    set("every", state.every, "month");
    set("job", state.job);
    set("where", state.where, "everywhere");
    set("outcome", state.outcome, "children_arrested");
    set("course", state.course, "picture");
    set("mapped", state.mapped, "children_arrested");
    set("map", state.map, "picture");
    query.delete("over");
    if (over_of(query) !== state.over || k_run_names.some((name) => query.has(name))) query.set("over", state.over);
  },
};

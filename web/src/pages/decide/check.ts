// What is wrong with a scenario before it is sent. The program reads it again and has the last word.
import type { MarketModel } from "../../api/types";
import { day_words } from "../../format/dates";
import type { FieldFault } from "../../parts/field";
import { nearest_name } from "./nearest";
import type { DecideState, Step } from "./state";
import { years_words } from "./words";

export function area_names(model: MarketModel): string[] {
  const forces = model.areas.map((area) => area.force);
  return [...new Set([...forces, ...model.areas.map((area) => area.name)])];
}

// The last day that a step can name.
export function last_day(model: MarketModel, years: string): string {
  const days = Math.max(1, Math.floor(Number(years) || 0)) * 365;
  const end = new Date(Date.parse(`${model.starts}T00:00:00Z`) + days * 86_400_000);
  return end.toISOString().slice(0, 10);
}

// A number within limits; typed with a point, and nothing else.
function is_within(typed: string, least: number, most: number): boolean {
  const text = typed.trim();
  return /^\d*\.?\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

// A whole number, likewise.
function is_whole_within(typed: string, least: number, most: number): boolean {
  return /^\d{1,15}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
}

export function field_id(at: number, field: string): string {
  return `step-${at + 1}-${field}`;
}

export function unknown_area_words(typed: string, model: MarketModel): string {
  const nearest = nearest_name(typed, area_names(model));
  const meant = nearest === null ? "Choose one from the list" : `Did you mean ${nearest}?`;
  return `There is no area or force “${typed}” in this world. ${meant}`;
}

function day_fault(id: string, day: string, model: MarketModel, years: string): FieldFault[] {
  const end = last_day(model, years);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && day >= model.starts && day <= end) return [];
  return [{ id, words: `The day lies outside the run, ${day_words(model.starts)} to ${day_words(end)}` }];
}

function step_faults(step: Step, at: number, model: MarketModel, years: string): FieldFault[] {
  const known = new Set([...area_names(model), ...model.areas.map((area) => area.code)]);
  const faults: FieldFault[] = step.areas
    .filter((area) => !known.has(area))
    .map((area) => ({ id: field_id(at, "area"), words: unknown_area_words(area, model) }));
  if (step.kind === "strike") {
    if (!is_within(step.share, 0, 1))
      faults.push({ id: field_id(at, "share"), words: "A share is a number from 0 to 1" });
    return [...faults, ...day_fault(field_id(at, "date"), step.date, model, years)];
  }
  if (!is_within(step.multiply, 0, 100)) {
    faults.push({ id: field_id(at, "multiply"), words: "How many times is a number from 0 to 100; 1 is as it is" });
  }
  if (step.from !== "") faults.push(...day_fault(field_id(at, "from"), step.from, model, years));
  if (step.until !== "") faults.push(...day_fault(field_id(at, "until"), step.until, model, years));
  if (step.until !== "" && step.until <= (step.from === "" ? model.starts : step.from)) {
    faults.push({ id: field_id(at, "until"), words: "It ends before it begins" });
  }
  return faults;
}

function setting_faults(state: DecideState, model: MarketModel): FieldFault[] {
  return state.settings.flatMap(({ name, value }, at) => {
    const parameter = model.parameters.find((each) => each.name === name);
    const id = `setting-${at + 1}`;
    if (parameter === undefined) return [{ id, words: `There is no parameter ${name}` }];
    if (state.over === "ensemble" && model.ensemble.parameters.includes(name)) {
      return [{ id, words: `Every accepted set has a value of its own for ${name}: choose one set, or remove it` }];
    }
    const is_fine =
      /^-?\d*\.?\d+$/.test(value.trim()) && Number(value) >= parameter.low && Number(value) <= parameter.high;
    return is_fine ? [] : [{ id, words: `${name} may be ${parameter.low} to ${parameter.high}` }];
  });
}

// Of each set of parameters.
export function pairs_most_of({ over }: Pick<DecideState, "over">, { bounds, ensemble }: MarketModel): number {
  return over === "one" ? bounds.replicates_most : Math.floor(bounds.replicates_most / ensemble.members);
}

// All runs together may cover so many areas times days, for what runs keeps the machine from everybody else.
function size_faults(state: DecideState, model: MarketModel): FieldFault[] {
  const { bounds, areas, ensemble } = model;
  const is_over_sets = state.over === "ensemble";
  const pairs_most = (years: number): number => {
    const days_of_pair = 2 * areas.length * (365 * years + bounds.warm_up_days) * (is_over_sets ? ensemble.members : 1);
    return Math.floor(bounds.place_days_most / days_of_pair);
  };
  const most = pairs_most(Number(state.years));
  if (!(Number(state.pairs) > most)) return [];
  if (is_over_sets && pairs_most(1) < bounds.replicates_least) {
    const words = `The accepted sets are too many runs for a world of ${areas.length} areas`;
    return [{ id: "world", words: `${words}: choose one set of parameters, or a smaller world` }];
  }
  const room = most < bounds.replicates_least ? "" : `at most ${most} pairs, `;
  const others = is_over_sets
    ? "fewer years, one set of parameters or a smaller world"
    : "fewer years or a smaller world";
  const words = `That is too many runs for a world of ${areas.length} areas over ${years_words(365 * Number(state.years))}`;
  return [{ id: "pairs", words: `${words}: choose ${room}${others}` }];
}

export function faults_of(state: DecideState, steps: readonly Step[], model: MarketModel): FieldFault[] {
  const { bounds } = model;
  const faults: FieldFault[] = [];
  const years_most = Math.floor(bounds.days_most / 365);
  if (!is_whole_within(state.years, 1, years_most)) faults.push({ id: "years", words: `Years are 1 to ${years_most}` });
  const pairs_most = pairs_most_of(state, model);
  if (!is_whole_within(state.pairs, bounds.replicates_least, pairs_most)) {
    faults.push({ id: "pairs", words: `Pairs are ${bounds.replicates_least} to ${pairs_most}` });
  }
  if (faults.length === 0) faults.push(...size_faults(state, model));
  if (!is_whole_within(state.seed, 0, 1e15)) faults.push({ id: "seed", words: "The seed is a whole number" });
  if (steps.length === 0) faults.push({ id: "add-change", words: "The scenario changes nothing: add a change" });
  if (steps.length > bounds.changes_most) {
    faults.push({ id: "add-change", words: `More than ${bounds.changes_most} changes: run it on the command line` });
  }
  return [
    ...faults,
    ...steps.flatMap((step, at) => step_faults(step, at, model, state.years)),
    ...setting_faults(state, model),
  ];
}

import { describe, expect, test } from "vitest";
import type { Comparison, MarketModel } from "../../api/types";
import { area_rows } from "./areas_figure";
import { faults_of, last_day } from "./check";
import { course_points } from "./course_figure";
import { scale_of } from "./differences";
import { grouped_names } from "./groups";
import { centre_of, shapes_of, type Outlines } from "./map_shapes";
import { blocks_of, spans_of } from "./markdown";
import { nearest_name, same_name } from "./nearest";
import { k_questions, question_of } from "./questions";
import { figure_words, hanging_words, hangs_on, rival_groups } from "./rivals";
import { steps_of_scenario } from "./scenario_file";
import { chosen_over, k_decide_codec, type DecideState, type Step } from "./state";
import { parameters_toml, scenario_toml, toml_text } from "./toml";
import {
  baseline_words,
  decimals_of,
  limits_head,
  period_words,
  sets_words,
  told_of,
  told_words,
  verdict_of,
  years_words,
  type Outcome,
} from "./words";

function read(text: string): DecideState {
  return k_decide_codec.read(new URLSearchParams(text));
}

function written(state: DecideState): string {
  const query = new URLSearchParams();
  k_decide_codec.write(state, query);
  return query.toString();
}

const k_steps: Step[] = [
  {
    kind: "change",
    lever: "carrier_arrests",
    multiply: "0.5",
    from: "2024-07-01",
    until: "",
    areas: ["Essex", "Norwich"],
  },
  { kind: "strike", target: "stock", share: "0.25", date: "2024-03-01", areas: [] },
];

const k_model = {
  world: "small",
  starts: "2024-01-01",
  areas: [
    { code: "E1", name: "Norwich", force: "Norfolk", is_hub: false },
    { code: "E2", name: "Great Yarmouth", force: "Norfolk", is_hub: false },
    { code: "E3", name: "Newham", force: "Metropolitan Police", is_hub: true },
  ],
  parameters: [
    { name: "line.open_days", low: 1, high: 90, value: 10 },
    { name: "line.minutes_fixed", low: 0, high: 60, value: 15 },
  ],
  ensemble: { members: 15, parameters: ["line.open_days"] },
  bounds: {
    days_most: 3650,
    replicates_least: 5,
    replicates_most: 200,
    changes_most: 3,
    place_days_most: 20_000_000,
    warm_up_days: 180,
  },
} as unknown as MarketModel;

describe("the address", () => {
  test("a scenario goes into it and comes back whole", () => {
    const state: DecideState = {
      ...read(""),
      over: "one",
      name: "A ~ name, with & and =",
      steps: k_steps,
      settings: [{ name: "line.open_days", value: "20" }],
      years: "1",
      pairs: "5",
      seed: "7",
      every: "week",
      where: "elsewhere",
      job: "j",
    };
    expect(read(written(state))).toEqual(state);
  });
  test("an empty one says that nothing was chosen, and one without changes that nothing changes", () => {
    expect(read("").steps).toBeNull();
    expect(read(written({ ...read(""), steps: [] })).steps).toEqual([]);
    expect(written(read(""))).toBe("");
  });
  test("it says over what parameters, and one that is older than the choice gives what it gave", () => {
    expect(read("")).toMatchObject({ over: "ensemble", pairs: "5" });
    expect(read("do=change~imports~0.5~~&years=1")).toMatchObject({ over: "one", pairs: "40" });
    expect(read("set=line.open_days~20")).toMatchObject({ over: "one" });
    expect(read("where=elsewhere&map=table")).toMatchObject({ over: "ensemble" });
    expect(written({ ...read(""), years: "1" })).toBe("years=1&over=ensemble");
    expect(written({ ...read(""), over: "one", pairs: "40" })).toBe("over=one");
    expect(read("over=one")).toMatchObject({ over: "one", pairs: "40" });
    expect(read(written({ ...read(""), steps: k_steps }))).toMatchObject({ over: "ensemble", pairs: "5" });
  });
  test("pairs that were typed stay when it is run over something else, and usual ones become what is usual there", () => {
    expect(chosen_over({ over: "ensemble", pairs: "5" }, "one")).toEqual({ over: "one", pairs: "40" });
    expect(chosen_over({ over: "one", pairs: "40" }, "ensemble")).toEqual({ over: "ensemble", pairs: "5" });
    expect(chosen_over({ over: "ensemble", pairs: "9" }, "one")).toEqual({ over: "one", pairs: "9" });
  });
  test("whatever is typed there is read as something that can be shown", () => {
    expect(read("do=nonsense&do=change~x&where=moon&every=day")).toMatchObject({
      steps: [{ kind: "change", lever: "x", multiply: "", areas: [] }],
      where: "everywhere",
      every: "month",
    });
  });
});

describe("the file", () => {
  test("is the one that the command line reads", () => {
    expect(scenario_toml("A drought", k_steps)).toBe(
      [
        'name = "A drought"',
        "",
        "[[change]]",
        'lever = "carrier_arrests"',
        "multiply = 0.5",
        "from = 2024-07-01",
        'areas = ["Essex", "Norwich"]',
        "",
        "[[strike]]",
        'target = "stock"',
        "share = 0.25",
        "date = 2024-03-01",
        "",
      ].join("\n"),
    );
  });
  test("cannot be broken out of by a name, a number or a day", () => {
    expect(toml_text('a "b" \\ \n c')).toBe('"a \\"b\\" \\\\   c"');
    const step: Step = { kind: "change", lever: "x", multiply: "1\n[[strike]]", from: "2024]", until: "", areas: [] };
    expect(scenario_toml("x", [step])).toContain('multiply = "1 [[strike]]"\nfrom = "2024]"\n');
    expect(parameters_toml([{ name: "line.open_days", value: ".5" }])).toBe("line.open_days = 0.5\n");
    expect(parameters_toml([{ name: "line.open_days", value: "007" }])).toBe("line.open_days = 7\n");
  });
  test("that was read in gives the steps it was made of", () => {
    expect(
      steps_of_scenario({
        name: "n",
        changes: [
          { lever: "carrier_arrests", multiply: 0.5, from: "2024-07-01", until: null, areas: ["Essex", "Norwich"] },
        ],
        strikes: [{ target: "stock", share: 0.25, date: "2024-03-01", areas: [] }],
      }),
    ).toEqual(k_steps);
  });
});

describe("what is wrong", () => {
  const state = { ...read("") };
  const words = (step: Partial<Step>): string[] =>
    faults_of(state, [{ ...k_steps[0], areas: [], ...step } as Step], k_model).map((fault) => fault.words);
  test("nothing, with a scenario that can be run", () => {
    expect(words({})).toEqual([]);
    expect(words({ areas: ["Norfolk", "E3"] })).toEqual([]);
  });
  test("a misspelt area, with the nearest name", () => {
    expect(words({ areas: ["Norwhich"] })).toEqual([
      "There is no area or force “Norwhich” in this world. Did you mean Norwich?",
    ]);
  });
  test("numbers and days out of bounds", () => {
    expect(words({ multiply: "x" } as Partial<Step>)).toHaveLength(1);
    expect(words({ multiply: "101" } as Partial<Step>)).toHaveLength(1);
    expect(words({ from: "2023-12-31" } as Partial<Step>)[0]).toContain("1 Jan 2024 to 31 Dec 2025");
    expect(words({ until: "2024-06-30" } as Partial<Step>)).toEqual(["It ends before it begins"]);
    expect(last_day(k_model, "1")).toBe("2024-12-31");
    expect(faults_of(state, [], k_model).map((fault) => fault.id)).toEqual(["add-change"]);
    expect(faults_of({ ...state, years: "11", pairs: "4", seed: "-1" }, k_steps.slice(1), k_model)).toHaveLength(3);
    expect(
      faults_of(
        state,
        [1, 2, 3, 4].map(() => ({ ...k_steps[1] }) as Step),
        k_model,
      ),
    ).toHaveLength(1);
  });
  test("figures and pairs, by what it is run over", () => {
    const found = (part: Partial<DecideState>): string[] =>
      faults_of({ ...state, ...part }, k_steps.slice(1), k_model).map((fault) => fault.words);
    const set = (name: string, value: string): Partial<DecideState> => ({ settings: [{ name, value }] });
    expect(found({ over: "one", ...set("line.open_days", "91") })).toEqual(["line.open_days may be 1 to 90"]);
    expect(found({ over: "one", ...set("line.open_days", "20") })).toEqual([]);
    expect(found(set("line.open_days", "20"))).toEqual([
      "Every accepted set has a value of its own for line.open_days: choose one set, or remove it",
    ]);
    expect(found(set("line.minutes_fixed", "20"))).toEqual([]);
    expect(found({ pairs: "13" })).toEqual([]);
    expect(found({ pairs: "14" })).toEqual(["Pairs are 5 to 13"]);
    expect(found({ over: "one", pairs: "200" })).toEqual([]);
  });
});

describe("what would keep the machine from everybody else", () => {
  const place = { force: "F", easting_metres: 0, northing_metres: 0, residents: 1000, is_hub: false };
  const areas = Array.from({ length: 331 }, (_, at) => ({ ...place, code: `E${at}`, name: `A${at}` }));
  const large: MarketModel = { ...k_model, areas };
  const found = (part: Partial<DecideState>, model = large): [string, string][] =>
    faults_of({ ...read(""), ...part }, k_steps.slice(1), model).map(({ id, words }) => [id, words]);
  test("is told at the field: the large world over the accepted sets", () => {
    expect(found({ years: "1" })).toEqual([
      [
        "world",
        "The accepted sets are too many runs for a world of 331 areas: choose one set of parameters, or a smaller world",
      ],
    ]);
    expect(found({ years: "1" }, k_model)).toEqual([]);
  });
  test("and over one set with as many pairs as there is room for", () => {
    expect(found({ over: "one", pairs: "40" })).toEqual([
      [
        "pairs",
        "That is too many runs for a world of 331 areas over 2 years: choose at most 33 pairs, fewer years or a smaller world",
      ],
    ]);
    expect(found({ over: "one", pairs: "33" })).toEqual([]);
    expect(found({ over: "one", pairs: "34" })).toHaveLength(1);
    const wide = { ...large, bounds: { ...large.bounds, place_days_most: 3_500_000 } };
    expect(found({ over: "one", pairs: "40", years: "10" }, wide)[0]?.[1]).toContain("choose fewer years or a smaller");
    const medium = { ...large, areas: areas.slice(0, 100) };
    expect(found({ pairs: "13" }, medium)[0]?.[1]).toContain(
      "choose at most 7 pairs, fewer years, one set of parameters or a smaller world",
    );
  });
  test("is not told of pairs that are out of bounds anyway", () => {
    expect(found({ over: "one", pairs: "201" })).toEqual([["pairs", "Pairs are 5 to 200"]]);
  });
});

describe("names", () => {
  test("are taken whatever their capitals, and guessed when misspelt", () => {
    const known = ["Norfolk", "Norwich", "King's Lynn and West Norfolk"];
    expect(same_name("kings lynn and west norfolk", known)).toBe("King's Lynn and West Norfolk");
    expect(same_name("Norwhich", known)).toBeNull();
    expect(nearest_name("Norwhich", known)).toBe("Norwich");
    expect(nearest_name("king", known)).toBe("King's Lynn and West Norfolk");
    expect(nearest_name("Atlantis", known)).toBeNull();
    expect(nearest_name("", known)).toBeNull();
  });
  test("each prepared question is found again by its steps, and no other is", () => {
    for (const question of k_questions) expect(question_of(question.steps)?.key).toBe(question.key);
    expect(question_of(k_steps)).toBeNull();
  });
});

describe("what a difference says", () => {
  const of = { baseline: 75.1, difference: -12.2, low: -16.2, high: -8.2 };
  const arrested: Outcome = { name: "children_arrested", kind: "count", what: "children arrested", is_mapped: true };
  test("more, less, cannot tell, or the same", () => {
    expect(verdict_of(of)).toBe("less");
    expect(verdict_of({ ...of, difference: 12, low: 1, high: 20 })).toBe("more");
    expect(verdict_of({ ...of, high: 0 })).toBe("cannot tell");
    expect(verdict_of({ ...of, low: null, high: null })).toBe("same");
  });
  test("in a sentence with its interval", () => {
    expect(told_words(arrested, of)).toBe("12.2 fewer children arrested (8.2 to 16.2 fewer; 75.1 as it is)");
    const total = { ...of, where: "everywhere", outcome: "children_arrested" };
    expect(told_of([total], { outcomes: [arrested], where: "everywhere" }).differs).toHaveLength(1);
    expect(told_of([{ ...total, high: 1 }], { outcomes: [arrested], where: "everywhere" }).cannot_tell).toEqual([
      "children arrested",
    ]);
    expect(told_of([total], { outcomes: [arrested], where: "elsewhere" })).toEqual({
      differs: [],
      cannot_tell: [],
      same: [],
    });
  });
  test("over sets, in how many of them", () => {
    const all = { ...of, higher_in: 0, lower_in: 15 };
    expect(told_words(arrested, all, 15)).toBe(
      "12.2 fewer children arrested (8.2 to 16.2 fewer; 75.1 as it is; fewer in all 15 sets)",
    );
    const most = { ...of, high: 1, higher_in: 1, lower_in: 14, where: "everywhere", outcome: "children_arrested" };
    const told = told_of([most], { outcomes: [arrested], where: "everywhere", sets: 15 });
    expect(told.cannot_tell).toEqual(["children arrested (fewer in 14 of 15 sets)"]);
    expect(sets_words({ higher_in: 7, lower_in: 7 }, 15)).toBe("more in 7, less in 7 of 15 sets");
    expect(sets_words({ higher_in: 9, lower_in: 0 }, 15)).toBe("more in 9 of 15 sets, less in none");
    expect(sets_words({ higher_in: 9, lower_in: 6 }, 15)).toBe("more in 9 of 15 sets");
    expect(limits_head({ limits: "outermost", members: 15 })).toBe("Lowest to highest of 15 sets");
    expect(limits_head({ limits: "chance", members: 1 })).toBe("95% interval");
  });
  const total = { ...of, where: "everywhere", outcome: "children_arrested", mean_low: -14, mean_high: -10 };
  const rival = (figure: number, part: Partial<typeof total>, members = 7): Comparison["rivals"][number] =>
    ({
      parameter: "line.revenue_per_year",
      figure,
      unit: "GBP per line and year",
      source: "s",
      members,
      totals: [{ ...total, ...part }],
    }) as Comparison["rivals"][number];
  const hanging = (...rivals: Comparison["rivals"]): string[] | null => {
    const [group] = rival_groups(rivals);
    return group === undefined ? null : hangs_on(group);
  };
  test("under each rival figure, side by side", () => {
    const [group] = rival_groups([rival(80000, {}), rival(800000, { high: -7 })]);
    expect(group?.figures).toHaveLength(2);
    expect(figure_words(rival(80000, {}))).toBe("£80\u202f000 per line and year");
  });
  test("nothing hangs on a figure because the odd one of 15 sets holds it", () => {
    const odd = rival(800000, { high: 1, mean_low: -15, mean_high: -8 });
    expect(hanging(rival(80000, {}, 8), odd)).toEqual([]);
    const [group] = rival_groups([rival(80000, {}, 8), odd]);
    expect(group && hanging_words(group)).toContain("Whether the answer hangs on it cannot be told");
  });
  test("it hangs on a figure where one says more and the other less, or their means lie apart", () => {
    const more = { difference: 5, low: 1, high: 9, mean_low: -20, mean_high: 20 };
    expect(hanging(rival(80000, {}), rival(800000, more))).toEqual(["children_arrested"]);
    const apart = { difference: -2, low: -9, high: 1, mean_low: -5, mean_high: 1 };
    expect(hanging(rival(80000, {}), rival(800000, apart))).toEqual(["children_arrested"]);
    expect(hanging(rival(800000, apart), rival(80000, {}))).toEqual(["children_arrested"]);
    expect(hanging(rival(80000, {}), rival(800000, { ...apart, mean_low: -10 }))).toEqual([]);
    const none = { difference: 0, low: null, high: null, mean_low: null, mean_high: null };
    expect(hanging(rival(80000, {}), rival(800000, none as never))).toEqual(["children_arrested"]);
    const [group] = rival_groups([rival(80000, {}), rival(800000, more)]);
    expect(group && hanging_words(group)).toContain("hangs on it for: children arrested. For what else");
  });
  test("fewer than six sets say nothing of what it hangs on", () => {
    const more = { difference: 5, low: 1, high: 9, mean_low: 2, mean_high: 8 };
    expect(hanging(rival(80000, {}, 10), rival(800000, more, 5))).toBeNull();
    expect(hanging(rival(80000, {}, 9), rival(800000, more, 6))).toEqual(["children_arrested"]);
    const [group] = rival_groups([rival(80000, {}, 10), rival(800000, more, 5)]);
    expect(group && hanging_words(group)).toContain("Fewer than six sets");
    expect(hanging(rival(80000, {}))).toBeNull();
  });
  test("as finely as its size allows", () => {
    expect(decimals_of(arrested, of)).toBe(1);
    expect(decimals_of({ kind: "index" }, of)).toBe(3);
    expect(decimals_of({ kind: "count" }, { ...of, difference: -12345 })).toBe(0);
    expect(decimals_of({ kind: "count" }, { ...of, difference: -4, low: -7, high: -0.02 })).toBe(2);
    expect(baseline_words({ kind: "count" }, 1385.2)).toBe("1385");
    expect(period_words("2024-02-01", 29)).toBe("Feb 2024");
    expect(period_words("2024-02-05", 7)).toBe("5 Feb 2024, 7 days");
    expect(years_words(730)).toBe("2 years");
    expect(years_words(90)).toBe("90 days");
  });
  test("on a scale that holds every interval, where there is something to compare with", () => {
    expect(scale_of([{ total: of }])).toBe(50);
    expect(scale_of([{ total: { ...of, baseline: 0 } }])).toBe(1);
    expect(scale_of([{ total: { ...of, low: -300 } }])).toBe(100);
  });
  test("no outcome stands in two groups", () => {
    expect(new Set(grouped_names()).size).toBe(grouped_names().length);
  });
});

describe("pictures and tables", () => {
  const comparison = {
    periods: [
      { from: "2024-01-01", days: 31 },
      { from: "2024-02-01", days: 29 },
    ],
    acted_on: ["E2"],
    area_totals: [{ outcome: "fights", area: "E2", baseline: 9, difference: 3, low: 1, high: 5 }],
    areas: [{ outcome: "fights", area: "E2", baseline: [4, 5], difference: [1, 2], low: [null, 1], high: [null, 3] }],
  } as unknown as Comparison;
  test("an area's row is of the whole run at nought, and of a period after that", () => {
    expect(area_rows(comparison, k_model, "fights", 0)).toMatchObject([
      { code: "E2", difference: 3, is_acted_on: true },
    ]);
    expect(area_rows(comparison, k_model, "fights", 1)).toMatchObject([{ difference: 1, low: null }]);
    expect(area_rows(comparison, k_model, "fights", 2)).toMatchObject([{ difference: 2, low: 1, high: 3 }]);
  });
  test("a course has a point for each period", () => {
    const course = comparison.areas[0];
    expect(course && course_points(comparison, course).map((point) => [point.words, point.difference])).toEqual([
      ["Jan 2024", 1],
      ["Feb 2024", 2],
    ]);
  });
  test("outlines that meet the world are drawn, north up, with their centres", () => {
    const square = (code: string, x: number, y: number): Outlines["features"][number] => ({
      properties: { code, name: code },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [x, y],
            [x + 1, y],
            [x + 1, y + 1],
            [x, y + 1],
          ],
        ],
      },
    });
    const { shapes } = shapes_of(
      { features: [square("a", 0, 51), square("b", 0, 52), square("c", 20, 51)] },
      new Set(["a", "b"]),
    );
    expect(shapes.map((shape) => shape.code)).toEqual(["a", "b"]);
    expect(shapes[0]?.at.y).toBeGreaterThan(shapes[1]?.at.y ?? Infinity);
    expect(
      centre_of([
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ]),
    ).toMatchObject({ x: 1, y: 1 });
  });
});

describe("the description", () => {
  test("is read into headings, lists, tables and paragraphs", () => {
    const text = "## Head\n\nOne `code` and **bold**.\n\n1. first\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    expect(blocks_of(text)).toEqual([
      { kind: "heading", level: 2, text: "Head" },
      { kind: "paragraph", text: "One `code` and **bold**." },
      { kind: "list", is_numbered: true, items: ["first", "second"] },
      { kind: "table", head: ["a", "b"], rows: [["1", "2"]] },
    ]);
    expect(spans_of("One `code` and **bold**.").map((span) => span.kind)).toEqual([
      "text",
      "code",
      "text",
      "bold",
      "text",
    ]);
  });
});

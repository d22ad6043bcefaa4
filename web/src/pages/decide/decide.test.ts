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
import { steps_of_scenario } from "./scenario_file";
import { k_decide_codec, type DecideState, type Step } from "./state";
import { parameters_toml, scenario_toml, toml_text } from "./toml";
import {
  baseline_words,
  decimals_of,
  period_words,
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
  parameters: [{ name: "line.open_days", low: 1, high: 90, value: 10 }],
  bounds: { days_most: 3650, replicates_least: 5, replicates_most: 200, changes_most: 3 },
} as unknown as MarketModel;

describe("the address", () => {
  test("a scenario goes into it and comes back whole", () => {
    const state: DecideState = {
      ...read(""),
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
    expect(
      faults_of({ ...state, settings: [{ name: "line.open_days", value: "91" }] }, k_steps.slice(1), k_model),
    ).toHaveLength(1);
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
    expect(told_of([total], [arrested], "everywhere").differs).toHaveLength(1);
    expect(told_of([{ ...total, high: 1 }], [arrested], "everywhere").cannot_tell).toEqual(["children arrested"]);
    expect(told_of([total], [arrested], "elsewhere")).toEqual({ differs: [], cannot_tell: [], same: [] });
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

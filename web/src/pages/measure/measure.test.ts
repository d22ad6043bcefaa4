import { describe, expect, test } from "vitest";
import type { Area, Figure, MeasureKnown, SeriesAnswer } from "../../api/types";
import { areas_found } from "./area_search";
import { months_without, points_of } from "./monthly_points";
import { k_measure_codec, question_of, type MeasureState } from "./state";

function read(query: string): MeasureState {
  return k_measure_codec.read(new URLSearchParams(query));
}

const crimes: MeasureKnown = {
  measure: {
    name: "crimes",
    title: "Offences",
    unit: "offence",
    universe: "",
    date_basis: "",
    area_basis: "",
    publisher: "",
    revision: "",
    is_police_activity: true,
  },
  categories: [{ slug: "drugs", words: "Drugs", first: "2024-01", last: "2025-09" }],
  area_kinds: ["force", "local-authority"],
  first: "2024-01",
  last: "2025-09",
  received: [
    { area: "E23000028", name: "Essex", months: ["2025-01"] },
    { area: "E23000032", name: "Kent", months: ["2025-01"] },
  ],
};

describe("the question in the address", () => {
  test("what is written is what is read", () => {
    const text =
      "measure=crimes&category=drugs&area=E06000033&area=E06000034&from=2025-01&to=2025-09&show=rate&look=table&map=force";
    const query = new URLSearchParams();
    k_measure_codec.write(read(text), query);
    expect(query.toString()).toBe(text);
  });
  test("names of other parts of the page stay in the address", () => {
    const query = new URLSearchParams("as_of=2026-11-22&trace=459a53f47a1fc55b&look=table");
    k_measure_codec.write({ ...k_measure_codec.read(query), look: "picture" }, query);
    expect(query.toString()).toBe("as_of=2026-11-22&trace=459a53f47a1fc55b");
  });
  test("whatever stands there is read as something that can be shown", () => {
    const state = read("show=everything&look=3&map=moon&area=a&area=a&area=b&area=c&area=d&area=e&area=f&area=g");
    expect(state).toMatchObject({ show: "count", look: "picture", map: null, areas: ["a", "b", "c", "d", "e", "f"] });
  });
});

describe("the question that is asked", () => {
  test("left open, it is of drugs in the areas received over the last twelve months", () => {
    expect(question_of(read(""), [crimes])).toMatchObject({
      category: "drugs",
      areas: ["E23000028", "E23000032"],
      from: "2024-10",
      to: "2025-09",
    });
  });
  test("of less than a year received, it is all that there is", () => {
    expect(question_of(read(""), [{ ...crimes, first: "2025-03" }])).toMatchObject({ from: "2025-03", to: "2025-09" });
  });
  test("a first month after the last is not asked for", () => {
    expect(question_of(read("to=2024-02"), [crimes])).toMatchObject({ from: "2024-01", to: "2024-02" });
  });
  test("without a measure there is none", () => {
    expect(question_of(read(""), [])).toBeNull();
  });
});

describe("finding an area", () => {
  const area = (name: string, code: string, is_received = true): Area => ({
    code,
    name,
    kind: "local-authority",
    force: null,
    force_name: null,
    is_received,
  });
  const areas = [
    area("Southend-on-Sea", "E06000033"),
    area("Thurrock", "E06000034"),
    area("South Oxfordshire", "E07000179", false),
    area("Southampton", "E06000045", false),
  ];
  test("case and punctuation are forgiven", () => {
    expect(areas_found(areas, "southend on sea").map((each) => each.name)).toEqual(["Southend-on-Sea"]);
  });
  test("a code finds its area", () => {
    expect(areas_found(areas, "e06000034")[0]?.name).toBe("Thurrock");
  });
  test("of areas that fit alike, those received come first", () => {
    expect(areas_found(areas, "south").map((each) => each.name)).toEqual([
      "Southend-on-Sea",
      "South Oxfordshire",
      "Southampton",
    ]);
  });
  test("what fits nowhere finds nothing", () => {
    expect(areas_found(areas, "zz")).toEqual([]);
  });
});

describe("the points of the picture", () => {
  test("a month without a figure is a gap and no nought", () => {
    const figure = (from: string, count: number | null): Figure => ({
      cell: "",
      area: "A",
      from,
      to: from,
      count,
      interval: count === null ? null : { low: 0, high: 9 },
      received_count: 0,
      missing: [],
      refusal: null,
      rate: null,
      rate_interval: null,
      rate_refusal: null,
      denominator: null,
      caveats: [],
    });
    const answer: SeriesAnswer = {
      measure: crimes.measure,
      category: { slug: "drugs", words: "Drugs" },
      from: "2025-01",
      to: "2025-03",
      geography: "",
      release: "",
      as_of: null,
      areas: [{ code: "A", name: "A", kind: "force", force: null, force_name: null, is_received: true }],
      figures: [figure("2025-01", 0), figure("2025-02", null)],
      totals: [],
      changes: [],
      caveats: [],
      words: [],
      head: { entries: 0, root: "" },
    };
    const points = points_of(answer, "count");
    expect(points.map((point) => point.value)).toEqual([0, null, null]);
    expect(months_without(points).map((month) => month.toISOString().slice(0, 7))).toEqual(["2025-02", "2025-03"]);
  });
});

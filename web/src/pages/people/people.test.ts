import { describe, expect, test } from "vitest";
import type { Table, Value } from "../../api/types";
import { holding_of, type LinkShown } from "./holding";
import { link_address, linked_in } from "./link_address";
import { lanes_of, share_at, span_of, ticks_of } from "./lanes";
import { lines_of, usual_of } from "./side_by_side";
import { bits_words, reach_of, share_in, steps_of } from "./waterfall";
import { people_in } from "./who_answer";

function table(columns: string[], rows: Value[][]): Table {
  return {
    name: "made-up",
    title: "",
    columns: columns.map((name) => ({ name, heading: name, kind: "text" as const })),
    rows,
    empty_text: "",
  };
}

function link(one: string, other: string, probability: string, how_sure = "likely"): LinkShown {
  return { one, other, probability, how_sure };
}

describe("who holds something of a person", () => {
  test("every person stands alone, in the order of the answer", () => {
    const people = people_in(
      table(
        ["person", "agency"],
        [
          ["person 7", "A"],
          ["not linked yet, 1", "B"],
          ["person 7", "C"],
        ],
      ),
    );
    expect(people.map(({ number, rows }) => [number, rows.length])).toEqual([
      ["7", 2],
      ["", 1],
    ]);
  });
});

describe("what holds a person's records together", () => {
  test("is the strongest of the links that join them all", () => {
    const holding = holding_of(
      ["a", "b", "c"],
      [link("a", "b", "0.9000"), link("b", "c", "above 0.9999"), link("a", "c", "0.9500")],
    );
    expect(holding.path.map(({ one, other }) => one + other)).toEqual(["bc", "ac"]);
    expect(holding.parts).toBe(1);
  });
  test("a judgement holds more than any likelihood", () => {
    const holding = holding_of(["a", "b"], [link("a", "b", "above 0.9999"), link("a", "b", "0.2", "judged the same")]);
    expect(holding.path[0]?.how_sure).toBe("judged the same");
  });
  test("records that nothing shown joins are several parts", () => {
    expect(holding_of(["a", "b", "c"], [link("a", "b", "0.9")]).parts).toBe(2);
  });
});

describe("records side by side", () => {
  test("what most say is usual, whatever its case and stops", () => {
    expect(usual_of(["Fictonby", "FICTONBY", "Fictonbee"])).toBe("fictonby");
  });
  test("what differs is marked, and what is not known is not", () => {
    const lines = lines_of(
      table(
        ["agency", "name"],
        [
          ["A", "Inventa Fictonby"],
          ["B", null],
          ["C", "Inventa Fictonbee"],
          ["D", "inventa  fictonby"],
        ],
      ),
      ["agency", "name", "address"],
      new Set(["name"]),
    );
    expect(lines.map(({ column }) => column)).toEqual(["agency", "name"]);
    expect(lines[1]?.cells.map(({ differs }) => differs)).toEqual([false, false, true, false]);
    expect(lines[0]?.cells.some(({ differs }) => differs)).toBe(false);
  });
});

describe("the lanes of a timeline", () => {
  const story = table(
    ["record", "agency", "capacity", "at", "what"],
    [
      ["r1", "A", "harmed", "2025-03-01", "Assault"],
      ["r2", "A", "suspected", "2025-01-10", "Possession"],
      ["r3", "B", "harmed", null, null],
    ],
  );
  test("whoever is harmed and suspected stands in both and in neither together", () => {
    const lanes = lanes_of(story);
    const dated = new Map(lanes.map((lane) => [lane.name, lane.dated.map(({ record }) => record)]));
    expect(dated.get("harmed")).toEqual(["r1"]);
    expect(dated.get("suspected")).toEqual(["r2"]);
    expect(lanes.find(({ name }) => name === "harmed")?.elsewhere).toEqual(["B"]);
  });
  test("an empty lane is there", () => {
    expect(lanes_of(story).map(({ name }) => name)).toContain("convicted");
  });
  test("being held, treated or referred is no lane of suspicion or harm", () => {
    const capacities = ["detained", "in treatment", "patient", "referred"];
    const rows = capacities.map((capacity, at) => ["2025-03-01", capacity, "", "A", `r${at}`]);
    const lanes = lanes_of(table(["at", "capacity", "what", "agency", "record"], rows));
    const filled = lanes.filter(({ dated }) => dated.length > 0).map(({ name }) => name);
    expect(filled).toEqual(["referred", "health", "detained"]);
  });
  test("days lie in their order between the ends, and an axis has few marks", () => {
    const span = span_of(lanes_of(story));
    expect(span).not.toBeNull();
    if (span === null) return;
    expect(share_at(span, "2025-01-10")).toBeGreaterThan(0);
    expect(share_at(span, "2025-03-01")).toBeLessThan(1);
    expect(ticks_of({ from: Date.UTC(2019, 0, 5), to: Date.UTC(2025, 6, 5) }).length).toBeLessThanOrEqual(7);
    expect(span_of(lanes_of(table(["capacity", "at"], [])))).toBeNull();
  });
});

describe("the address of a link", () => {
  test("names both records, and nothing else is taken for one", () => {
    expect(link_address("86e6df89b5d44880:5609.1", "96b70cffbc4bdf38:34738.2")).toBe(
      "/people/links/86e6df89b5d44880:5609.1~96b70cffbc4bdf38:34738.2",
    );
    expect(linked_in("86e6df89b5d44880:5609.1~96b70cffbc4bdf38:34738.2")).toEqual({
      one: "86e6df89b5d44880:5609.1",
      other: "96b70cffbc4bdf38:34738.2",
    });
    expect([linked_in("86e6df89b5d44880:5609.1"), linked_in("a~b~c"), linked_in("")]).toEqual([null, null, null]);
  });
});

describe("the waterfall of a link", () => {
  test("each step begins where the last ended, and the reach holds them all", () => {
    const steps = steps_of(
      table(
        ["comparison", "finding", "bits"],
        [
          ["before comparing", "", { value: -10, decimals: 1 }],
          ["name", "the same", { value: 14, decimals: 1 }],
        ],
      ),
    );
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [0, -10],
      [-10, 4],
    ]);
    expect(reach_of(steps)).toEqual({ low: -10, high: 4 });
    expect(share_in({ low: -10, high: 10 }, 0)).toBe(0.5);
    expect(reach_of([])).toEqual({ low: -1, high: 1 });
  });
  test("bits are told with their sign", () => {
    expect([bits_words(-10), bits_words(4.26), bits_words(-0.01)]).toEqual(["−10.0", "+4.3", "+0.0"]);
  });
});

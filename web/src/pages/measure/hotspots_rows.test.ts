import { expect, test } from "vitest";
import type { Column, Report, Table, Value } from "../../api/types";
import {
  hot_counts,
  hot_places,
  hot_words,
  name_key,
  places_shown,
  with_interval_beside,
  without_idle_mark,
} from "./hotspots_rows";
import { like_words, rows_of_likes } from "./like_rows";
import { middle_of, on_a_plane } from "./outlines";

function table_of(name: string, columns: readonly string[], rows: Value[][]): Table {
  const of = (each: string): Column => ({ name: each, heading: each, kind: "text" });
  return { name, title: "", columns: columns.map(of), rows, empty_text: "" };
}

function report_of(...tables: Table[]): Report {
  return {
    verb: "hotspots",
    outcome: "done",
    sections: [{ name: "all", title: "", facts: [], tables, notes: [], commands: [], verbatim: "" }],
  } as unknown as Report;
}

const k_clusters = table_of(
  "clusters",
  ["centre", "p_value", "police_only"],
  [
    ["Harlow", "0.001", null],
    ["Hertsmere", "0.004", "yes"],
    ["Tandridge", "0.9", null],
  ],
);
const k_places = table_of(
  "places",
  ["place", "count", "population", "stands_out", "circle", "police_only"],
  [
    ["Harlow", 455, 87280, "hot", "Harlow", null],
    ["Hertsmere", 300, 105471, "hot", "Hertsmere", "yes"],
    ["Rutland", 3, null, "cold", null, null],
    ["King’s Lynn and West Norfolk", 40, 151245, null, null, null],
    ["Watford", 240, 96577, null, "Hertsmere", null],
  ],
);

test("a place is hot in police activity alone before it is hot, and its circle too", () => {
  const places = hot_places(report_of(k_clusters, k_places));
  expect(places.map((each) => each.stands)).toEqual(["hot", "police_only", "cold", "", ""]);
  expect(places.map((each) => each.circle)).toEqual(["hot", "police_only", "", "", "police_only"]);
  expect(places[0]?.words).toBe(
    "Harlow\n455 counted, 87\u202f280 residents\nhot among its neighbours\nin the circle about Harlow",
  );
  expect(places[2]?.words).toContain("3 counted\ncold");
  expect(hot_places(report_of(k_clusters))).toEqual([]);
});

test("places that stand out or lie in a circle can be looked at alone", () => {
  expect(places_shown(k_places, "standing_out").rows.map((row) => row[0])).toEqual([
    "Harlow",
    "Hertsmere",
    "Rutland",
    "Watford",
  ]);
  expect(places_shown(k_places, "all")).toBe(k_places);
  expect(without_idle_mark(k_places)).toBe(k_places);
  const unmarked = { ...k_places, rows: k_places.rows.slice(2) };
  expect(without_idle_mark(unmarked).columns.map((each) => each.name)).not.toContain("police_only");
});

test("what was found is told in numbers, and what of it is police activity alone", () => {
  expect(hot_words(hot_counts(report_of(k_clusters, k_places)))).toBe(
    "2 circles hold more than their share beyond what chance makes, 1 of them in police activity only. 2 places are hot among their neighbours, 1 of them in police activity only; 1 is cold.",
  );
  expect(hot_words({ circles: 1, circles_of_police: 1, hot: 0, hot_of_police: 0, cold: 0 })).toBe(
    "1 circle holds more than its share beyond what chance makes, in police activity only. No place stands out among its neighbours.",
  );
  expect(hot_words({ circles: 0, circles_of_police: 0, hot: 1, hot_of_police: 0, cold: 2 })).toBe(
    "No circle holds more than its share beyond what chance makes. 1 place is hot among its neighbours; 2 are cold.",
  );
});

test("outlines are found by names however they are spelled", () => {
  expect(name_key("King’s Lynn and West Norfolk")).toBe(name_key("King's Lynn and West Norfolk"));
  const square = (left: number, size: number): [number, number][] => [
    [left, 50],
    [left + size, 50],
    [left + size, 50 + size],
    [left, 50 + size],
  ];
  const [outline] = on_a_plane({
    features: [
      {
        properties: { name: "Two" },
        geometry: { type: "MultiPolygon", coordinates: [[square(0, 1)], [square(4, 2)]] },
      },
    ],
  });
  if (outline === undefined) throw new Error("There is an outline.");
  const [x, y] = middle_of(outline);
  expect(x).toBeCloseTo(5 * Math.cos((53 * Math.PI) / 180), 9);
  expect(y).toBe(51);
});

test("the rate of the count beside a circle stands with its interval", () => {
  const circles = table_of(
    "clusters",
    ["centre", "independent_risk", "independent_low", "independent_high", "independent_p"],
    [
      ["Thanet", 2.15, 1.57, 2.88, "0.16"],
      ["Rutland", 3, 1.5, null, "0.01"],
      ["Nowhere", null, null, null, null],
    ],
  );
  const shown = with_interval_beside(circles);
  expect(shown.columns.map((each) => each.name)).toEqual(["centre", "independent_risk", "independent_p"]);
  expect(shown.rows).toEqual([
    ["Thanet", "2.15 (1.57 to 2.88)", "0.16"],
    ["Rutland", "3.00 (1.50 and more)", "0.01"],
    ["Nowhere", null, null],
  ]);
  const alone = table_of("clusters", ["centre", "independent_low"], [["Thanet", 1]]);
  expect(with_interval_beside(alone)).toEqual(alone);
});

const k_similar = table_of(
  "similar",
  ["area", "distance", "rate", "rate_low", "rate_high", "ratio_low", "ratio_high"],
  [
    ["Hartlepool", null, 17.1, 9.8, 27.7, null, null],
    ["Darlington", 0.14, 13.1, 7.2, 22, 0.6, 2.88],
    ["Worcester", 0.18, 5.9, 2.2, 12.9, 1.07, 8.99],
    ["Elsewhere", 0.2, 60, 50, 70, 0.1, 0.4],
    ["Nobody", 0.3, 0, 0, 3, 2, null],
  ],
);

test("an area and its likes are drawn by likeness, the area itself a line to read them against", () => {
  const drawn = rows_of_likes(k_similar);
  expect(drawn.rows.map((row) => row.label)).toEqual(["Hartlepool", "Darlington", "Worcester", "Elsewhere", "Nobody"]);
  expect(drawn.references).toEqual([{ value: 17.1, words: "Hartlepool" }]);
  expect(like_words(report_of(k_similar))).toBe(
    "Hartlepool: 17.1 (9.8 to 27.7) for each 100\u202f000 residents. Of 4 areas like it, 2 had a lower rate and 1 a higher one, each by more than chance.",
  );
});

test("of what the police recorded an area's own rate is told, and nothing of how many are above or below it", () => {
  const refused = report_of(k_similar);
  refused.sections[0]?.notes.push("activity_is_not_ranked: Areas may not be ranked by what the police recorded.");
  expect(like_words(refused)).toBe("Hartlepool: 17.1 (9.8 to 27.7) for each 100\u202f000 residents.");
});

test("an area without a rate is held beside nothing", () => {
  const without = { ...k_similar, rows: [["Rutland", null, null, null, null, null, null] as Value[]] };
  expect(like_words(report_of(without))).toBeNull();
  expect(rows_of_likes(without)).toMatchObject({ rows: [], references: [] });
});

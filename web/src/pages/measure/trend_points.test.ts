import { expect, test } from "vitest";
import type { Report, Table } from "../../api/types";
import { alerts_shown } from "./alert_rows";
import { not_given, side_by_side } from "./definition_rows";
import { funnel_points } from "./funnel_points";
import { asked_of, face_of_asked_in_area, query_of_line } from "./line_choice";
import { category_asked, face_of, line_asked, published_lines, series_of } from "./lines";
import { is_ranking_refused, is_refusal_note, refusal_words, without_options } from "./rule_notes";
import { period_date, picture_of_trend, shows_of } from "./trend_points";
import { change_words, level_words } from "./trend_words";

function table(name: string, columns: string[], rows: Table["rows"]): Table {
  return {
    name,
    title: "",
    columns: columns.map((each) => ({ name: each, heading: each, kind: "text" })),
    rows,
    empty_text: "",
  };
}

function report(tables: Table[]): Report {
  const section = { name: "line", title: "", facts: [], tables, notes: [], commands: [], verbatim: "" };
  return { verb: "trend", outcome: "done", sections: [section] };
}

const k_columns = [
  "period",
  "year_count",
  "year_low",
  "year_high",
  "rate",
  "index",
  "index_low",
  "index_high",
  "greyed",
];
const k_points = table("points", k_columns, [
  ["2016", 10, 5, 18, null, 100, 100, 100, null],
  ["2017", null, null, null, null, null, null, null, null],
  ["2018", 14, 8, 23, null, 140, 60, 300, null],
  ["2019", 9, 4, 17, null, 90, 30, 240, "latest_period_is_incomplete"],
]);

test("a trend breaks where a year is absent and greys what is not complete", () => {
  const drawn = picture_of_trend(report([k_points]), "count");
  expect(drawn?.points.map((each) => each.value)).toEqual([10, null, 14, 9]);
  expect(drawn?.points.map((each) => each.is_grey)).toEqual([false, false, false, true]);
  expect(drawn?.points[3]?.words).toContain("not complete");
  expect(drawn?.points[1]?.words).toBe("");
  expect(shows_of(k_points)).toEqual(["index", "count"]);
});

test("both readings of a break are drawn, and a refused one is not", () => {
  const breaks = table("breaks", ["period", "kind"], [["2018", "known"]]);
  const readings = table(
    "readings",
    ["reading", "from", "to", "percent"],
    [
      ["through the break of 2018", "2016", "2019", -10],
      ["before the break of 2018", "2016", "2017", 5],
      ["from the break of 2018 on", "2018", "2019", null],
    ],
  );
  const drawn = picture_of_trend(report([k_points, breaks, readings]), "index");
  expect(drawn?.breaks).toEqual([{ at: new Date("2018-01-01T00:00:00Z"), period: "2018", is_known: true }]);
  expect(drawn?.readings.map((each) => [each.from.value, each.to.value, each.is_through])).toEqual([[100, 90, true]]);
});

test("a period begins on a day", () => {
  expect(period_date("2017/18").toISOString().slice(0, 10)).toBe("2017-04-01");
  expect(period_date("2025-03").toISOString().slice(0, 10)).toBe("2025-03-01");
});

test("without a choice the first series that the police's own work does not make is shown, with its end on its face", () => {
  const lines = table(
    "lines",
    ["line", "title", "line_title", "runs_to", "widest", "caveats"],
    [
      ["searches.drugs", "Searches", "for drugs", "2018/19", "England", "POLICE_ACTIVITY"],
      ["deaths.all", "Deaths", "all", "2018", "Wales", "VINTAGE"],
    ],
  );
  const areas = table(
    "areas",
    ["line", "area", "runs_to"],
    [
      ["deaths.all", "Wales", "2017"],
      ["searches.drugs", "England", "2018/19"],
    ],
  );
  const known = published_lines(report([lines, areas]));
  expect(line_asked(known, "")?.name).toBe("deaths.all");
  expect(line_asked(known, "searches")?.name).toBe("searches.drugs");
  expect(line_asked(known, "", 2)).toBeNull();
  expect(known[1]?.areas).toEqual([{ name: "Wales", runs_to: "2017" }]);
  expect(face_of("Deaths", "2018")).toBe("Deaths – up to 2018");
  expect(series_of("deaths.all")).toBe("deaths");
});

test("of a measure drugs come first", () => {
  const category = (slug: string): { slug: string; words: string; first: string; last: string } => ({
    slug,
    words: slug,
    first: "2025-01",
    last: "2025-02",
  });
  const known = { categories: [category("burglary"), category("drugs")] } as Parameters<typeof category_asked>[0];
  expect(category_asked(known, "")).toBe("drugs");
  expect(category_asked(known, "burglary")).toBe("burglary");
});

test("a funnel is drawn by people, and not at all where areas may not be held against one another", () => {
  const columns = [
    "area",
    "people",
    "rate",
    "rate_low",
    "rate_high",
    "low_95",
    "high_95",
    "low_998",
    "high_998",
    "place",
  ];
  const rows: Table["rows"] = [
    ["Big", 900, 5, 4, 6, 3, 7, 2, 8, "within"],
    ["Small", 100, 20, 9, 30, 1, 15, 0, 19, "far above"],
  ];
  const points = funnel_points(table("places", columns, rows));
  expect(points.map((each) => [each.area, each.is_outside])).toEqual([
    ["Small", true],
    ["Big", false],
  ]);
  expect(
    funnel_points(
      table(
        "places",
        columns.slice(0, 5),
        rows.map((row) => row.slice(0, 5)),
      ),
    ),
  ).toEqual([]);
});

test("alerts can be narrowed to those that stand out and to those beyond the police's own work", () => {
  const alerts = table(
    "alerts",
    ["area", "adjusted", "police_only"],
    [
      ["A", "0.001", "yes"],
      ["B", "0.2", null],
      ["C", null, null],
    ],
  );
  const names = (show: Parameters<typeof alerts_shown>[1]): unknown[] =>
    alerts_shown(alerts, show).rows.map((row) => row[0]);
  expect(names("all")).toEqual(["A", "B", "C"]);
  expect(names("outstanding")).toEqual(["A"]);
  expect(names("not_police_alone")).toEqual(["B", "C"]);
});

test("a refusal is shown by its reason, without the name of its rule", () => {
  expect(is_refusal_note("activity_is_not_ranked: Areas may not be ranked.")).toBe(true);
  expect(is_refusal_note("POLICE_ACTIVITY: This shows what the police did.")).toBe(false);
  expect(is_refusal_note("Lines stand by name.")).toBe(false);
  expect(refusal_words("activity_is_not_ranked: Areas may not be ranked.")).toBe("Areas may not be ranked.");
});

test("rival readings stand side by side, and what is refused stands apart", () => {
  const columns = ["definition", "series", "area", "period", "value", "unit", "refused"];
  const values = table("values", columns, [
    ["a@1", "s.x", "England", "2018", 5, "death", null],
    ["a@1", "s.x", "England", "2017", 4, "death", null],
    ["b@1", "s.y", "England", "2018", 3, "death", null],
    ["c@1", "s.z", null, null, null, "death", "substances_are_not_summed: They may not be added up."],
  ]);
  const beside = side_by_side(values);
  expect(beside.columns.map((each) => each.heading)).toEqual(["Period", "a@1: death, England", "b@1: death, England"]);
  expect(beside.rows).toEqual([
    ["2017", 4, null],
    ["2018", 5, 3],
  ]);
  expect(not_given(values).rows.map((row) => row[0])).toEqual(["c@1"]);
});

test("a series that is not there is not another one", () => {
  const lines = table(
    "lines",
    ["line", "title", "line_title", "runs_to", "widest", "caveats"],
    [["deaths.all", "Deaths", "all", "2018", "Wales", "VINTAGE"]],
  );
  const areas = table("areas", ["line", "area", "runs_to"], [["deaths.all", "Wales", "2017"]]);
  const known = { lines: published_lines(report([lines, areas])), measures: [] };
  const asked = asked_of({ series: "deaths.al", measure: "", category: "", area: "" }, known);
  expect(query_of_line(asked)).toEqual({ series: "deaths.al" });
  expect(query_of_line(asked_of({ series: "", measure: "crime", category: "", area: "" }, known))).toEqual({
    measure: "crime",
  });
  const first = asked_of({ series: "", measure: "", category: "", area: "" }, known);
  expect(query_of_line(first)).toEqual({ series: "deaths.all", area: "Wales" });
  expect(face_of_asked_in_area(first)).toBe("Deaths, all, Wales – up to 2017");
});

test("a change of rates is told with the rate that it comes to, and no change is no fall", () => {
  const changes = (percent: number, rate: number | null): ReturnType<typeof table> =>
    table("changes", ["percent", "percent_low", "percent_high", "rate", "year_count"], [[percent, -8, 8, rate, 4312]]);
  const words = (found: ReturnType<typeof table>): string[] => {
    const row = found.rows[0] ?? [];
    return [change_words(found, row), level_words(found, row)];
  };
  expect(words(changes(-12.34, 53.1))).toEqual([
    "The rate fell by 12.3%",
    "53.1 for each 100\u202f000 residents (4312 in the last year)",
  ]);
  expect(words(changes(2, null))).toEqual(["The count rose by 2.0%", "4312 in the last year"]);
  expect(words(changes(-0.01, null))[0]).toBe("The count did not change");
});

test("of a note only what speaks of options is left out, and no order is offered where ranking is refused", () => {
  expect(without_options("The first 3 of 9 are shown. --rows shows more.")).toBe("The first 3 of 9 are shown.");
  expect(without_options("--output FILE writes all.")).toBe("");
  const of = (note: string): Report => ({
    ...report([]),
    sections: report([table("t", ["a"], [])]).sections.map((each) => ({ ...each, notes: [note] })),
  });
  expect(is_ranking_refused(of("activity_is_not_ranked: Areas may not be ranked."))).toBe(true);
  expect(is_ranking_refused(of("levels_are_not_compared: Definitions differ."))).toBe(true);
  expect(is_ranking_refused(of("latest_period_is_incomplete: Not complete."))).toBe(false);
});

import { expect, test } from "vitest";
import type { Column, Table, Value } from "../../api/types";
import { ratio_sentences, rows_of_ratios, year_to } from "./disparity_rows";
import { index_words, lines_of_index, lines_of_scores, link_words, parts_of_index, severity_words } from "./harm_rows";
import { average_words, rows_of_dependence, rows_of_estimates } from "./hidden_rows";
import { faults_of, rows_of_lags, shared_areas } from "./lag_rows";
import type { PublishedLine } from "./lines";
import { reading_words, rows_of_shares, sentence_case } from "./sentinel_rows";

function table_of(columns: readonly string[], rows: Value[][]): Table {
  const of = (name: string): Column => ({ name, heading: name, kind: "text" });
  return { name: "table", title: "", columns: columns.map(of), rows, empty_text: "" };
}

const k_index = table_of(
  ["period", "index", "low", "high", "constant_price"],
  [
    ["0", 100, 100, 100, 100],
    ["1", 107.17, 101.4, 113.6, null],
  ],
);

test("the index has a band, and what is not known breaks its line", () => {
  const { lines, periods, base } = lines_of_index(k_index);
  expect(periods).toEqual(["0", "1"]);
  expect(base).toBe(100);
  expect(lines[0]?.points[1]).toMatchObject({ value: 107.17, low: 101.4, high: 113.6 });
  expect(lines[1]?.points[1]).toMatchObject({ value: null, low: null });
  expect(index_words(k_index, "0")).toBe("107.2 in period 1, period 0 being 100 (95% interval 101.4 to 113.6)");
});

test("a link is split into volumes and unit costs", () => {
  const links = table_of(["from", "to", "volume", "price"], [["1", "2", -67_375_000, 65_725_000]]);
  expect(link_words(links)).toBe(
    "From 1 to 2 the value changed by −67.4 million pounds through volumes and by +65.7 million pounds through unit costs.",
  );
  const parts = table_of(["from", "to", "harm", "volume", "price"], [["0", "1", "death", 5, -3]]);
  expect(parts_of_index(parts)).toEqual([{ label: "death, 0 to 1", volume: 5, price: -3 }]);
});

test("the two scores are told beside one another, and not where there is one period", () => {
  const severity = table_of(
    ["period", "severity", "custody_days"],
    [
      ["2023", 200, 100],
      ["2024", 220, 94],
    ],
  );
  expect(severity_words(severity)).toMatch(/changed by \+10\.0% and the Cambridge Crime Harm Index by −6\.0%/);
  expect(severity_words({ ...severity, rows: severity.rows.slice(0, 1) })).toBeNull();
});

test("of published scores the total is drawn", () => {
  const published = table_of(
    ["year_ending", "offence_group", "score"],
    [
      ["2003-03-31", "Total recorded crime", 15.89],
      ["2003-03-31", "Robbery", 1],
    ],
  );
  expect(lines_of_scores(published).lines[0]?.points.map((point) => point.value)).toEqual([15.89]);
});

test("estimates stand against what was seen, and an average to three figures", () => {
  const estimates = table_of(
    ["method", "estimate", "low", "high"],
    [
      ["main effects", 12214, 10988.8, 13621.3],
      ["averaged by BIC", 12248, 10271.6, 14861.5],
    ],
  );
  const drawn = rows_of_estimates(estimates, 2744);
  expect(drawn.references[0]?.value).toBe(2744);
  expect(drawn.rows[0]).toMatchObject({ value: 12214, low: 10988.8, high: 13621.3 });
  expect(average_words(estimates)).toMatch(/^About 12\s200 in all \(95% interval 10\s300 to 14\s900\)$/u);
  expect(average_words({ ...estimates, rows: estimates.rows.slice(0, 1) })).toBeNull();
});

test("the pair of lists that matters most stands first, and a pair without estimates is left out", () => {
  const dependence = table_of(
    ["pair", "odds_0_25", "odds_0_5", "odds_1", "odds_2"],
    [
      ["a:b", 1, 90, 100, 120],
      ["a:c", 1, 50, 100, 300],
      ["b:c", 1, null, null, null],
    ],
  );
  const { rows } = rows_of_dependence(dependence, 100);
  expect(rows.map((row) => [row.label, row.low, row.high])).toEqual([
    ["a:c", 50, 300],
    ["a:b", 90, 120],
  ]);
});

test("shares have their exact intervals, and capitals are put down", () => {
  const shares = table_of(
    ["share", "window", "percent", "low", "high"],
    [["TRAFFICKING OF DRUGS among both", "before", 10.8, 10.5, 11.1]],
  );
  expect(rows_of_shares(shares).rows[0]).toMatchObject({
    label: "before: trafficking of drugs among both",
    low: 10.5,
    high: 11.1,
  });
  expect(reading_words("DRUG SUPPLY went from 5,100 to 22,245.")).toMatch(/^Drug supply went from 5100 to 22\s245\.$/u);
  expect(sentence_case("A pattern of Kent")).toBe("A pattern of Kent");
});

test("a group without a figure is no row, nor is the one that others are held against", () => {
  const ratios = table_of(
    ["group", "risk_ratio", "risk_low", "risk_high"],
    [
      ["White", 1, null, null],
      ["Black", 2.345, 2.1, 2.6],
      ["Mixed", null, null, null],
    ],
  );
  expect(rows_of_ratios(ratios, "White").rows.map((row) => row.label)).toEqual(["Black"]);
  expect(ratio_sentences(ratios, "White")).toEqual(["Black: 2.3 times as often as White (95% interval 2.1 to 2.6)."]);
  expect(year_to("2021-06")).toEqual({ from: "2020-07", to: "2021-06" });
});

test("nothing is looked at before it is declared", () => {
  expect(faults_of({ low: "0", high: "2", hypothesis: "more, more" })).toEqual([]);
  expect(faults_of({ low: "0", high: "2", hypothesis: " " }).map((each) => each.id)).toEqual(["lag-hypothesis"]);
  expect(faults_of({ low: "3", high: "2", hypothesis: "x" })[0]?.words).toBe("The window ends before it begins");
  expect(faults_of({ low: "a", high: "1.5", hypothesis: "x" }).map((each) => each.id)).toEqual(["lag-low", "lag-high"]);
});

test("lags are told in periods, and what no such series could show is not drawn as if it could", () => {
  const lags = table_of(
    ["lag", "correlation", "pairs", "p_alone", "p_all"],
    [
      [0, 0.4, 20, "0.1", "0.2"],
      [1, -0.2, 19, "0.4", "0.6"],
    ],
  );
  expect(rows_of_lags(lags, 0.6).rows.map((row) => row.label)).toEqual(["in the same period", "1 period earlier"]);
  expect(rows_of_lags(lags, 0.6).references.map((each) => each.value)).toEqual([-0.6, 0, 0.6]);
  expect(rows_of_lags(lags, 1).references.map((each) => each.value)).toEqual([0]);
});

test("areas that both lines have are offered, and no others", () => {
  const line = (names: string[]): PublishedLine => ({
    name: "a.b",
    series: "A",
    title: "B",
    runs_to: "2020",
    widest: "",
    areas: names.map((name) => ({ name, runs_to: "2020" })),
    is_police_activity: false,
  });
  expect(shared_areas(line(["England", "Kent"]), line(["Kent", "Essex"]))).toEqual(["Kent"]);
  expect(shared_areas(undefined, line(["Kent"]))).toEqual([]);
});

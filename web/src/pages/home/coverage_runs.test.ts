import { expect, test } from "vitest";
import type { Table } from "../../api/types";
import { finding_in } from "./finding";
import { runs_of, runs_table, strip_words, strips_of } from "./coverage_runs";

const k_table: Table = {
  name: "coverage-street-crime",
  title: "",
  empty_text: "",
  columns: [
    { name: "area", heading: "Area", kind: "text" },
    { name: "area_code", heading: "Code", kind: "id" },
    ...["2025-01", "2025-02", "2025-03", "2025-04"].map((month) => ({
      name: month,
      heading: month,
      kind: "text" as const,
    })),
  ],
  rows: [["Essex", "E23000028", "received", "received", "absent", "corrected"]],
};

test("months of one state that follow each other are one run", () => {
  expect(runs_of(["2025-01", "2025-02", "2025-03"], ["received", "received", "absent"])).toEqual([
    { state: "received", first: "2025-01", last: "2025-02", at: 0, months: 2 },
    { state: "absent", first: "2025-03", last: "2025-03", at: 2, months: 1 },
  ]);
});

test("a strip is told in words to those who do not see it", () => {
  expect(strips_of(k_table).map(strip_words)).toEqual([
    "Essex: received Jan–Feb 2025; absent Mar 2025; corrected Apr 2025",
  ]);
});

test("the table of a strip has every month of the picture once", () => {
  const counts = runs_table(k_table).rows.map((row) => Number(row[3]));
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(4);
});

test("a state that is not known is drawn as absent and never as received", () => {
  const odd = { ...k_table, rows: [["Essex", "E23000028", "received", null, "something", "received"]] };
  expect(strips_of(odd)[0]?.runs.map((run) => run.state)).toEqual(["received", "absent", "received"]);
});

test("a finding begins with its source", () => {
  expect(finding_in("police-uk-street: 3 of 45 months are absent")).toEqual({
    source: "police-uk-street",
    words: "3 of 45 months are absent",
  });
  expect(finding_in("Nothing of this: kind")).toEqual({ source: null, words: "Nothing of this: kind" });
});

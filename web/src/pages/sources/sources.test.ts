import { expect, test } from "vitest";
import type { Problem, Report } from "../../api/types";
import { faults_in, place_of_line } from "./mapping_faults";
import { groups_of } from "./source_groups";

const k_columns = ["extract", "rows", "rejected", "state", "source", "coverage", "file", "received"];
const k_report: Report = {
  verb: "records",
  outcome: "done",
  sections: [
    {
      name: "extracts",
      title: "",
      facts: [],
      notes: [],
      commands: [],
      verbatim: "",
      tables: [
        {
          name: "extracts",
          title: "",
          empty_text: "",
          columns: k_columns.map((name) => ({ name, heading: name, kind: "text" })),
          rows: [
            ["aaaaaaaaaaaaaaaa", 10, 1, "stands", "police-uk-street 1", "Essex Police 2025-01", "a.csv", "2026-11-20"],
            [
              "bbbbbbbbbbbbbbbb",
              20,
              2,
              "superseded",
              "police-uk-street 1",
              "Kent Police 2025-01",
              "b.csv",
              "2026-11-22",
            ],
            ["cccccccccccccccc", 30, 0, "stands", "borough-counts 2", "all", "c.xlsx", "2026-11-21"],
          ],
        },
      ],
    },
  ],
};
const k_all = { source: "", find: "", state: "" };

test("extracts stand by source, the source with the newest first", () => {
  const groups = groups_of(k_report, k_all);
  expect(groups.map((group) => group.source)).toEqual(["police-uk-street", "borough-counts"]);
  expect(groups[0]?.extracts.rows[0]?.[0]).toBe("bbbbbbbbbbbbbbbb");
});

test("rows of an extract that no longer stands are not counted", () => {
  expect(groups_of(k_report, k_all)[0]).toMatchObject({ rows: 10, rejected: 1 });
});

test("a filter finds by file, force or month whatever the letters", () => {
  expect(groups_of(k_report, { ...k_all, find: "ESSEX" })[0]?.extracts.rows.length).toBe(1);
  expect(groups_of(k_report, { ...k_all, state: "superseded" })[0]?.extracts.rows[0]?.[0]).toBe("bbbbbbbbbbbbbbbb");
  expect(groups_of(k_report, { ...k_all, find: "nowhere" })).toEqual([]);
});

test("each fault of a mapping is told at its line", () => {
  const problem: Problem = {
    type: "",
    title: "line 3: “colum” is not a key; did you mean “column”?; line 12: no field of that name",
    status: 400,
    code: "mapping_faulty",
    where: "",
    remedy: "",
  };
  expect(faults_in(problem)).toEqual([
    { line: 3, what: "“colum” is not a key; did you mean “column”?" },
    { line: 12, what: "no field of that name" },
  ]);
});

test("a line is found where it stands, and past the end is the end", () => {
  expect(place_of_line("ab\ncd\ne", 2)).toEqual({ start: 3, end: 5 });
  expect(place_of_line("ab", 9)).toEqual({ start: 2, end: 2 });
});

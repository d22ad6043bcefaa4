import { expect, test } from "vitest";
import type { Problem } from "../../api/types";
import { rule_in } from "../../parts/refused";
import { without_empty_columns } from "./entries_columns";
import { by_agency, people_in } from "./people_table";

test("roles are read from their words, and none is none", () => {
  const columns = ["account", "person", "agency", "roles"].map((name) => ({
    name,
    heading: name,
    kind: "text" as const,
  }));
  const rows = [
    ["acole", "A. Cole", "Kent", "analyst, auditor"],
    ["bdee", "B. Dee", "Essex", null],
  ];
  const people = people_in({
    verb: "accounts",
    outcome: "done",
    sections: [
      {
        name: "accounts",
        title: "",
        facts: [],
        notes: [],
        commands: [],
        verbatim: "",
        tables: [{ name: "accounts", title: "", columns, rows, empty_text: "" }],
      },
    ],
  });
  expect(people.map((each) => each.roles)).toEqual([["analyst", "auditor"], []]);
  expect(by_agency(people).map(([agency]) => agency)).toEqual(["Essex", "Kent"]);
});

test("a column in which nothing stands is left out, with its cells", () => {
  const table = without_empty_columns({
    name: "entries",
    title: "",
    empty_text: "",
    columns: [
      { name: "entry", heading: "Entry", kind: "number" },
      { name: "reason", heading: "Reason", kind: "text" },
      { name: "rule", heading: "Rule", kind: "number" },
    ],
    rows: [
      [1, null, 0],
      [0, null, null],
    ],
  });
  expect(table.columns.map((column) => column.name)).toEqual(["entry", "rule"]);
  expect(table.rows).toEqual([
    [1, 0],
    [0, null],
  ]);
});

test("the rule that refused is read from the refusal", () => {
  const problem = (title: string): Problem => ({
    type: "",
    title,
    status: 403,
    code: "refused",
    where: "",
    remedy: "",
  });
  expect(rule_in(problem("An analyst does not read the log (rule 205)"))).toBe(205);
  expect(rule_in(problem("Refused"))).toBeNull();
});

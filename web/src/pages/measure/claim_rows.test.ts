import { expect, test } from "vitest";
import type { Table } from "../../api/types";
import { statuses_in, with_status } from "./claim_rows";

const k_table: Table = {
  name: "rows",
  title: "Figures",
  columns: [
    { name: "series", heading: "Figure of", kind: "text" },
    { name: "status", heading: "Status", kind: "text" },
  ],
  rows: [
    ["arrests", "holds"],
    ["searches", "holds on another basis"],
    ["deaths", "holds"],
  ],
  empty_text: "None.",
};

test("the statuses are listed once, as they first come", () => {
  expect(statuses_in(k_table)).toEqual(["holds", "holds on another basis"]);
});

test("a status keeps its rows alone, and none keeps all", () => {
  expect(with_status(k_table, "holds").rows.map((row) => row[0])).toEqual(["arrests", "deaths"]);
  expect(with_status(k_table, "").rows).toHaveLength(3);
  expect(with_status(k_table, "conflicts").rows).toHaveLength(0);
});

import { describe, expect, test } from "vitest";
import type { Report, Value } from "../api/types";
import { caveat_of_note } from "./caveat_chips";
import { ordered } from "./data_table";
import { download_address } from "./download_links";
import { entries_in, without_name } from "./trace_panel";
import { trace_kind } from "./trace_link";
import { value_words } from "./value";

describe("tables", () => {
  const rows: Value[][] = [
    ["b 10", 3],
    ["b 9", null],
    ["a", { value: 3.5, decimals: 1 }],
  ];
  test("numbers are ordered as numbers, and what is not known stands last either way", () => {
    expect(ordered(rows, { column: 1, is_falling: false }).map((row) => row[0])).toEqual(["b 10", "a", "b 9"]);
    expect(ordered(rows, { column: 1, is_falling: true }).map((row) => row[0])).toEqual(["a", "b 10", "b 9"]);
  });
  test("numbers inside words are ordered as numbers", () => {
    expect(ordered(rows, { column: 0, is_falling: false }).map((row) => row[0])).toEqual(["a", "b 9", "b 10"]);
  });
  test("without an order the rows stand as they came", () => {
    expect(ordered(rows, null)).toBe(rows);
  });
  test("nothing known is never shown as nought", () => {
    expect(value_words(null)).toBe("–");
    expect(value_words(0)).toBe("0");
    expect(value_words({ value: 2, decimals: 1 })).toBe("2.0");
  });
  test("a download asks the same question in another format", () => {
    expect(download_address("/api/series?measure=crimes&area=A&area=B", "csv")).toBe(
      "/api/series?measure=crimes&area=A&area=B&format=csv",
    );
    expect(download_address("/api/extracts", "xlsx", "extracts")).toBe("/api/extracts?table=extracts&format=xlsx");
  });
});

describe("traces", () => {
  test("figures, extracts and records are known by the shape of their names", () => {
    expect(trace_kind("crimes/drugs/E06000033/2025-01..2025-09")).toBe("figure");
    expect(trace_kind("crimes/drugs/E23000028/2025-03@2026-11-22")).toBe("figure");
    expect(trace_kind("459a53f47a1fc55b")).toBe("extract");
    expect(trace_kind("459a53f47a1fc55b:1831032")).toBe("record");
    expect(trace_kind("Southend-on-Sea")).toBeNull();
    expect(trace_kind("and/or")).toBeNull();
  });
  test("the entries that a trace names are found in its facts and its tables, each once", () => {
    const section = {
      name: "",
      title: "",
      facts: [{ name: "entry", label: "Entry", value: 33 }],
      notes: [],
      commands: [],
      verbatim: "",
    };
    const table = {
      name: "extracts",
      title: "",
      columns: [{ name: "entry", heading: "Entry", kind: "number" as const }],
      rows: [[33], [34], [null]],
      empty_text: "",
    };
    const report: Report = { verb: "trace", outcome: "done", sections: [{ ...section, tables: [table] }] };
    expect(entries_in(report)).toEqual(["33", "34"]);
  });
  test("the name of what is traced is not said again below its own line", () => {
    const name = "crimes/drugs/E07000069/2025-03";
    const told = (title: string, label: string, of: string): Report => ({
      verb: "trace",
      outcome: "done",
      sections: [
        {
          name: "figure",
          title,
          facts: [
            { name: "cell", label, value: of },
            { name: "count", label: "Count", value: 3 },
          ],
          tables: [],
          notes: [],
          commands: [],
          verbatim: "",
        },
      ],
    });
    const figure = without_name(told(name, "Figure", name), name).sections[0];
    expect(figure?.title).toBe("");
    expect(figure?.facts.map((fact) => fact.label)).toEqual(["Count"]);
    const extract = "86e6df89b5d44880";
    expect(without_name(told(`Extract ${extract}`, "Extract", extract), extract).sections[0]?.title).toBe("");
    expect(without_name(told("What it rests on", "Rows", "7"), name).sections[0]?.title).toBe("What it rests on");
  });
});

describe("caveats", () => {
  test("a note that begins with a code is a caveat, and another is not", () => {
    expect(caveat_of_note("COVERAGE: Only part of it. Here: Essex.")?.code).toBe("COVERAGE");
    expect(caveat_of_note("These are the records that were received: not a figure.")).toBeNull();
  });
});

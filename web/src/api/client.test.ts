import { describe, expect, test } from "vitest";
import { address_of, is_seen_as_of, problem_of, ProblemError } from "./client";

describe("what is asked", () => {
  test("lists are repeated and what is not known is left out", () => {
    expect(
      address_of("/api/series", {
        query: { measure: "crimes", area: ["E06000033", "E06000034"], category: undefined, from: "" },
      }),
    ).toBe("/api/series?measure=crimes&area=E06000033&area=E06000034");
  });
  test("the parts of a path are escaped", () => {
    expect(address_of("/api/records/{record}", { path: { record: "86e6df89b5d44880:56/09" } })).toBe(
      "/api/records/86e6df89b5d44880%3A56%2F09",
    );
  });
  test("the log is not asked as of a day, the figures are", () => {
    expect(is_seen_as_of("/api/log")).toBe(false);
    expect(is_seen_as_of("/api/series")).toBe(true);
  });
  test("a failure on the way is a problem with a remedy too", () => {
    expect(problem_of(new TypeError("fetch failed")).remedy).toContain("throughline serve");
    const problem = { type: "urn:throughline:problem:x", title: "T", status: 404, code: "x", where: "", remedy: "" };
    expect(problem_of(new ProblemError(problem))).toBe(problem);
  });
});

import { describe, expect, test } from "vitest";
import { keeping_as_of, query_text, with_query } from "./address";

describe("the address", () => {
  test("a change of one name leaves the others, and nothing takes it out", () => {
    const address = { path: "/measure", query: new URLSearchParams("area=E06000033&area=E06000034&look=table") };
    expect(with_query(address, { look: null })).toBe("/measure?area=E06000033&area=E06000034");
    expect(with_query(address, { trace: "crimes/drugs/E06000033/2025-03" })).toBe(
      "/measure?area=E06000033&area=E06000034&look=table&trace=crimes/drugs/E06000033/2025-03",
    );
  });
  test("a link keeps the date as of which all is seen, unless it names its own", () => {
    expect(keeping_as_of("/govern/log/33", "2026-11-22")).toBe("/govern/log/33?as_of=2026-11-22");
    expect(keeping_as_of("/measure?as_of=2026-01-01#chart", "2026-11-22")).toBe("/measure?as_of=2026-01-01#chart");
    expect(keeping_as_of("/api/series", "2026-11-22")).toBe("/api/series");
    expect(keeping_as_of("/sources", null)).toBe("/sources");
  });
  test("an empty query leaves no question mark", () => {
    expect(query_text(new URLSearchParams())).toBe("");
  });
});

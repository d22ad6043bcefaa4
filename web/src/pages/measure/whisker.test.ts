import { expect, test } from "vitest";
import { whisker_of } from "./whisker";

test("a whisker stands about nought, and what lies beyond the line stands at its edge", () => {
  const drawn = whisker_of(-20, 10, -5);
  expect(drawn.nought).toBe(60);
  expect(drawn.low).toBeLessThan(drawn.at);
  expect(drawn.at).toBeLessThan(drawn.nought);
  expect(drawn.high).toBeGreaterThan(drawn.nought);
  expect(whisker_of(-900, 900, 900)).toEqual({ low: 4, high: 116, at: 116, nought: 60 });
});

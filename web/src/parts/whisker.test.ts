import { expect, test } from "vitest";
import { whisker_places } from "./whisker_places";

test("a whisker stands about nought, and what lies beyond the scale stands at its edge and says so", () => {
  const scale = { from: -60, to: 60 };
  const drawn = whisker_places(-20, 10, -5, scale);
  expect(drawn.nought).toBe(50);
  expect(drawn.low.at).toBeLessThan(drawn.middle);
  expect(drawn.middle).toBeLessThan(drawn.nought);
  expect(drawn.high.at).toBeGreaterThan(drawn.nought);
  expect(drawn.low.is_out || drawn.high.is_out).toBe(false);
  expect(whisker_places(-900, 900, 900, scale)).toEqual({
    low: { at: 2, is_out: true },
    high: { at: 98, is_out: true },
    middle: 98,
    nought: 50,
  });
});

test("a whisker of what is never below nought begins there", () => {
  expect(whisker_places(0, 10, 5, { from: 0, to: 10 })).toMatchObject({ middle: 50, nought: 2 });
});

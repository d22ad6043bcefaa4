import { describe, expect, test } from "vitest";
import { byte_words, count_words, number_words, signed_words, with_thin_spaces } from "./numbers";

describe("numbers in words", () => {
  test("from five digits on, thousands stand apart by a thin space", () => {
    expect(number_words(4640)).toBe("4640");
    expect(number_words(12345)).toBe("12\u202f345");
    expect(number_words(1234567.25, 1)).toBe("1\u202f234\u202f567.3");
  });
  test("a minus is a true minus, and a nought has none", () => {
    expect(number_words(-3.25, 1)).toBe("\u22123.3");
    expect(number_words(-0.01, 1)).toBe("0.0");
  });
  test("a difference shows which way it goes", () => {
    expect(signed_words(2, 1)).toBe("+2.0");
    expect(signed_words(-2)).toBe("\u22122");
    expect(signed_words(0)).toBe("0");
  });
  test("one is one and the rest are many", () => {
    expect(count_words(1, "row")).toBe("1 row");
    expect(count_words(0, "row")).toBe("0 rows");
    expect(count_words(2, "search", "searches")).toBe("2 searches");
  });
  test("bytes are said in the unit that fits", () => {
    expect(byte_words(999)).toBe("999 bytes");
    expect(byte_words(1500)).toBe("1.5 kB");
    expect(byte_words(64_000_000)).toBe("64.0 MB");
  });
  test("the commas of the program's sentences become thin spaces, and those between words stay", () => {
    expect(with_thin_spaces("Essex: 12,345 offences, 4,640 of them in 2025, for every 100,000 residents")).toBe(
      "Essex: 12\u202f345 offences, 4640 of them in 2025, for every 100\u202f000 residents",
    );
  });
});

import { describe, expect, test } from "vitest";
import {
  day_words,
  instant_words,
  month_number,
  month_text,
  month_words,
  months_between,
  sentence_with_dates,
  span_words,
  with_dates_in_words,
} from "./dates";

describe("dates in words", () => {
  test("days and months are short and British", () => {
    expect(day_words("2026-11-22")).toBe("22 Nov 2026");
    expect(day_words("2026-01-02")).toBe("2 Jan 2026");
    expect(month_words("2025-01")).toBe("Jan 2025");
  });
  test("a span says its year once where it has one year", () => {
    expect(span_words("2025-01", "2025-09")).toBe("Jan–Sep 2025");
    expect(span_words("2024-11", "2025-02")).toBe("Nov 2024 – Feb 2025");
    expect(span_words("2025-03", "2025-03")).toBe("Mar 2025");
  });
  test("months are counted over the turn of a year", () => {
    expect(months_between("2024-11", "2025-02")).toEqual(["2024-11", "2024-12", "2025-01", "2025-02"]);
    expect(months_between("2025-02", "2025-01")).toEqual([]);
    expect(month_text((month_number("2025-01") ?? 0) - 1)).toBe("2024-12");
    expect(month_number("2025-13")).toBeNull();
  });
  test("an instant is said by the clocks of the United Kingdom, in winter and in summer", () => {
    expect(instant_words("2026-11-24T14:33:04.851512Z")).toBe("24 Nov 2026, 14:33:04 GMT");
    expect(instant_words("2026-07-01T23:30:00Z")).toBe("2 Jul 2026, 00:30:00 BST");
  });
  test("days and months inside a sentence are put in words, and inside a name they are not", () => {
    expect(sentence_with_dates("45 extracts, received 2026-11-24")).toBe("45 extracts, received 24 Nov 2026");
    expect(sentence_with_dates("Nothing was received for 2024-01 to 2024-09.")).toBe(
      "Nothing was received for Jan–Sep 2024.",
    );
    expect(sentence_with_dates("2025-03: 9 records have no place")).toBe("Mar 2025: 9 records have no place");
    expect(sentence_with_dates("in 2025-03-essex-street.csv.gz and crimes/drugs/E06000033/2025-03")).toBe(
      "in 2025-03-essex-street.csv.gz and crimes/drugs/E06000033/2025-03",
    );
  });
  test("only a text that is a date and nothing else is put in words", () => {
    expect(with_dates_in_words("2025-01..2025-09")).toBe("Jan–Sep 2025");
    expect(with_dates_in_words("2025-03-essex-street.csv.gz")).toBe("2025-03-essex-street.csv.gz");
  });
});

// The answer of the sentinel as a picture and choices.
import type { Report, Table } from "../../api/types";
import { number_words, with_thin_spaces } from "../../format/numbers";
import { number_at, table_in, text_at } from "../../parts/report_parts";
import type { PlotRows } from "./plot_rows";

// Each share in the earlier and in the later window, with its exact interval.
export function rows_of_shares(shares: Table): PlotRows {
  return {
    rows: shares.rows.map((row) => {
      const label = `${text_at(shares, row, "window")}: ${sentence_case(text_at(shares, row, "share"))}`;
      const [value, low, high] = [
        number_at(shares, row, "percent"),
        number_at(shares, row, "low"),
        number_at(shares, row, "high"),
      ];
      const words = `${label}: ${number_words(value, 1)}% (${number_words(low, 1)} to ${number_words(high, 1)})`;
      return { label, value, low, high, words };
    }),
    references: [],
    has_nought: true,
    decimals: 0,
  };
}

// Categories that are published in capitals are read more easily in small letters.
export function sentence_case(text: string): string {
  return text.replace(/\b[A-Z]{2,}(?: [A-Z]{2,})*\b/g, (words) => words.toLowerCase());
}

// What is seen, as a sentence of a page: a capital at its beginning alone, numbers grouped as these pages group them.
export function reading_words(text: string): string {
  return with_thin_spaces(sentence_case(text)).replace(/^./, (letter) => letter.toUpperCase());
}

// How many patterns are to be looked into, of how many that were looked for.
export function pattern_counts(report: Report): { found: number; all: number } {
  const patterns = table_in(report, "patterns");
  if (patterns === null) return { found: 0, all: 0 };
  const found = patterns.rows.filter((row) => text_at(patterns, row, "is_flagged") === "yes").length;
  return { found, all: patterns.rows.length };
}

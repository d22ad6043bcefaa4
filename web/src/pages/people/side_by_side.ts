// A person's records beside each other, with what differs from the others marked.
import type { Table } from "../../api/types";
import { text_at } from "../../parts/report_parts";

export interface Cell {
  text: string;
  differs: boolean; // From what most of the others say of the same.
}

export interface Line {
  column: string;
  heading: string;
  cells: Cell[];
}

function plain(text: string): string {
  return text.toLocaleLowerCase("en-GB").replace(/[^\p{L}\p{N}]/gu, "");
}

// What most say; of several that are said equally often, the first.
export function usual_of(texts: readonly string[]): string {
  const said = texts.map(plain).filter((text) => text !== "");
  const times = (text: string): number => said.filter((each) => each === text).length;
  return said.reduce((best, text) => (times(text) > times(best) ? text : best), said[0] ?? "");
}

// One line a column of the table, in which every record has a cell; lines that say nothing are left out.
export function lines_of(table: Table, columns: readonly string[], compared: ReadonlySet<string>): Line[] {
  return columns.flatMap((name) => {
    const column = table.columns.find((each) => each.name === name);
    if (column === undefined) return [];
    const texts = table.rows.map((row) => text_at(table, row, name));
    if (texts.every((text) => text === "")) return [];
    const usual = usual_of(texts);
    const cells = texts.map((text) => ({
      text,
      differs: compared.has(name) && text !== "" && plain(text) !== usual,
    }));
    return [{ column: name, heading: column.heading, cells }];
  });
}

// What holds a person's records together: of all their links the fewest and strongest that join them.
import type { Table } from "../../api/types";
import { text_at } from "../../parts/report_parts";

export interface LinkShown {
  one: string;
  other: string;
  probability: string; // As the program says it: "0.9731", "above 0.9999".
  how_sure: string;
}

export function links_in(table: Table): LinkShown[] {
  return table.rows.map((row) => ({
    one: text_at(table, row, "one"),
    other: text_at(table, row, "other"),
    probability: text_at(table, row, "probability"),
    how_sure: text_at(table, row, "how_sure"),
  }));
}

export function strength_of(link: LinkShown): number {
  if (link.how_sure.startsWith("judged")) return 2; // People said so: stronger than any likelihood.
  const said = Number(link.probability.replace(/^(above|below) /, ""));
  return Number.isFinite(said) ? said : 0;
}

export interface Holding {
  path: LinkShown[]; // The strongest first.
  parts: number; // Into how many parts the records fall by what can be shown.
}

// The strongest spanning tree, as Kruskal finds it; equal links in the order of the table.
export function holding_of(records: readonly string[], links: readonly LinkShown[]): Holding {
  const part = new Map(records.map((record) => [record, record]));
  const root = (record: string): string => {
    const above = part.get(record) ?? record;
    return above === record ? record : root(above);
  };
  const path: LinkShown[] = [];
  for (const link of links.toSorted((a, b) => strength_of(b) - strength_of(a))) {
    const [one, other] = [root(link.one), root(link.other)];
    if (one === other) continue;
    part.set(one, other);
    path.push(link);
  }
  return { path, parts: new Set(records.map(root)).size };
}

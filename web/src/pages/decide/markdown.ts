// As much of Markdown as the model's description is written in: headings, paragraphs, lists, tables, code and bold.
export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; is_numbered: boolean; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] };

export interface Span {
  kind: "text" | "code" | "bold";
  text: string;
}

function cells_of(line: string): string[] {
  return line
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split("|")
    .map((cell) => cell.trim());
}

function table_of(lines: readonly string[]): Block {
  const [head = "", , ...rows] = lines;
  return { kind: "table", head: cells_of(head), rows: rows.map(cells_of) };
}

function block_of(lines: readonly string[]): Block {
  const first = lines[0] ?? "";
  const heading = /^(#{1,4}) (.*)$/.exec(first);
  if (heading !== null) return { kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" };
  if (first.startsWith("|")) return table_of(lines);
  const mark = /^(- |\d+\. )/;
  if (mark.test(first)) {
    const items = lines.map((line) => line.replace(mark, ""));
    return { kind: "list", is_numbered: /^\d/.test(first), items };
  }
  return { kind: "paragraph", text: lines.join(" ") };
}

export function blocks_of(markdown: string): Block[] {
  return markdown
    .split(/\n{2,}/)
    .map((part) => part.split("\n").filter((line) => line.trim() !== ""))
    .filter((lines) => lines.length > 0)
    .map(block_of);
}

export function spans_of(text: string): Span[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part.startsWith("`") && part.length > 1) return { kind: "code", text: part.slice(1, -1) };
      if (part.startsWith("**") && part.length > 4) return { kind: "bold", text: part.slice(2, -2) };
      return { kind: "text", text: part };
    });
}

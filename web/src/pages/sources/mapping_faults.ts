import type { Problem } from "../../api/types";

export interface MappingFault {
  line: number; // From 1.
  what: string;
}

// "line 3: …; line 7: …": the faults of a mapping, each at its line.
export function faults_in(problem: Problem): MappingFault[] {
  return problem.title.split(/; (?=line \d+: )/).flatMap((part) => {
    const found = /^line (\d+): (.+)$/s.exec(part);
    return found === null ? [] : [{ line: Number(found[1]), what: found[2] ?? "" }];
  });
}

// Where a line of a text begins and ends, in letters.
export function place_of_line(text: string, line: number): { start: number; end: number } {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return { start: Math.min(start, text.length), end: Math.min(start + (lines[line - 1]?.length ?? 0), text.length) };
}

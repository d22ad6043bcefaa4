// The name that somebody meant who misspelt one.
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

// The name itself, whatever its capitals and spaces; null where there is none such.
export function same_name(typed: string, known: readonly string[]): string | null {
  const text = plain(typed);
  return known.find((name) => plain(name) === text) ?? null;
}

// At most a third of its letters away, or beginning with what was typed.
export function nearest_name(typed: string, known: readonly string[]): string | null {
  const text = plain(typed);
  if (text === "") return null;
  const begun = known.find((name) => plain(name).startsWith(text));
  let best: { name: string; away: number } | null = null;
  for (const name of known) {
    const away = distance(text, plain(name));
    if (best === null || away < best.away) best = { name, away };
  }
  if (best !== null && best.away <= Math.max(1, Math.floor(text.length / 3))) return best.name;
  return begun ?? null;
}

export interface Finding {
  source: string | null;
  words: string;
}

// "police-uk-street: 3 of 45 months are absent …": a finding begins with the source in which it was made.
export function finding_in(note: string): Finding {
  const parts = /^([a-z0-9]+(?:-[a-z0-9]+)*): (.+)$/s.exec(note);
  return parts === null ? { source: null, words: note } : { source: parts[1] ?? null, words: parts[2] ?? "" };
}

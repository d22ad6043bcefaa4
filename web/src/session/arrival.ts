// What a one-time link or an invitation brings: "/sign-in#link=…". The secret leaves the address bar, and with it the history,
// before anything is drawn.
export interface Arrival {
  kind: "link" | "invitation";
  token: string;
}

export function arrival_in(hash: string): Arrival | null {
  const parts = /^#(link|invitation)=([A-Za-z0-9_-]{1,200})$/.exec(hash);
  if (parts === null) return null;
  return { kind: parts[1] === "link" ? "link" : "invitation", token: parts[2] ?? "" };
}

let held: Arrival | null = null;
const listeners = new Set<() => void>();

function take_from_address(): void {
  if (location.pathname !== "/sign-in") return;
  const found = arrival_in(location.hash);
  if (found === null) return;
  held = found;
  history.replaceState(history.state, "", location.pathname + location.search);
  for (const listener of listeners) listener();
}

export function watch_arrivals(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

// Gives it once: it works once.
export function take_arrival(): Arrival | null {
  const found = held;
  held = null;
  return found;
}

// A link that is pasted where this page stands open already changes only what follows the #.
export function begin_arrivals(): void {
  take_from_address();
  addEventListener("hashchange", take_from_address);
}

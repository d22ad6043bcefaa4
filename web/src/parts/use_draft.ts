import { useEffect, useRef, useState } from "preact/hooks";
import { ask, problem_of } from "../api/client";

export interface DraftHeld {
  text: string | null; // Null until it is known whether there is one; "" where there is none.
  state: string; // For people: "Kept 14:33".
  write: (text: string) => void;
  remove: () => void;
}

const k_pause_ms = 800;
const k_clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

// What somebody is writing, kept on the server as they write, so that neither a time-out nor a closed tab loses it.
export function useDraft(name: string | null): DraftHeld {
  const [text, setText] = useState<string | null>(null);
  const [state, setState] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    setText(null);
    if (name === null) return undefined;
    let is_left = false;
    ask("get", "/api/drafts/{draft}", { path: { draft: name } })
      .then((draft) => {
        if (is_left) return;
        setText(draft.text);
        setState(`Your draft of ${k_clock.format(new Date(draft.kept_at))}`);
      })
      .catch(() => {
        if (!is_left) setText("");
      });
    return () => {
      is_left = true;
    };
  }, [name]);
  const keep = (next: string): void => {
    if (name === null) return;
    ask("put", "/api/drafts/{draft}", { path: { draft: name }, body: { text: next } })
      .then((draft) => setState(`Draft kept ${k_clock.format(new Date(draft.kept_at))}`))
      .catch((error: unknown) => setState(`The draft was not kept: ${problem_of(error).title}`));
  };
  const write = (next: string): void => {
    setText(next);
    setState("Keeping the draft…");
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => keep(next), k_pause_ms);
  };
  const remove = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    setState("");
    if (name !== null) void ask("delete", "/api/drafts/{draft}", { path: { draft: name } }).catch(() => undefined);
  };
  return { text, state, write, remove };
}

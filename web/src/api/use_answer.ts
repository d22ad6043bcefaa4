import { useEffect, useRef, useState } from "preact/hooks";
import { useAddress } from "../address/address";
import { address_of, ask, is_seen_as_of, problem_of, type Asking } from "./client";
import type { AnswerOf, PathsOf, Problem } from "./types";

// The last answer stays in sight while the next is on its way, so that a page does not jump.
export interface Answered<Body> {
  body: Body | null;
  problem: Problem | null;
  is_asking: boolean;
  // The address that was asked, with its as-of date: downloads hang on it.
  address: string;
  again: () => void;
}

// Asks while the component is shown, again when the question or the date as of which all is seen changes. No question: null.
export function useAnswer<P extends PathsOf<"get">>(
  path: P | null,
  asking: Asking<"get", P> = {},
): Answered<AnswerOf<"get", P>> {
  const as_of = useAddress().query.get("as_of");
  const [held, setHeld] = useState<{ body: AnswerOf<"get", P> | null; problem: Problem | null }>({
    body: null,
    problem: null,
  });
  const [is_asking, setAsking] = useState(path !== null);
  const [round, setRound] = useState(0);
  const query =
    path !== null && is_seen_as_of(path) ? { ...asking.query, as_of: as_of ?? undefined } : { ...asking.query };
  const address = path === null ? "" : address_of(path, { query, path: asking.path ?? {} });
  const question = useRef({ path, asking, query });
  question.current = { path, asking, query };
  useEffect(() => {
    const now = question.current;
    if (now.path === null) return undefined;
    const stop = new AbortController();
    setAsking(true);
    // Whether the query fits its path was checked above, where both had their types.
    ask("get", now.path, { ...now.asking, query: now.query, signal: stop.signal } as Asking<"get", P>)
      .then((body) => setHeld({ body, problem: null }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setHeld({ body: null, problem: problem_of(error) });
      })
      .finally(() => {
        if (!stop.signal.aborted) setAsking(false);
      });
    return () => stop.abort();
  }, [address, round]);
  return { ...held, is_asking, address, again: () => setRound(round + 1) };
}

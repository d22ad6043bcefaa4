import { useEffect, useRef, useState } from "preact/hooks";
import { useAddress } from "../address/address";
import { address_of, ask, is_seen_as_of, problem_of, type Asking } from "./client";
import type { AnswerOf, PathsOf, Problem } from "./types";

// The last answer stays in sight while the next is on its way, so that a page does not jump.
export interface Answered<Body> {
  body: Body | null;
  problem: Problem | null;
  is_asking: boolean;
  // What is in sight answers another question than the one in the address.
  is_late: boolean;
  // The address that was asked, with its as-of date: downloads hang on it.
  address: string;
  again: () => void;
}

interface Held<Body> {
  body: Body | null;
  problem: Problem | null;
  address: string; // That it answers.
}

// Asks while the component is shown, again when the question or the date as of which all is seen changes. No question: null.
export function useAnswer<P extends PathsOf<"get">>(
  path: P | null,
  asking: Asking<"get", P> = {},
): Answered<AnswerOf<"get", P>> {
  const as_of = useAddress().query.get("as_of");
  const [held, setHeld] = useState<Held<AnswerOf<"get", P>>>({ body: null, problem: null, address: "" });
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
      .then((body) => setHeld({ body, problem: null, address }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setHeld({ body: null, problem: problem_of(error), address });
      })
      .finally(() => {
        if (!stop.signal.aborted) setAsking(false);
      });
    return () => stop.abort();
  }, [address, round]);
  const { body, problem } = held;
  return {
    body,
    problem,
    is_asking,
    is_late: body !== null && held.address !== address,
    address,
    again: () => setRound(round + 1),
  };
}

import { useEffect, useState } from "preact/hooks";
import { ask, problem_of, type Asking } from "./client";
import type { AnswerOf, BodyOf, PathsOf, Problem } from "./types";

export interface Posted<Body> {
  body: Body | null;
  problem: Problem | null;
  again: () => void;
}

// Asks what is too private, or too long, for an address: the words travel in the body. Asks again when they change.
export function usePosted<P extends PathsOf<"post">>(path: P, asked: BodyOf<"post", P>): Posted<AnswerOf<"post", P>> {
  const [held, setHeld] = useState<{ body: AnswerOf<"post", P> | null; problem: Problem | null }>({
    body: null,
    problem: null,
  });
  const [round, setRound] = useState(0);
  const text = JSON.stringify(asked);
  useEffect(() => {
    const stop = new AbortController();
    setHeld({ body: null, problem: null });
    ask("post", path, { body: JSON.parse(text) as BodyOf<"post", P>, signal: stop.signal } as Asking<"post", P>)
      .then((body) => setHeld({ body, problem: null }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setHeld({ body: null, problem: problem_of(error) });
      });
    return () => stop.abort();
  }, [path, text, round]);
  return { ...held, again: () => setRound(round + 1) };
}

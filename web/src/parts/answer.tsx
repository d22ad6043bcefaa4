import type { JSX } from "preact";
import type { Answered } from "../api/use_answer";
import { Waiting } from "./problem_view";
import { Trouble } from "./refusal";

interface AnswerProps<Body> {
  answered: Answered<Body>;
  what: string; // What is being done while there is nothing yet: "Reading the log".
  // Nothing is shown while the next answer is on its way: its title would stand above the figures of the last.
  hides_late?: boolean;
  children: (body: Body) => JSX.Element | null;
}

// What was answered; or why not, and what to do; or what is being done.
export function Answer<Body>({ answered, what, hides_late = false, children }: AnswerProps<Body>): JSX.Element | null {
  if (answered.problem !== null) return <Trouble problem={answered.problem} again={answered.again} />;
  if (answered.body === null || (hides_late && answered.is_late)) return <Waiting what={what} />;
  return children(answered.body);
}

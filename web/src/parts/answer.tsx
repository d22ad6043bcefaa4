import type { JSX } from "preact";
import type { Answered } from "../api/use_answer";
import { Waiting } from "./problem_view";
import { Trouble } from "./refusal";

interface AnswerProps<Body> {
  answered: Answered<Body>;
  what: string; // What is being done while there is nothing yet: "Reading the log".
  children: (body: Body) => JSX.Element | null;
}

// What was answered; or why not, and what to do; or what is being done.
export function Answer<Body>({ answered, what, children }: AnswerProps<Body>): JSX.Element | null {
  if (answered.problem !== null) return <Trouble problem={answered.problem} again={answered.again} />;
  if (answered.body === null) return <Waiting what={what} />;
  return children(answered.body);
}

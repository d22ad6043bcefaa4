import type { ComponentChildren, JSX } from "preact";
import type { Problem } from "../api/types";
import { sentence_with_dates } from "../format/dates";

interface ProblemViewProps {
  problem: Problem;
  again?: () => void;
  children?: ComponentChildren;
}

// What happened, where, and what to do next; never only that something did.
export function ProblemView({ problem, again, children }: ProblemViewProps): JSX.Element {
  return (
    <div class="tl-problem" role="alert">
      <p class="tl-problem__what">{sentence_with_dates(problem.title)}</p>
      {problem.where !== "" && <p class="tl-problem__where">Where: {problem.where}</p>}
      {problem.remedy !== "" && <p>{sentence_with_dates(problem.remedy)}.</p>}
      {children}
      {again && (
        <button class="govuk-button govuk-button--secondary" type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

// Words while something is on its way; they appear only if it takes long enough to wonder.
export function Waiting({ what }: { what: string }): JSX.Element {
  return (
    <p class="tl-waiting" role="status">
      {what}…
    </p>
  );
}

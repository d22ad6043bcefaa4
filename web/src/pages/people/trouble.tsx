import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Answered } from "../../api/use_answer";
import type { Problem, Report } from "../../api/types";
import { EmptyState } from "../../parts/empty_state";
import { Waiting } from "../../parts/problem_view";
import { Trouble } from "../../parts/refusal";

// Why nothing can be said of people; where nobody has linked the records yet, how that is done.
export function LinksTrouble({ problem, again }: { problem: Problem; again: () => void }): JSX.Element {
  if (problem.code !== "links_missing" && problem.code !== "links_stale") {
    return <Trouble problem={problem} again={again} />;
  }
  return (
    <EmptyState title="The records of this workspace have not been linked yet">
      <p>
        Linking compares every agency’s records of people and keeps which are thought to be of one person. An analyst
        runs it under <Link href="/people/linkage">Linkage</Link>, or types <code>throughline link run</code>. Records
        come in under <Link href="/sources">Sources</Link>.
      </p>
    </EmptyState>
  );
}

interface LinksAnswerProps {
  answered: Answered<Report>;
  what: string;
  children: (report: Report) => JSX.Element | null;
}

export function LinksAnswer({ answered, what, children }: LinksAnswerProps): JSX.Element | null {
  if (answered.problem !== null) return <LinksTrouble problem={answered.problem} again={answered.again} />;
  if (answered.body === null) return <Waiting what={what} />;
  return children(answered.body);
}

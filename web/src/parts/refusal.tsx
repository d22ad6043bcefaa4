import type { JSX } from "preact";
import { Link } from "../address/link";
import type { Problem } from "../api/types";
import { PurposeForm } from "../session/purpose";
import { ProblemView } from "./problem_view";
import { is_refusal, rule_in } from "./refused";

// The rules that refuse because no purpose was given, or none that fits: these a person can mend on the spot.
const k_purpose_rules: ReadonlySet<number> = new Set([303, 304, 309, 324]);

interface TroubleProps {
  problem: Problem;
  again: () => void;
}

// Why there is no answer. A refusal says by which rule and whom to ask; where a purpose would open it, asks for one.
export function Trouble({ problem, again }: TroubleProps): JSX.Element {
  if (!is_refusal(problem)) return <ProblemView problem={problem} again={again} />;
  const rule = rule_in(problem);
  if (rule !== null && k_purpose_rules.has(rule)) {
    return (
      <div class="tl-ask">
        <h2 class="govuk-heading-m">A purpose first</h2>
        <p>{problem.title}.</p>
        <PurposeForm done={again} />
      </div>
    );
  }
  return (
    <ProblemView problem={{ ...problem, title: `Your roles do not open this: ${problem.title}`, remedy: "" }}>
      <p>
        {rule === null ? "The rules" : `Rule ${rule}`} and what each of your roles may do stand under{" "}
        <Link href="/govern/permissions">Permissions</Link>. Whoever administers this workspace for your agency can
        grant a role that may; the refusal is written in the audit log.
      </p>
    </ProblemView>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go, useAddress, with_query } from "../../address/address";
import { Link } from "../../address/link";
import { ask, problem_of } from "../../api/client";
import type { Problem } from "../../api/types";
import { PageHead } from "../../parts/page_head";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { is_ended, Progress, useJob } from "../../parts/progress";
import { Trouble } from "../../parts/refusal";
import { ReportView } from "../../parts/report_view";

// Goes through the whole log. The first entry that does not hold, if there is one, is named.
export function VerifyPage(): JSX.Element {
  const address = useAddress();
  const job = address.query.get("job");
  const [problem, setProblem] = useState<Problem | null>(null);
  const begin = (): void => {
    setProblem(null);
    ask("post", "/api/jobs", { body: { kind: "verify" } })
      .then((begun) => go(with_query(address, { job: begun.job }), { replace: job !== null }))
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  return (
    <>
      <PageHead
        title="Verify the audit log"
        lead="Each entry is hashed again and compared with the signed head, with the head kept beside the keys, and with what is registered of every extract."
        is_printed={job !== null}
      />
      {problem !== null && <Trouble problem={problem} again={begin} />}
      {job === null ? (
        <button class="govuk-button" type="button" onClick={begin}>
          Verify the whole log
        </button>
      ) : (
        <Verifying name={job} again={begin} />
      )}
    </>
  );
}

function Verifying({ name, again }: { name: string; again: () => void }): JSX.Element {
  const { job, problem } = useJob(name);
  if (problem !== null) {
    return (
      <ProblemView problem={problem} again={again}>
        <p>
          Work is remembered until the program stops; each verification that was finished is an entry of the{" "}
          <Link href="/govern/log">log</Link>.
        </p>
      </ProblemView>
    );
  }
  if (job === null) return <Waiting what="Asking how far it is" />;
  return (
    <>
      <Progress job={job} />
      {job.report !== null && <ReportView report={job.report} />}
      {is_ended(job) && (
        <button class="govuk-button govuk-button--secondary tl-no-print" type="button" onClick={again}>
          Verify again
        </button>
      )}
    </>
  );
}

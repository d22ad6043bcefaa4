import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { go, useAddress, with_query } from "../../address/address";
import { ask, problem_of } from "../../api/client";
import type { Problem } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { PageHead } from "../../parts/page_head";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { is_ended, Progress, useJob } from "../../parts/progress";
import { Trouble } from "../../parts/refusal";
import { ReportView } from "../../parts/report_view";
import { LinksAnswer } from "./trouble";

// Running linkage, and how right its last run is.
export function LinkagePage(): JSX.Element {
  const address = useAddress();
  const job = address.query.get("job");
  const [problem, setProblem] = useState<Problem | null>(null);
  const answered = useAnswer("/api/linkage");
  const begin = (): void => {
    setProblem(null);
    ask("post", "/api/jobs", { body: { kind: "link" } })
      .then((begun) => go(with_query(address, { job: begun.job }), { replace: job !== null }))
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  return (
    <>
      <PageHead
        title="Linkage"
        lead="Which records are thought to be of one person: made anew by each run from all records that stand, with every judgement binding."
      />
      {problem !== null && <Trouble problem={problem} again={begin} />}
      {job !== null && <Running key={job} name={job} done={answered.again} />}
      <button class="govuk-button tl-no-print" type="button" onClick={begin}>
        Link the records now
      </button>
      <OnWish path="/api/linkage/plan" title="What a run would compare" what="Counting what each rule gathers" />
      <OnWish
        path="/api/review/accuracy"
        title="How right the links are, from what people judged"
        what="Weighing what was judged"
      />
      <LinksAnswer answered={answered} what="Counting pairs and people">
        {(report) => <ReportView report={report} answer_address={answered.address} />}
      </LinksAnswer>
    </>
  );
}

function Running({ name, done }: { name: string; done: () => void }): JSX.Element {
  const { job, problem } = useJob(name);
  const has_ended = job !== null && is_ended(job);
  useEffect(() => {
    if (has_ended) done();
  }, [has_ended]);
  if (problem !== null) {
    return (
      <ProblemView problem={problem}>
        <p>Work is remembered until the program stops; each run that was finished stands below and in the log.</p>
      </ProblemView>
    );
  }
  if (job === null) return <Waiting what="Asking how far it is" />;
  return (
    <>
      <Progress job={job} />
      {job.report !== null && <ReportView report={job.report} />}
    </>
  );
}

interface WishProps {
  path: "/api/linkage/plan" | "/api/review/accuracy";
  title: string;
  what: string;
}

// Asked for only when somebody wants to know: it reads every record.
function OnWish({ path, title, what }: WishProps): JSX.Element {
  const [is_wanted, setWanted] = useState(false);
  const answered = useAnswer(is_wanted ? path : null);
  return (
    <details class="tl-details tl-no-print" onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{title}</summary>
      {is_wanted && (
        <LinksAnswer answered={answered} what={what}>
          {(report) => <ReportView report={report} answer_address={answered.address} heading={3} />}
        </LinksAnswer>
      )}
    </details>
  );
}

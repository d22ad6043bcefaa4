import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Report } from "../../api/types";
import { ExtractLink } from "../../parts/extract_link";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { is_ended, Progress, useJob } from "../../parts/progress";
import { extracts_in } from "../../parts/report_parts";
import { ReportView } from "../../parts/report_view";

// How far reading a file in is, and what became of it. The address may be left and come back to.
export function Reading({ name }: { name: string }): JSX.Element {
  const { job, problem } = useJob(name);
  if (problem !== null) {
    return (
      <ProblemView problem={problem}>
        <p>
          Work is remembered until the program stops. What was read in stands under <Link href="/sources">Sources</Link>
          .
        </p>
      </ProblemView>
    );
  }
  if (job === null) return <Waiting what="Asking how far it is" />;
  return (
    <>
      <Progress job={job} />
      {job.state === "failed" && (
        <p>
          <Link href="/sources/add">The file is still here</Link>: nothing of it was stored, and it can be looked at
          again.
        </p>
      )}
      {is_ended(job) && job.report !== null && <Outcome report={job.report} />}
    </>
  );
}

function Outcome({ report }: { report: Report }): JSX.Element {
  const extracts = extracts_in(report);
  return (
    <>
      <ReportView report={report} />
      {extracts.map((extract) => (
        <p key={extract}>
          <ExtractLink name={extract} /> ·{" "}
          <Link href={`/sources/extracts/${extract}?part=rejections`}>its rejections</Link> ·{" "}
          <Link href={`/sources/extracts/${extract}?part=rows`}>its first rows</Link>
        </p>
      ))}
      <p>
        <Link href="/sources/add">Add another</Link>
      </p>
    </>
  );
}

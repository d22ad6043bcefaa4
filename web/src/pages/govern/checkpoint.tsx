import type { JSX } from "preact";
import { useSession } from "../../session/session";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { ReportView } from "../../parts/report_view";

// The newest signed head. It is worth something where whoever runs this machine cannot reach it.
export function CheckpointPage(): JSX.Element {
  const answered = useAnswer("/api/checkpoint");
  const workspace = useSession().state?.workspace ?? "";
  return (
    <>
      <PageHead
        title="Checkpoint of the audit log"
        lead="One number, one root, one signature over every entry so far. Print it and keep it where nobody who runs this machine can reach it: against it, a rewritten log shows."
        acts={
          <a href={answered.address} download="checkpoint.json">
            Download
          </a>
        }
      />
      <p class="tl-print-only">
        Workspace {workspace}. To compare later: throughline audit prove --checkpoint FILE, with the text below as the
        file.
      </p>
      <Answer answered={answered} what="Reading the signed head">
        {(report) => <ReportView report={report} />}
      </Answer>
      <p class="tl-note tl-no-print">
        To compare it later, keep the text in a file and type <code>throughline audit prove --checkpoint FILE</code>:
        the log must still begin with these very entries.
      </p>
    </>
  );
}

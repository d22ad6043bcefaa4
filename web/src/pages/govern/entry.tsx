import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Fact, Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DownloadLinks } from "../../parts/download_links";
import { PageHead } from "../../parts/page_head";
import { is_refusal, rule_in } from "../../parts/refused";
import { table_in } from "../../parts/report_parts";
import { FactList, ReportView } from "../../parts/report_view";

// One entry, and the proof that it is under the signed head: to print, and to hand on to somebody who trusts nobody.
export function EntryPage({ entry }: { entry: number }): JSX.Element {
  const answered = useAnswer("/api/log/{entry}", { path: { entry } });
  const proof = useAnswer("/api/log/{entry}/proof", { path: { entry } });
  return (
    <>
      <PageHead
        title={`Entry ${entry}`}
        above={[{ words: "Audit log", href: "/govern/log" }]}
        acts={
          <>
            {entry > 0 && <Link href={`/govern/log/${entry - 1}`}>Entry before</Link>}
            <Link href={`/govern/log/${entry + 1}`}>Entry after</Link>
          </>
        }
      />
      {answered.problem !== null && is_refusal(answered.problem) ? (
        <p class="tl-note">
          What this entry says is read by auditors
          {rule_in(answered.problem) === null ? "" : ` (rule ${rule_in(answered.problem)})`}. That it is in the log
          anybody may prove: the proof below names nobody. <Link href="/govern/permissions">Permissions</Link>
        </p>
      ) : (
        <Answer answered={answered} what="Reading the entry">
          {(report) => (
            <section class="tl-section">
              <h2 class="govuk-heading-m">What it says</h2>
              <FactList facts={facts_of_entry(report)} />
            </section>
          )}
        </Answer>
      )}
      {(answered.problem === null || is_refusal(answered.problem)) && (
        <Answer answered={proof} what="Working out the proof">
          {(report) => (
            <>
              <p class="tl-no-print tl-proofacts">
                <a class="govuk-button" href={proof.address} download={`proof-of-entry-${entry}.json`}>
                  Download the proof
                </a>
                <DownloadLinks answer_address={proof.address} table="path" of="the hashes" />
              </p>
              <ReportView report={report} />
            </>
          )}
        </Answer>
      )}
    </>
  );
}

// The one row of the table, as a list; what is not known is left out.
function facts_of_entry(report: Report): Fact[] {
  const table = table_in(report, "entries");
  const row = table?.rows[0];
  if (table === null || row === undefined) return [];
  return table.columns.flatMap((column, at) => {
    const value = row[at] ?? null;
    return value === null
      ? []
      : [{ name: column.name === "entry" ? "number" : column.name, label: column.heading, value }];
  });
}

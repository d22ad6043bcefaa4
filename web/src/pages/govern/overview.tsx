import type { JSX } from "preact";
import { Link } from "../../address/link";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { is_refusal } from "../../parts/refused";
import { SectionView } from "../../parts/report_view";
import { EntriesTable } from "./entries_table";

const k_entries = 6;

// How the workspace is answered for: what was done in it, whether that record holds, and who may do what.
export function OverviewPage(): JSX.Element {
  const home = useAnswer("/api/home");
  const log = useAnswer("/api/log", { query: { rows: k_entries } });
  return (
    <>
      <PageHead
        title="Govern"
        lead="What was done in this workspace and by whom, whether the record of it holds, and who may do what."
      />
      <div class="tl-columns">
        <Answer answered={home} what="Reading the log’s head">
          {(report) => (
            <>
              {report.sections
                .filter((section) => section.name === "log")
                .map((section) => (
                  <SectionView key={section.name} section={{ ...section, title: "The audit log’s signed head" }} />
                ))}
            </>
          )}
        </Answer>
        <section class="tl-section">
          <h2 class="govuk-heading-m">What to do here</h2>
          <ul class="tl-list">
            <li>
              <Link href="/govern/verify">Verify the whole log</Link>: is every entry as it was written?
            </li>
            <li>
              <Link href="/govern/checkpoint">Print the checkpoint</Link> and keep it away from this machine.
            </li>
            <li>
              <Link href="/govern/people">See and change</Link> who has which role.
            </li>
            <li>
              <Link href="/govern/permissions">Read the rules</Link> and what your own roles may do.
            </li>
          </ul>
        </section>
      </div>
      {log.problem !== null && is_refusal(log.problem) ? (
        <p class="tl-note">
          The newest entries are read by auditors. You may prove any entry by its number:{" "}
          <Link href="/govern/log">Audit log</Link>.
        </p>
      ) : (
        <Answer answered={log} what="Reading the newest entries">
          {(report) => (
            <section class="tl-section">
              <h2 class="govuk-heading-m">Newest entries</h2>
              <EntriesTable report={report} />
              <p>
                <Link href="/govern/log">All entries</Link>
              </p>
            </section>
          )}
        </Answer>
      )}
    </>
  );
}

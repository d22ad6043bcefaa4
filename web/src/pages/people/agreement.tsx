import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Link } from "../../address/link";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { DataTable } from "../../parts/data_table";
import { is_refusal } from "../../parts/refused";
import { FactList } from "../../parts/report_view";
import { fact_text, table_in, text_at } from "../../parts/report_parts";
import { link_address } from "./link_address";

// Whether people who judged the same pairs agree. A practitioner's role does not count across pairs: then nothing stands here.
export function Agreement({ round }: { round: number }): JSX.Element | null {
  const answered = useAnswer("/api/review/agreement");
  useEffect(() => {
    if (round > 0) answered.again();
  }, [round]);
  if (answered.problem !== null && is_refusal(answered.problem)) {
    return <p class="tl-quiet">How far reviewers agree is shown to analysts.</p>;
  }
  if (answered.body === null) return null;
  return <AgreementView report={answered.body} answer_address={answered.address} />;
}

function AgreementView({ report, answer_address }: { report: Report; answer_address: string }): JSX.Element {
  const disputed = table_in(report, "disputed");
  const facts = report.sections.flatMap((section) => section.facts);
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">Do reviewers agree?</h2>
      {fact_text(report, "pairs") === "0" ? (
        <p class="tl-quiet">No pair was judged by two people yet.</p>
      ) : (
        <>
          <FactList facts={facts} />
          {report.sections
            .flatMap((section) => section.notes)
            .map((note) => (
              <p key={note} class="tl-note">
                {note}
              </p>
            ))}
        </>
      )}
      {disputed !== null && disputed.rows.length > 0 && (
        <DataTable
          table={disputed}
          answer_address={answer_address}
          show={(value, column, row) =>
            column.name === "state" ? (
              <Link href={link_address(text_at(disputed, row, "one"), text_at(disputed, row, "other"))}>
                {String(value)}
              </Link>
            ) : null
          }
        />
      )}
    </section>
  );
}

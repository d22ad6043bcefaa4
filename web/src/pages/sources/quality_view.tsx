import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Report } from "../../api/types";
import { sentence_with_dates } from "../../format/dates";
import { ReportView } from "../../parts/report_view";

interface QualityViewProps {
  report: Report;
  answer_address: string;
}

const k_at_first = 6;

// What stands out in a source before the tables in which it was found: the findings are what one comes for.
export function QualityView({ report, answer_address }: QualityViewProps): JSX.Element {
  const [is_whole, setWhole] = useState(false);
  const findings = report.sections.flatMap((section) => section.notes);
  const rest = { ...report, sections: report.sections.map((section) => ({ ...section, title: "", notes: [] })) };
  return (
    <>
      <section class="tl-section">
        <h2 class="govuk-heading-m">What stands out</h2>
        {findings.length === 0 && <p class="tl-quiet">Nothing.</p>}
        <ul class="tl-list">
          {findings.map((each, at) => (
            <li key={each} class={is_whole || at < k_at_first ? "" : "tl-print-only"}>
              {sentence_with_dates(each)}
            </li>
          ))}
        </ul>
        {findings.length > k_at_first && (
          <button class="tl-text-button" type="button" aria-expanded={is_whole} onClick={() => setWhole(!is_whole)}>
            {is_whole ? "Show fewer" : `Show all ${findings.length}`}
          </button>
        )}
      </section>
      <ReportView report={rest} answer_address={answer_address} />
    </>
  );
}

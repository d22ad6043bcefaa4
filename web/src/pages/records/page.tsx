import type { JSX } from "preact";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { fact_text } from "../../parts/report_parts";
import { ReportView } from "../../parts/report_view";
import { TraceLink } from "../../parts/trace_link";
import { handling_words, useHandling } from "../../shell/handling";
import type { PageProps } from "../registry";

// One record as it came, beside how it was typed. A person's record is opened for a purpose alone, and that is written down.
export default function RecordPage({ rest }: PageProps): JSX.Element {
  const name = decodeURIComponent(rest);
  const extract = name.split(":")[0] ?? "";
  const answered = useAnswer("/api/records/{record}", { path: { record: name } });
  const of = useAnswer(extract === "" ? null : "/api/extracts/{extract}", { path: { extract } });
  useHandling(handling_words(of.body === null ? null : fact_text(of.body, "data_class")));
  return (
    <>
      <PageHead
        title="Record"
        above={[
          { words: "Sources", href: "/sources" },
          { words: `Extract ${extract}`, href: `/sources/extracts/${extract}` },
        ]}
        lead={<span class="tl-id">{name}</span>}
        acts={<TraceLink name={name} of={`About record ${name}`} />}
      />
      <Answer answered={answered} what="Walking back to the bytes">
        {(report) => (
          <ReportView report={without_its_name(report)} answer_address={answered.address} rows_at_first={200} />
        )}
      </Answer>
    </>
  );
}

// The name stands at the top of the page already.
function without_its_name(report: Report): Report {
  const [first, ...others] = report.sections;
  if (first === undefined) return report;
  return {
    ...report,
    sections: [{ ...first, title: "", facts: first.facts.filter((fact) => fact.name !== "record") }, ...others],
  };
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Link } from "../../address/link";
import { useAnswer } from "../../api/use_answer";
import { sentence_with_dates } from "../../format/dates";
import { Answer } from "../../parts/answer";
import { finding_in } from "./finding";

const k_at_first = 6;

// What in the sources is worth a look before anybody leans on them.
export function Findings(): JSX.Element {
  const answered = useAnswer("/api/quality");
  const [is_whole, setWhole] = useState(false);
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">Worth a look</h2>
      <Answer answered={answered} what="Judging the sources">
        {(report) => {
          const findings = report.sections.flatMap((section) => section.notes).map(finding_in);
          if (findings.length === 0) return <p class="tl-quiet">Nothing in the sources stands out.</p>;
          return (
            <>
              <ul class="tl-findings">
                {(is_whole ? findings : findings.slice(0, k_at_first)).map((each) => (
                  <li key={each.words}>
                    {each.source !== null && <Link href={`/sources/${each.source}`}>{each.source}</Link>}
                    <span>{sentence_with_dates(each.words)}</span>
                  </li>
                ))}
              </ul>
              {findings.length > k_at_first && (
                <button class="tl-text-button" type="button" onClick={() => setWhole(!is_whole)}>
                  {is_whole ? "Show fewer" : `Show all ${findings.length}`}
                </button>
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

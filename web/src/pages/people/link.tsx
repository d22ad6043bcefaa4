import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAddress } from "../../address/address";
import { address_of } from "../../api/client";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { PageHead } from "../../parts/page_head";
import { fact_text } from "../../parts/report_parts";
import { JudgeForm } from "./judge_form";
import { Judged } from "./judged";
import { PairView } from "./pair_view";
import { LinksAnswer } from "./trouble";

// Two records of any person or two: the evidence, and a judgement by whoever knows better.
export function LinkPage({ one, other }: { one: string; other: string }): JSX.Element {
  const answered = useAnswer("/api/links/{one}/{other}", { path: { one, other } });
  const [judged, setJudged] = useState<Report | null>(null);
  return (
    <>
      <PageHead title="One person, or two?" above={[{ words: "People", href: "/people" }]} />
      <LinksAnswer answered={answered} what="Weighing the evidence">
        {(report) => {
          const judgement = fact_text(report, "judgement");
          return (
            <>
              {judgement !== null && <p class="tl-note">People judged: {judgement}.</p>}
              <PairView report={report} answer_address={answered.address} />
              <Certificate one={one} other={other} />
              {judged === null ? <JudgeForm one={one} other={other} done={setJudged} /> : <Judged report={judged} />}
            </>
          );
        }}
      </LinksAnswer>
    </>
  );
}

// What was said of the two, to disclose, to challenge and to reckon again elsewhere. Each download is an entry of the log.
function Certificate({ one, other }: { one: string; other: string }): JSX.Element {
  const as_of = useAddress().query.get("as_of") ?? undefined;
  const address = address_of("/api/links/{one}/{other}/certificate", { path: { one, other }, query: { as_of } });
  return (
    <p class="tl-no-print">
      <a class="govuk-button govuk-button--secondary" href={address} download>
        Download the certificate
      </a>{" "}
      <span class="tl-quiet">
        What was said of these two and why, without a value of either; <code>throughline link replay</code> reckons it
        again. The download is an entry of the log.
      </span>
    </p>
  );
}

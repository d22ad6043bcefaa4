import type { JSX } from "preact";
import { useState } from "preact/hooks";
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
              {judged === null ? <JudgeForm one={one} other={other} done={setJudged} /> : <Judged report={judged} />}
            </>
          );
        }}
      </LinksAnswer>
    </>
  );
}

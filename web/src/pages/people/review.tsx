import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { count_words } from "../../format/numbers";
import { EmptyState } from "../../parts/empty_state";
import { PageHead } from "../../parts/page_head";
import { fact_text } from "../../parts/report_parts";
import { Agreement } from "./agreement";
import { JudgeForm } from "./judge_form";
import { Judged } from "./judged";
import { PairView } from "./pair_view";
import { LinksAnswer } from "./trouble";

// The queue: two records at a time, the pair first whose judgement puts most right.
export function ReviewPage(): JSX.Element {
  const answered = useAnswer("/api/review");
  const [judged, setJudged] = useState<{ report: Report; times: number } | null>(null);
  const take = (report: Report): void => {
    setJudged({ report, times: (judged?.times ?? 0) + 1 });
    answered.again();
    scrollTo(0, 0);
  };
  return (
    <>
      <PageHead
        title="Review"
        lead="Two records at a time, the pair first whose judgement puts most right. Keys: 1 same, 2 different, 3 cannot tell; then why, and Enter."
      />
      {judged !== null && <Judged report={judged.report} />}
      <LinksAnswer answered={answered} what="Choosing the pair whose judgement helps most">
        {(report) => (
          <>
            <QueueLine report={report} times={judged?.times ?? 0} />
            <Pair report={report} take={take} />
          </>
        )}
      </LinksAnswer>
      {answered.body !== null && <Agreement round={judged?.times ?? 0} />}
    </>
  );
}

function QueueLine({ report, times }: { report: Report; times: number }): JSX.Element {
  const waiting = Number(fact_text(report, "waiting") ?? 0);
  return (
    <p class="tl-quiet" role="status">
      {count_words(waiting, "pair")} {waiting === 1 ? "waits" : "wait"} for you
      {times > 0 && <>; {times} judged since you came</>}.
    </p>
  );
}

function Pair({ report, take }: { report: Report; take: (report: Report) => void }): JSX.Element {
  const [one, other] = [fact_text(report, "one"), fact_text(report, "other")];
  if (one === null || other === null) {
    return (
      <EmptyState title="No pair waits for you">
        <p>Pairs come with each run of linkage, and when policy asks for a second person about what somebody judged.</p>
      </EmptyState>
    );
  }
  return (
    <>
      {fact_text(report, "second") === "yes" && (
        <p class="tl-second">
          <strong>A second person is wanted.</strong> Somebody has judged this pair, and policy asks for two. What they
          said is not shown, so that it does not lead you.
        </p>
      )}
      <PairView report={report} />
      <JudgeForm key={`${one}/${other}`} one={one} other={other} done={take} />
    </>
  );
}

import type { JSX } from "preact";
import { Link } from "../../address/link";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { PageHead } from "../../parts/page_head";
import { QualityView } from "./quality_view";

// How good one source is: how full, how valid, how late, how often doubled, which words began or ended, what is absent.
export function SourcePage({ name }: { name: string }): JSX.Element {
  const answered = useAnswer("/api/quality/{source}", { path: { source: name } });
  return (
    <>
      <PageHead
        title={name}
        above={[{ words: "Sources", href: "/sources" }]}
        lead="How good this source is, from every extract of it that stands."
        acts={<Link href={`/sources?source=${encodeURIComponent(name)}`}>Its extracts</Link>}
      />
      <Answer answered={answered} what="Judging the source">
        {(report) => <QualityView report={report} answer_address={answered.address} />}
      </Answer>
    </>
  );
}

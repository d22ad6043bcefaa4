import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Report } from "../../api/types";
import { fact_text } from "../../parts/report_parts";

// What became of a judgement: whether it binds, waits for a second person, or is disputed.
export function Judged({ report }: { report: Report }): JSX.Element {
  const entry = fact_text(report, "entry");
  const note = report.sections[0]?.notes[0] ?? "";
  return (
    <p class="tl-judged" role="status">
      <strong>Recorded: {fact_text(report, "verdict")}</strong>, {fact_text(report, "state")}. {note}{" "}
      {entry !== null && <Link href={`/govern/log/${entry}`}>Entry {entry}</Link>}
    </p>
  );
}

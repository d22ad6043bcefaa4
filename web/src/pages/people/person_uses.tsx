import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../../api/client";
import type { Problem } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { DataTable } from "../../parts/data_table";
import { Trouble } from "../../parts/refusal";
import { table_in } from "../../parts/report_parts";
import { LinksAnswer } from "./trouble";

// Who was shown these links and who acted on them; whoever did so says it here, so that they are told if a link falls.
export function PersonUses({ person }: { person: string }): JSX.Element {
  const answered = useAnswer("/api/people/{person}/uses", { path: { person } });
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">Who used these links</h2>
      <LinksAnswer answered={answered} what="Reading who used them">
        {(report) => {
          const uses = table_in(report, "uses");
          return uses === null ? null : (
            <DataTable table={uses} caption="" answer_address={answered.address} rows_at_first={10} />
          );
        }}
      </LinksAnswer>
      <ActForm person={person} done={answered.again} />
    </section>
  );
}

function ActForm({ person, done }: { person: string; done: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = (): void => {
    if (reason.trim() === "") return;
    setProblem(null);
    ask("post", "/api/people/{person}/uses", { path: { person }, body: { reason: reason.trim() } })
      .then(() => {
        setReason("");
        done();
      })
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  return (
    <details class="tl-details tl-no-print">
      <summary>I acted on these links</summary>
      {problem !== null && <Trouble problem={problem} again={send} />}
      <form
        class="tl-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label class="govuk-label" for="act-reason">
          What was done, in a few words
        </label>
        <div class="govuk-hint" id="act-hint">
          Kept encrypted with the entry. Should a link turn out wrong, your agency is among those to tell.
        </div>
        <textarea
          class="govuk-textarea"
          id="act-reason"
          rows={2}
          maxLength={4000}
          value={reason}
          aria-describedby="act-hint"
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <button class="govuk-button" type="submit" disabled={reason.trim() === ""}>
          Note it
        </button>
      </form>
    </details>
  );
}

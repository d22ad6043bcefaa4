import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { usePosted } from "../../api/use_posted";
import { PageHead } from "../../parts/page_head";
import { Waiting } from "../../parts/problem_view";
import { Trouble } from "../../parts/refusal";
import { ReportView } from "../../parts/report_view";
import { MeasureNav } from "./parts_nav";

const k_example = `title = "Our plan, 2025"
area = "Newham"

[[target]]
indicator = "violence-with-injury"
owner = "Head of community safety"
baseline = "2024"
due = "2025"
change_from = -15
change_to = -2
milestones = "Hospital workers by April"
`;

// A local plan held against what happened. It is not kept: whoever has the plan keeps it.
export function PlanPage(): JSX.Element {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    setAsked(typed);
  };
  const read = (event: Event & { currentTarget: HTMLInputElement }): void => {
    const file = event.currentTarget.files?.[0];
    if (file !== undefined) void file.text().then(setTyped);
  };
  return (
    <>
      <PageHead
        title="Plans"
        lead="Each target of a plan with its owner, its date and the change that was expected, held against what was received since; and what the target could reward."
      />
      <MeasureNav here="/measure/plan" />
      <form class="tl-no-print" onSubmit={submit}>
        <div class="govuk-form-group">
          <label class="govuk-label" for="plan-file">
            A file
          </label>
          <input class="govuk-file-upload" id="plan-file" type="file" accept=".toml" onChange={read} />
        </div>
        <div class="govuk-form-group">
          <label class="govuk-label" for="plan">
            The plan
          </label>
          <div class="govuk-hint" id="plan-hint">
            A title, an area, and a target for each thing that is to change. Nothing of it is kept.
          </div>
          <textarea
            class="govuk-textarea tl-plan__text"
            id="plan"
            rows={14}
            maxLength={60000}
            spellcheck={false}
            aria-describedby="plan-hint"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <div class="govuk-button-group">
          <button class="govuk-button" type="submit" disabled={typed.trim() === ""}>
            Check
          </button>
          <button class="govuk-button govuk-button--secondary" type="button" onClick={() => setTyped(k_example)}>
            Write an example
          </button>
        </div>
      </form>
      {asked !== "" && <Checked plan={asked} />}
    </>
  );
}

function Checked({ plan }: { plan: string }): JSX.Element {
  const { body: report, problem, again } = usePosted("/api/plans", { plan });
  if (problem !== null) return <Trouble problem={problem} again={again} />;
  if (report === null) return <Waiting what="Holding each target against what was received" />;
  return (
    <div role="status">
      <ReportView report={report} />
    </div>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../../api/client";
import type { Problem, Scenario } from "../../api/types";
import { CopyButton } from "../../parts/copy_button";
import { ProblemView } from "../../parts/problem_view";
import type { Edit } from "./builder";
import type { DecideState, Step } from "./state";
import { scenario_toml } from "./toml";

interface ScenarioFileProps {
  state: DecideState;
  steps: readonly Step[];
  name: string;
  edit: Edit;
}

export function steps_of_scenario(scenario: Scenario): Step[] {
  return [
    ...scenario.changes.map((each) => ({
      kind: "change" as const,
      lever: each.lever,
      multiply: String(each.multiply),
      from: each.from ?? "",
      until: each.until ?? "",
      areas: each.areas,
    })),
    ...scenario.strikes.map((each) => ({
      kind: "strike" as const,
      target: each.target,
      share: String(each.share),
      date: each.date,
      areas: each.areas,
    })),
  ];
}

// The scenario as the file that the command line reads; and such a file read in, with its faults by line.
export function ScenarioFile({ state, steps, name, edit }: ScenarioFileProps): JSX.Element {
  const [pasted, setPasted] = useState("");
  const [told, setTold] = useState<Problem | string | null>(null);
  const text = scenario_toml(name, steps);
  const read = (file: string): void => {
    setTold(null);
    const days = String((Number(state.years) || 0) * 365);
    ask("post", "/api/simulate/scenarios", { body: { scenario: file, world: state.world, days } })
      .then((scenario) => {
        edit({ name: scenario.name, steps: steps_of_scenario(scenario) });
        setPasted("");
        setTold("It was read in and stands above.");
      })
      .catch((error: unknown) => setTold(problem_of(error)));
  };
  const upload = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    input.value = "";
    if (file !== undefined) void file.text().then(read);
  };
  return (
    <details class="tl-details">
      <summary>As a file: copy it, or read one in</summary>
      <p class="tl-note">
        The command line reads the same text: <code>throughline simulate compare --scenario FILE</code>.
      </p>
      <div class="tl-verbatim">
        <pre tabIndex={0} aria-label="The scenario as a file">
          {text}
        </pre>
      </div>
      <p>
        <CopyButton text={text} of="the scenario" />
      </p>
      <div class="govuk-form-group">
        <label class="govuk-label" for="scenario-upload">
          Read a file in
        </label>
        <input
          id="scenario-upload"
          type="file"
          accept=".toml,text/plain"
          onChange={(event) => upload(event.currentTarget)}
        />
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label" for="scenario-text">
          Or paste one
        </label>
        <textarea
          class="govuk-textarea"
          id="scenario-text"
          rows={5}
          spellcheck={false}
          value={pasted}
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
      </div>
      <button
        class="govuk-button govuk-button--secondary"
        type="button"
        disabled={pasted.trim() === ""}
        onClick={() => read(pasted)}
      >
        Read it in
      </button>
      {typeof told === "string" && <p role="status">{told}</p>}
      {told !== null && typeof told !== "string" && <ProblemView problem={told} />}
    </details>
  );
}

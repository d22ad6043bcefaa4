import type { JSX } from "preact";
import type { ChangeState } from "../../address/page_state";
import type { MarketModel } from "../../api/types";
import { described_by, Field, FieldFrame, type FieldFault } from "../../parts/field";
import { AreaList } from "./area_field";
import { ScenarioFile } from "./scenario_file";
import { SettingsForm } from "./settings_form";
import { pairs_most_of } from "./check";
import { OverChoice } from "./over_choice";
import { k_usual, k_usual_pairs, type DecideState, type Every, type Step } from "./state";
import { NumberField, StepForm } from "./step_form";

export interface BuilderProps {
  state: DecideState;
  steps: readonly Step[];
  name: string;
  model: MarketModel;
  faults: readonly FieldFault[];
  change: ChangeState<DecideState>;
}

// The change to be tried: what, where, when and how much, as often as wanted.
export function Builder({ state, steps, name, model, faults, change }: BuilderProps): JSX.Element {
  // The first edit takes the prepared question over whole.
  const edit = (part: Partial<DecideState>): void => change({ name, steps: [...steps], ...part }, { replace: true });
  const put = (at: number, step: Step): void =>
    edit({ steps: steps.map((each, place) => (place === at ? step : each)) });
  const lever = model.levers[0]?.name ?? "";
  const target = model.strikes[0]?.name ?? "";
  return (
    <section class="tl-section tl-no-print" aria-labelledby="builder-title">
      <h2 class="govuk-heading-m" id="builder-title">
        What would be different
      </h2>
      <AreaList model={model} />
      <Field
        id="scenario-name"
        label="Name"
        value={name}
        input={{ autocomplete: "off", maxLength: 200 }}
        change={(text) => edit({ name: text })}
      />
      {steps.map((step, at) => (
        <StepForm
          key={at}
          step={step}
          at={at}
          model={model}
          years={state.years}
          faults={faults}
          change={(next) => put(at, next)}
          remove={() => edit({ steps: steps.filter((_, place) => place !== at) })}
        />
      ))}
      <div class="tl-decide__buttons">
        <button
          id="add-change"
          class="govuk-button govuk-button--secondary"
          type="button"
          onClick={() =>
            edit({ steps: [...steps, { kind: "change", lever, multiply: "1", from: "", until: "", areas: [] }] })
          }
        >
          Add a change
        </button>
        <button
          class="govuk-button govuk-button--secondary"
          type="button"
          onClick={() =>
            edit({ steps: [...steps, { kind: "strike", target, share: "1", date: model.starts, areas: [] }] })
          }
        >
          Add an operation on one day
        </button>
      </div>
      <OverChoice state={state} model={model} edit={edit} />
      <RunSettings state={state} model={model} faults={faults} edit={edit} />
      <SettingsForm state={state} model={model} faults={faults} edit={edit} />
      <ScenarioFile state={state} steps={steps} name={name} edit={edit} />
    </section>
  );
}

export type Edit = (part: Partial<DecideState>) => void;

interface PartProps {
  state: DecideState;
  model: MarketModel;
  faults: readonly FieldFault[];
  edit: Edit;
}

function RunSettings({ state, model, faults, edit }: PartProps): JSX.Element {
  const fault = (id: string): string | undefined => faults.find((each) => each.id === id)?.words;
  const is_usual =
    (["world", "years", "seed"] as const).every((key) => state[key] === k_usual[key]) &&
    state.pairs === k_usual_pairs[state.over];
  const { bounds } = model;
  return (
    <details class="tl-details" open={!is_usual || undefined}>
      <summary>How it is run: world, years, pairs and seed</summary>
      <div class="tl-decide__grid">
        <FieldFrame id="world" label="World" error={fault("world")}>
          <select
            class="govuk-select"
            id="world"
            value={state.world}
            {...described_by({ id: "world", error: fault("world") })}
            onChange={(event) => edit({ world: event.currentTarget.value })}
          >
            {model.worlds.map((world) => (
              <option key={world.name} value={world.name}>
                {world.what}
              </option>
            ))}
          </select>
        </FieldFrame>
        <NumberField
          id="years"
          label="Years"
          hint={`1 to ${Math.floor(bounds.days_most / 365)}`}
          value={state.years}
          error={fault("years")}
          change={(years) => edit({ years })}
        />
        <NumberField
          id="pairs"
          label={state.over === "one" ? "Pairs of runs" : "Pairs of runs of each set"}
          hint={`${bounds.replicates_least} to ${pairs_most_of(state, model)}; ${
            state.over === "one" ? "more make intervals narrower" : "more leave less to chance"
          }`}
          value={state.pairs}
          error={fault("pairs")}
          change={(pairs) => edit({ pairs })}
        />
        <NumberField
          id="seed"
          label="Seed"
          hint="The same seed gives the same figures"
          value={state.seed}
          error={fault("seed")}
          change={(seed) => edit({ seed })}
        />
        <FieldFrame id="every" label="Periods">
          <select
            class="govuk-select"
            id="every"
            value={state.every}
            onChange={(event) => edit({ every: event.currentTarget.value as Every })}
          >
            <option value="month">Months</option>
            <option value="week">Weeks</option>
          </select>
        </FieldFrame>
      </div>
    </details>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MarketModel, ModelParameter } from "../../api/types";
import { FieldFrame, type FieldFault } from "../../parts/field";
import type { Edit } from "./builder";
import { chosen_over, type DecideState } from "./state";
import { NumberField } from "./step_form";

interface SettingsFormProps {
  state: DecideState;
  model: MarketModel;
  faults: readonly FieldFault[];
  edit: Edit;
}

// What the model takes as given, with values of the asker's own: both runs of a pair take them.
export function SettingsForm({ state, model, faults, edit }: SettingsFormProps): JSX.Element {
  const [chosen, setChosen] = useState("");
  const held = state.over === "ensemble" ? model.ensemble.parameters : [];
  const free = model.parameters.filter(
    ({ name }) => !held.includes(name) && !state.settings.some((each) => each.name === name),
  );
  const add = (): void => {
    const parameter = model.parameters.find((each) => each.name === chosen);
    if (parameter === undefined) return;
    edit({ settings: [...state.settings, { name: chosen, value: String(parameter.value) }] });
    setChosen("");
  };
  return (
    <details class="tl-details" open={state.settings.length > 0 || undefined}>
      <summary>What it takes as given: set figures of your own</summary>
      {held.length > 0 && <Held names={held} state={state} model={model} edit={edit} />}
      {state.settings.map(({ name, value }, at) => (
        <div key={name} class="tl-decide__setting">
          <NumberField
            id={`setting-${at + 1}`}
            label={name}
            hint={hint_of(model.parameters.find((each) => each.name === name))}
            value={value}
            error={faults.find((each) => each.id === `setting-${at + 1}`)?.words}
            change={(text) =>
              edit({ settings: state.settings.map((each, place) => (place === at ? { name, value: text } : each)) })
            }
          />
          <button
            class="tl-text-button"
            type="button"
            onClick={() => edit({ settings: state.settings.filter((_, place) => place !== at) })}
          >
            Remove<span class="govuk-visually-hidden"> {name}</span>
          </button>
        </div>
      ))}
      <div class="tl-decide__add">
        <FieldFrame id="setting-name" label="Parameter">
          <select
            class="govuk-select"
            id="setting-name"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            <option value="">Choose one</option>
            {free.map((each) => (
              <option key={each.name} value={each.name}>
                {each.name}: {each.value} {each.unit}
              </option>
            ))}
          </select>
        </FieldFrame>
        <button class="govuk-button govuk-button--secondary" type="button" disabled={chosen === ""} onClick={add}>
          Set it
        </button>
      </div>
    </details>
  );
}

interface HeldProps {
  names: readonly string[];
  state: DecideState;
  model: MarketModel;
  edit: Edit;
}

// What the accepted sets hold, and where it can be set.
function Held({ names, state, model, edit }: HeldProps): JSX.Element {
  return (
    <div class="tl-decide__held">
      <p>
        Each of the {model.ensemble.members} accepted sets has a value of its own for {names.length} of the{" "}
        {model.parameters.length} parameters. These can be set only over one set of parameters.{" "}
        <button class="tl-text-button" type="button" onClick={() => edit(chosen_over(state, "one"))}>
          Choose one set of parameters
        </button>
      </p>
      <details class="tl-details">
        <summary>Which parameters the sets hold</summary>
        <p>
          {names.map((name, at) => (
            <span key={name}>
              {at > 0 && ", "}
              <code>{name}</code>
            </span>
          ))}
        </p>
      </details>
    </div>
  );
}

function hint_of(parameter: ModelParameter | undefined): string {
  if (parameter === undefined) return "This parameter is not known";
  const { value, low, high, unit, is_assumption, source } = parameter;
  return `${unit}; ${low} to ${high}; built in ${value}, ${is_assumption ? "an assumption" : source}`;
}

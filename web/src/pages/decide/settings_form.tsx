import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MarketModel, ModelParameter } from "../../api/types";
import { FieldFrame, type FieldFault } from "../../parts/field";
import type { Edit } from "./builder";
import type { DecideState } from "./state";
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
  const free = model.parameters.filter((each) => !state.settings.some(({ name }) => name === each.name));
  const add = (): void => {
    const parameter = model.parameters.find((each) => each.name === chosen);
    if (parameter === undefined) return;
    edit({ settings: [...state.settings, { name: chosen, value: String(parameter.value) }] });
    setChosen("");
  };
  return (
    <details class="tl-details" open={state.settings.length > 0 || undefined}>
      <summary>What it takes as given: set figures of your own</summary>
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

function hint_of(parameter: ModelParameter | undefined): string {
  if (parameter === undefined) return "This parameter is not known";
  const { value, low, high, unit, is_assumption, source } = parameter;
  return `${unit}; ${low} to ${high}; built in ${value}, ${is_assumption ? "an assumption" : source}`;
}

import type { JSX } from "preact";
import type { MarketModel } from "../../api/types";
import type { Edit } from "./builder";
import { chosen_over, type DecideState, type Over } from "./state";

interface OverChoiceProps {
  state: DecideState;
  model: MarketModel;
  edit: Edit;
}

interface Choice {
  over: Over;
  label: string;
  hint: string;
}

// Whether the answer carries doubt about what the model takes as given.
export function OverChoice({ state, model, edit }: OverChoiceProps): JSX.Element {
  const choices: Choice[] = [
    {
      over: "ensemble",
      label: `Over the ${model.ensemble.members} accepted sets of parameters`,
      hint: "Limits carry doubt about the parameters, and sources that do not agree are told apart",
    },
    {
      over: "one",
      label: "Over one set: as built in, or with figures of your own",
      hint: "Limits carry chance alone",
    },
  ];
  return (
    <fieldset class="govuk-fieldset tl-decide__over">
      <legend class="govuk-fieldset__legend">Under which parameters</legend>
      <div class="govuk-radios govuk-radios--small">
        {choices.map(({ over, label, hint }) => (
          <div class="govuk-radios__item" key={over}>
            <input
              class="govuk-radios__input"
              id={`over-${over}`}
              type="radio"
              name="over"
              checked={state.over === over}
              aria-describedby={`over-${over}-hint`}
              onChange={() => edit(chosen_over(state, over))}
            />
            <label class="govuk-label govuk-radios__label" for={`over-${over}`}>
              {label}
            </label>
            <span class="govuk-hint govuk-radios__hint" id={`over-${over}-hint`}>
              {hint}
            </span>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

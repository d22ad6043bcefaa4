import type { JSX } from "preact";
import { FieldFrame } from "./field";

export interface Choice {
  value: string;
  words: string;
}

export interface ChoiceGroup {
  label: string; // Empty: the choices stand by themselves.
  choices: readonly Choice[];
}

interface SelectProps {
  id: string;
  label: string;
  value: string;
  groups: readonly ChoiceGroup[];
  choose: (value: string) => void;
  hint?: string;
}

// One of several. What stands in the address and is no choice is shown as it is, so that nothing else is pretended.
export function Select({ id, label, value, groups, choose, hint }: SelectProps): JSX.Element {
  const is_known = groups.some((group) => group.choices.some((each) => each.value === value));
  return (
    <FieldFrame id={id} label={label} hint={hint}>
      <select class="govuk-select" id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {!is_known && <option value={value}>{value}</option>}
        {groups.map((group) =>
          group.label === "" ? (
            <Options key="" choices={group.choices} />
          ) : (
            <optgroup key={group.label} label={group.label}>
              <Options choices={group.choices} />
            </optgroup>
          ),
        )}
      </select>
    </FieldFrame>
  );
}

function Options({ choices }: { choices: readonly Choice[] }): JSX.Element {
  return (
    <>
      {choices.map((each) => (
        <option key={each.value} value={each.value}>
          {each.words}
        </option>
      ))}
    </>
  );
}

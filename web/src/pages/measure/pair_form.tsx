import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Field } from "../../parts/field";

interface PairField {
  label: string;
  hint: string;
}

interface PairFormProps {
  id: string;
  fields: readonly [PairField, PairField];
  values: readonly [string, string];
  button: string;
  take: (first: string, second: string) => void;
}

// Two spans of time, taken together when they are asked for and not letter by letter.
export function PairForm({ id, fields, values, button, take }: PairFormProps): JSX.Element {
  const [first, second] = values;
  const [typed, setTyped] = useState({ first, second });
  useEffect(() => setTyped({ first, second }), [first, second]);
  const submit = (event: Event): void => {
    event.preventDefault();
    take(typed.first.trim(), typed.second.trim());
  };
  return (
    <form class="tl-line-choice tl-no-print" onSubmit={submit}>
      {(["first", "second"] as const).map((name, at) => (
        <Field
          key={name}
          id={`${id}-${name}`}
          label={fields[at]?.label ?? ""}
          hint={fields[at]?.hint ?? ""}
          value={typed[name]}
          change={(value) => setTyped({ ...typed, [name]: value })}
          input={{ maxLength: 20, autocomplete: "off" }}
        />
      ))}
      <button class="govuk-button" type="submit">
        {button}
      </button>
    </form>
  );
}

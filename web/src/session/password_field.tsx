import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { described_by, FieldFrame } from "../parts/field";

interface PasswordFieldProps {
  id: string;
  label: string;
  value: string;
  change: (value: string) => void;
  autocomplete: "current-password" | "new-password";
  hint?: string;
  error?: string | undefined;
}

// A password that can be pasted, filled in by a password manager, and looked at.
export function PasswordField({
  id,
  label,
  value,
  change,
  autocomplete,
  hint,
  error,
}: PasswordFieldProps): JSX.Element {
  const [is_shown, setShown] = useState(false);
  const input = {
    class: "govuk-input",
    id,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    maxLength: 1000,
    required: true,
    value,
    ...described_by({ id, hint, error }),
    onInput: (event: { currentTarget: HTMLInputElement }): void => change(event.currentTarget.value),
  } as const;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div class="tl-password">
        {is_shown ? <input {...input} type="text" /> : <input {...input} type="password" />}
        <button
          class="govuk-button govuk-button--secondary"
          type="button"
          aria-pressed={is_shown}
          aria-controls={id}
          onClick={() => setShown(!is_shown)}
        >
          {is_shown ? "Hide" : "Show"}
          <span class="govuk-visually-hidden"> the password</span>
        </button>
      </div>
    </FieldFrame>
  );
}

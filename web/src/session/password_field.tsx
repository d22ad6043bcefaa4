import type { JSX } from "preact";
import { useState } from "preact/hooks";

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
  const told = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`]
    .filter((each) => each !== "")
    .join(" ");
  const input = {
    class: "govuk-input",
    id,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    maxLength: 1000,
    required: true,
    value,
    ...(told === "" ? {} : { "aria-describedby": told }),
    onInput: (event: { currentTarget: HTMLInputElement }): void => change(event.currentTarget.value),
  } as const;
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">Error: </span>
          {error}
        </p>
      )}
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
    </div>
  );
}

import type { JSX } from "preact";

interface FieldProps {
  id: string;
  label: string;
  value: string;
  change: (value: string) => void;
  hint?: string;
  error?: string | undefined;
  input?: FieldInput;
}

// What a field tells the browser about what goes into it.
export interface FieldInput {
  autocomplete?: "username" | "name" | "organization" | "off";
  autocapitalize?: "none";
  inputMode?: "numeric";
  list?: string;
  maxLength?: number;
  pattern?: string;
  required?: boolean;
  spellcheck?: boolean;
}

// One line of text to fill in, with what it means and what is wrong with it.
export function Field({ id, label, value, change, hint, error, input = {} }: FieldProps): JSX.Element {
  const told = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`]
    .filter((each) => each !== "")
    .join(" ");
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
      <input
        {...input}
        type="text"
        class={`govuk-input${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        value={value}
        {...(told === "" ? {} : { "aria-describedby": told })}
        {...(error === undefined ? {} : { "aria-invalid": true })}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

export interface FieldFault {
  id: string; // Of the field.
  words: string;
}

// Everything that is wrong with a form, each a way to its field.
export function ErrorSummary({ faults }: { faults: readonly FieldFault[] }): JSX.Element | null {
  if (faults.length === 0) return null;
  const go_to_field = (event: MouseEvent, id: string): void => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div class="govuk-error-summary" role="alert" tabIndex={-1} ref={(shown) => shown?.focus()}>
      <h2 class="govuk-error-summary__title">Something is missing or wrong</h2>
      <ul class="govuk-list govuk-error-summary__list">
        {faults.map((fault) => (
          <li key={fault.id}>
            <a href={`#${fault.id}`} onClick={(event) => go_to_field(event, fault.id)}>
              {fault.words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

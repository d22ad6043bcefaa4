import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

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

interface FieldFrameProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: ComponentChildren;
}

// A field's label, what it means and what is wrong with it, around whatever is filled in.
export function FieldFrame({ id, label, hint, error, children }: FieldFrameProps): JSX.Element {
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
      {children}
    </div>
  );
}

// Says to a screen reader where the frame's hint and error stand.
export function described_by({ id, hint, error }: Pick<FieldFrameProps, "id" | "hint" | "error">): {
  "aria-describedby"?: string;
} {
  const told = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`]
    .filter((each) => each !== "")
    .join(" ");
  return told === "" ? {} : { "aria-describedby": told };
}

// One line of text to fill in, with what it means and what is wrong with it.
export function Field({ id, label, value, change, hint, error, input = {} }: FieldProps): JSX.Element {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        {...input}
        type="text"
        class={`govuk-input${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        value={value}
        {...described_by({ id, hint, error })}
        {...(error === undefined ? {} : { "aria-invalid": true })}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

export interface FieldFault {
  id: string; // Of the field.
  words: string;
}

// Everything that is wrong with a form, each a way to its field. It takes the focus when faults are found, and not again
// while the form is being mended.
export function ErrorSummary({ faults }: { faults: readonly FieldFault[] }): JSX.Element | null {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), [faults]);
  if (faults.length === 0) return null;
  const go_to_field = (event: MouseEvent, id: string): void => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div class="govuk-error-summary" role="alert" tabIndex={-1} ref={summary}>
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

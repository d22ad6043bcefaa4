import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../api/client";
import type { Problem, Purpose } from "../api/types";
import { ProblemView } from "../parts/problem_view";
import { useSession } from "./session";

export const k_purposes: readonly { code: Purpose; words: string; hint: string }[] = [
  { code: "PROTECT", words: "Protecting somebody", hint: "A child or an adult may be at risk" },
  { code: "INVESTIGATE", words: "Investigating an offence", hint: "Preventing, detecting or prosecuting one" },
  { code: "COUNT", words: "Counting", hint: "Figures alone; no person is shown" },
  { code: "GOVERN", words: "Governing", hint: "Audit, erasure, a person’s own request" },
  { code: "OPERATE", words: "Running the system", hint: "Keeping it working; no person is shown" },
];

export function purpose_words(code: Purpose): string {
  return k_purposes.find((each) => each.code === code)?.words ?? code;
}

// Asks for what somebody acts. Nothing is chosen beforehand: a purpose that chose itself would be no purpose.
export function PurposeForm({ done }: { done: () => void }): JSX.Element {
  const session = useSession();
  const chosen = session.state?.purpose ?? null;
  const [code, setCode] = useState<Purpose | null>(chosen?.code ?? null);
  const [reason, setReason] = useState(chosen?.reason ?? "");
  const [problem, setProblem] = useState<Problem | null>(null);
  const keep = async (next: Purpose | null): Promise<void> => {
    try {
      session.take(
        await ask("put", "/api/session/purpose", { body: { code: next, reason: next === null ? "" : reason } }),
      );
      done();
    } catch (error) {
      setProblem(problem_of(error));
    }
  };
  return (
    <form
      class="tl-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (code !== null) void keep(code);
      }}
    >
      {problem && <ProblemView problem={problem} />}
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
          For what do you look at people’s records?
        </legend>
        <div class="govuk-radios govuk-radios--small">
          {k_purposes.map((each) => (
            <div class="govuk-radios__item" key={each.code}>
              <input
                class="govuk-radios__input"
                type="radio"
                name="purpose"
                id={`purpose-${each.code}`}
                value={each.code}
                checked={code === each.code}
                onChange={() => setCode(each.code)}
                aria-describedby={`purpose-${each.code}-hint`}
              />
              <label class="govuk-label govuk-radios__label" for={`purpose-${each.code}`}>
                {each.words}
              </label>
              <span class="govuk-hint govuk-radios__hint" id={`purpose-${each.code}-hint`}>
                {each.hint}
              </span>
            </div>
          ))}
        </div>
      </fieldset>
      <label class="govuk-label" for="purpose-reason">
        Why, in words
      </label>
      <textarea
        class="govuk-textarea"
        id="purpose-reason"
        rows={2}
        maxLength={4000}
        value={reason}
        aria-describedby="purpose-note"
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p class="tl-quiet" id="purpose-note">
        Every look at a person’s record is written in the audit log with this purpose; the reason is kept encrypted.
      </p>
      <div class="govuk-button-group">
        <button class="govuk-button" type="submit" disabled={code === null}>
          Act for this purpose
        </button>
        {chosen !== null && (
          <button class="govuk-button govuk-button--secondary" type="button" onClick={() => void keep(null)}>
            No purpose from now on
          </button>
        )}
      </div>
    </form>
  );
}

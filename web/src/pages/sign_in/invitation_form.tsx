import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../../api/client";
import type { Problem, SessionState } from "../../api/types";
import { ProblemView } from "../../parts/problem_view";
import { k_password_letters_min, new_password_fault } from "../../session/password_fault";
import { PasswordField } from "../../session/password_field";

interface InvitationFormProps {
  token: string;
  enter: (state: SessionState) => void;
}

// Whoever was invited chooses a password, and is in.
export function InvitationForm({ token, enter }: InvitationFormProps): JSX.Element {
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const accept = async (): Promise<void> => {
    const found = new_password_fault(password);
    setFault(found);
    if (found !== undefined) return;
    try {
      enter(await ask("post", "/api/session/invitation", { body: { token, password } }));
    } catch (error) {
      setProblem(problem_of(error));
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void accept();
  };
  const is_over = problem?.code === "sign_in_failed";
  return (
    <>
      <h1 class="govuk-heading-l">Choose a password</h1>
      {is_over && (
        <ProblemView problem={{ ...problem, title: "The invitation does not work", where: "", remedy: "" }}>
          <p>
            An invitation works once and for 72 hours, and a newer one ends it. Ask whoever invited you for another.
          </p>
        </ProblemView>
      )}
      {problem !== null && !is_over && <ProblemView problem={problem} />}
      {!is_over && (
        <form class="tl-form" onSubmit={submit}>
          <p>You were invited to Throughline. With this password and your account’s name you sign in from now on.</p>
          <PasswordField
            id="new-password"
            label="Password"
            value={password}
            change={setPassword}
            autocomplete="new-password"
            error={fault}
            hint={`At least ${k_password_letters_min} characters, of any kind. Three words that do not belong together are easy to keep; a password manager is better still.`}
          />
          <button class="govuk-button" type="submit">
            Set the password and sign in
          </button>
        </form>
      )}
    </>
  );
}

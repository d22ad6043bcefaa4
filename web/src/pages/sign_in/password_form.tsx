import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../../api/client";
import type { Problem, SessionState } from "../../api/types";
import { Field } from "../../parts/field";
import { ProblemView } from "../../parts/problem_view";
import { password_problem } from "../../session/password_fault";
import { PasswordField } from "../../session/password_field";

export function PasswordForm({ enter }: { enter: (state: SessionState) => void }): JSX.Element {
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [is_asking, setAsking] = useState(false);
  const sign_in = async (): Promise<void> => {
    setAsking(true);
    try {
      enter(await ask("post", "/api/session/password", { body: { account: account.trim(), password } }));
    } catch (error) {
      setProblem(problem_of(error));
      setAsking(false);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void sign_in();
  };
  return (
    <form class="tl-form" onSubmit={submit}>
      {problem && <ProblemView problem={password_problem(problem)} />}
      <Field
        id="account"
        label="Account"
        value={account}
        change={setAccount}
        input={{ autocomplete: "username", autocapitalize: "none", spellcheck: false, maxLength: 64, required: true }}
      />
      <PasswordField
        id="password"
        label="Password"
        value={password}
        change={setPassword}
        autocomplete="current-password"
      />
      <button class="govuk-button" type="submit" disabled={is_asking}>
        {is_asking ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, problem_of } from "../api/client";
import type { Problem } from "../api/types";
import { Dialog } from "../parts/dialog";
import { ProblemView } from "../parts/problem_view";
import { password_problem } from "./password_fault";
import { PasswordField } from "./password_field";
import { useSession } from "./session";

interface Waiting {
  act: () => Promise<void>;
  settle: (problem: Problem | null) => void;
}

export interface Proving {
  // Does a sensitive act. Where the program wants to see again who one is, asks for it and then does the act. Gives the problem
  // that stays, or null.
  guard: (act: () => Promise<void>) => Promise<Problem | null>;
  dialog: JSX.Element | null; // To be put into the page.
}

const k_not_shown: Problem = {
  type: "urn:throughline:problem:proof_needed",
  title: "It was not done, because who you are was not shown",
  status: 403,
  code: "proof_needed",
  where: "",
  remedy: "Do it again and enter your password",
};

export function useProof(): Proving {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const guard = async (act: () => Promise<void>): Promise<Problem | null> => {
    try {
      await act();
      return null;
    } catch (error) {
      const problem = problem_of(error);
      if (problem.code !== "proof_needed") return problem;
      return new Promise((settle) => setWaiting({ act, settle }));
    }
  };
  const end = (problem: Problem | null): void => {
    waiting?.settle(problem);
    setWaiting(null);
  };
  const proved = async (): Promise<void> => {
    try {
      await waiting?.act();
      end(null);
    } catch (error) {
      end(problem_of(error));
    }
  };
  return {
    guard,
    dialog: waiting === null ? null : <ProofDialog proved={() => void proved()} close={() => end(k_not_shown)} />,
  };
}

function ProofDialog({ proved, close }: { proved: () => void; close: () => void }): JSX.Element {
  const session = useSession();
  const account = session.state?.account ?? null;
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const prove = async (): Promise<void> => {
    try {
      session.take(await ask("post", "/api/session/proof", { body: { password } }));
      proved();
    } catch (error) {
      setProblem(problem_of(error));
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void prove();
  };
  if (account?.has_password !== true) {
    return (
      <Dialog title="Show again who you are" close={close}>
        <p>This needs a sign-in of the last ten minutes, and your account has no password to show it by.</p>
        <p>
          Sign out and sign in again, by your agency or by a new link from whoever runs the program, and then do it
          again. Your drafts stay.
        </p>
        <div class="govuk-button-group">
          <button class="govuk-button" type="button" onClick={() => void session.sign_out()}>
            Sign out
          </button>
          <button class="govuk-button govuk-button--secondary" type="button" onClick={close}>
            Leave it
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Show again who you are" close={close}>
      <form class="tl-form" onSubmit={submit}>
        <p>
          This changes what others may do or see, so that it needs your password, {account.person_name}. It then stays
          open for ten minutes.
        </p>
        {problem && <ProblemView problem={password_problem(problem)} />}
        <input
          class="govuk-visually-hidden"
          type="text"
          autocomplete="username"
          value={account.name}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          id="proof-password"
          label="Password"
          value={password}
          change={setPassword}
          autocomplete="current-password"
        />
        <div class="govuk-button-group">
          <button class="govuk-button" type="submit">
            Go on
          </button>
          <button class="govuk-button govuk-button--secondary" type="button" onClick={close}>
            Leave it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

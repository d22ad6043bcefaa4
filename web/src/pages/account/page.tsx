import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../../api/client";
import type { Problem } from "../../api/types";
import { instant_words } from "../../format/dates";
import { PageHead } from "../../parts/page_head";
import { ProblemView } from "../../parts/problem_view";
import { FactList } from "../../parts/report_view";
import { k_password_letters_min, new_password_fault } from "../../session/password_fault";
import { PasswordField } from "../../session/password_field";
import { useProof } from "../../session/proof";
import { useSession } from "../../session/session";
import { role_words } from "../govern/people_table";
import "./account.scss";

// One's own account: who one is here, one's password, signing out.
export default function AccountPage(): JSX.Element {
  const session = useSession();
  const { account = null, ends_at = null, idle_seconds = 0 } = session.state ?? {};
  if (account === null) return <PageHead title="Your account" is_printed={false} />;
  const facts = [
    { name: "person", label: "Name", value: account.person_name },
    { name: "account", label: "Account", value: account.name },
    { name: "agency", label: "Agency", value: account.agency },
    { name: "roles", label: "Roles", value: account.roles.map(role_words).join(", ") },
    {
      name: "ends",
      label: "This session ends",
      value: `after ${Math.round(idle_seconds / 60)} minutes without a request${ends_at === null ? "" : `, and at ${instant_words(ends_at)} whatever happens`}`,
    },
  ];
  return (
    <>
      <PageHead title="Your account" is_printed={false} />
      <FactList facts={facts} />
      <OwnPassword account={account.name} has_password={account.has_password} />
      <button class="govuk-button govuk-button--secondary" type="button" onClick={() => void session.sign_out()}>
        Sign out
      </button>
    </>
  );
}

function OwnPassword({ account, has_password }: { account: string; has_password: boolean }): JSX.Element {
  const session = useSession();
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [is_done, setDone] = useState(false);
  const { guard, dialog } = useProof();
  const change = async (): Promise<void> => {
    setDone(false);
    setProblem(null);
    const found = new_password_fault(password);
    setFault(found);
    if (found !== undefined) return;
    const left = await guard(async () => {
      await ask("put", "/api/session/password", { body: { password } });
    });
    setProblem(left);
    if (left !== null) return;
    setPassword("");
    setDone(true);
    await session.renew();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void change();
  };
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{has_password ? "Change your password" : "Set a password"}</h2>
      {problem !== null && <ProblemView problem={problem} />}
      {is_done && (
        <div class="tl-told" role="status">
          <p>Your password is changed. Your other sessions have ended.</p>
        </div>
      )}
      <form class="tl-form tl-account-form" onSubmit={submit}>
        <input
          class="govuk-visually-hidden"
          type="text"
          autocomplete="username"
          value={account}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          id="new-password"
          label="New password"
          value={password}
          change={setPassword}
          autocomplete="new-password"
          error={fault}
          hint={`At least ${k_password_letters_min} characters, of any kind`}
        />
        <button class="govuk-button" type="submit">
          {has_password ? "Change it" : "Set it"}
        </button>
      </form>
      {dialog}
    </section>
  );
}

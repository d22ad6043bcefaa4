import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../../api/client";
import type { Problem } from "../../api/types";
import { instant_words } from "../../format/dates";
import { CopyButton } from "../../parts/copy_button";
import { Trouble } from "../../parts/refusal";
import type { Proving } from "../../session/proof";
import type { Person } from "./people_table";

interface InvitationPartProps {
  person: Person;
  guard: Proving["guard"];
}

interface Made {
  link: string;
  ends_at: string;
}

// Makes an invitation. Its link is shown once, here: only its hash is kept.
export function InvitationPart({ person, guard }: InvitationPartProps): JSX.Element {
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const invite = async (): Promise<void> => {
    setMade(null);
    const left = await guard(async () => {
      setMade(await ask("post", "/api/accounts/{account}/invitation", { path: { account: person.account } }));
    });
    setProblem(left);
  };
  return (
    <section class="tl-section tl-no-print">
      <h2 class="govuk-heading-m">Invitation</h2>
      <p>
        A link with which they choose a password and come in; also for a forgotten password. It works once, for 72
        hours, and ends earlier ones.
      </p>
      {problem !== null && <Trouble problem={problem} again={() => void invite()} />}
      {made !== null && (
        <div class="tl-told" role="status">
          <p>
            <strong>Hand this link to {person.person}, and to nobody else.</strong> It is shown this once and ends{" "}
            {instant_words(made.ends_at)}.
          </p>
          <p class="tl-invitation">
            <code class="tl-command__line" tabIndex={0}>
              {made.link}
            </code>{" "}
            <CopyButton text={made.link} of="the invitation" />
          </p>
        </div>
      )}
      <button class="govuk-button govuk-button--secondary" type="button" onClick={() => void invite()}>
        {made === null ? "Invite" : "Make another"}
      </button>
    </section>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../../api/client";
import type { Problem, Role } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { Dialog } from "../../parts/dialog";
import { PageHead } from "../../parts/page_head";
import { Trouble } from "../../parts/refusal";
import { FactList } from "../../parts/report_view";
import { useProof } from "../../session/proof";
import { InvitationPart } from "./invitation_part";
import { k_roles, people_in, role_words, type Person } from "./people_table";

interface Sensitive {
  title: string;
  words: string;
  button: string;
  done: string;
  act: () => Promise<unknown>;
}

// One account: its roles, an invitation, its sessions. Each change is confirmed, and may want a password first.
export function PersonPage({ name }: { name: string }): JSX.Element {
  const answered = useAnswer("/api/accounts");
  return (
    <Answer answered={answered} what="Looking at the account">
      {(report) => {
        const person = people_in(report).find((each) => each.account === name);
        const above = [{ words: "People", href: "/govern/people" }];
        if (person === undefined)
          return (
            <>
              <PageHead title={name} above={above} is_printed={false} />
              <p>There is no account of that name.</p>
            </>
          );
        return (
          <>
            <PageHead title={person.person} above={above} />
            <PersonView person={person} changed={answered.again} />
          </>
        );
      }}
    </Answer>
  );
}

function PersonView({ person, changed }: { person: Person; changed: () => void }): JSX.Element {
  const [asked, setAsked] = useState<Sensitive | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState("");
  const { guard, dialog } = useProof();
  const carry_out = async (wish: Sensitive): Promise<void> => {
    setAsked(null);
    setDone("");
    const left = await guard(async () => {
      await wish.act();
    });
    setProblem(left);
    if (left !== null) return;
    setDone(wish.done);
    changed();
  };
  const facts = [
    { name: "account", label: "Account", value: person.account },
    { name: "agency", label: "Agency", value: person.agency },
    {
      name: "roles",
      label: "Roles",
      value: person.roles.length === 0 ? "none: may do nothing" : person.roles.map(role_words).join(", "),
    },
  ];
  return (
    <>
      {problem !== null && <Trouble problem={problem} again={() => setProblem(null)} />}
      {done !== "" && (
        <div class="tl-told" role="status">
          <p>{done}</p>
        </div>
      )}
      <FactList facts={facts} />
      <Roles person={person} ask_for={setAsked} />
      <InvitationPart person={person} guard={guard} />
      <section class="tl-section">
        <h2 class="govuk-heading-m">Sessions</h2>
        <p>Signs them out everywhere at once: where an account may be in other hands, or somebody has left.</p>
        <button
          class="govuk-button govuk-button--secondary"
          type="button"
          onClick={() =>
            setAsked({
              title: `End every session of ${person.person}?`,
              button: "End them",
              done: "Every session of the account has ended.",
              words: "What they are doing now stops. They can sign in again as long as they hold a role.",
              act: () => ask("delete", "/api/accounts/{account}/sessions", { path: { account: person.account } }),
            })
          }
        >
          End every session
        </button>
      </section>
      {asked !== null && (
        <Dialog title={asked.title} close={() => setAsked(null)}>
          <p>{asked.words}</p>
          <div class="govuk-button-group">
            <button class="govuk-button" type="button" onClick={() => void carry_out(asked)}>
              {asked.button}
            </button>
            <button class="govuk-button govuk-button--secondary" type="button" onClick={() => setAsked(null)}>
              Leave it
            </button>
          </div>
        </Dialog>
      )}
      {dialog}
    </>
  );
}

function Roles({ person, ask_for }: { person: Person; ask_for: (wish: Sensitive) => void }): JSX.Element {
  const grant = (role: Role): Sensitive => ({
    title: `Make ${person.person} ${role_words(role).toLowerCase()}?`,
    button: "Grant the role",
    done: `${person.person} is ${role_words(role).toLowerCase()} from now on.`,
    words: `${k_roles.find((each) => each.role === role)?.means ?? ""}. It is written in the audit log.`,
    act: () => ask("put", "/api/accounts/{account}/roles/{role}", { path: { account: person.account, role } }),
  });
  const revoke = (role: Role): Sensitive => ({
    title: `Take the role of ${role_words(role).toLowerCase()} from ${person.person}?`,
    button: "Take it away",
    done: `${person.person} is no longer ${role_words(role).toLowerCase()}.`,
    words:
      "It is gone with their next click. Without any role they may do nothing and are signed out. It is written in the audit log.",
    act: () => ask("delete", "/api/accounts/{account}/roles/{role}", { path: { account: person.account, role } }),
  });
  return (
    <section class="tl-section tl-table">
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--m">Roles</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Means</th>
            <th scope="col">Held</th>
            <th scope="col">
              <span class="govuk-visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {k_roles.map(({ role, words, means }) => {
            const is_held = person.roles.includes(role);
            return (
              <tr key={role}>
                <td>{words}</td>
                <td>{means}</td>
                <td>{is_held ? "yes" : "no"}</td>
                <td>
                  <button
                    class="tl-text-button"
                    type="button"
                    onClick={() => ask_for(is_held ? revoke(role) : grant(role))}
                  >
                    {is_held ? "Take away" : "Grant"}
                    <span class="govuk-visually-hidden"> the role of {words.toLowerCase()}</span>
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

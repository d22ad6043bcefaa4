import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go } from "../../address/address";
import { Link } from "../../address/link";
import { ask } from "../../api/client";
import type { Problem, Role } from "../../api/types";
import { ErrorSummary, Field, type FieldFault } from "../../parts/field";
import { PageHead } from "../../parts/page_head";
import { Trouble } from "../../parts/refusal";
import { useProof } from "../../session/proof";
import { useSession } from "../../session/session";
import { k_roles } from "./people_table";

interface NewPerson {
  name: string;
  person_name: string;
  agency: string;
  role: Role | null;
}

export function faults_of(person: NewPerson): FieldFault[] {
  const faults: FieldFault[] = [];
  if (person.person_name.trim() === "") faults.push({ id: "person_name", words: "Enter who it is for" });
  if (person.name.trim() === "") faults.push({ id: "name", words: "Enter an account name" });
  if (person.agency.trim() === "") faults.push({ id: "agency", words: "Enter their agency" });
  if (person.role === null) faults.push({ id: "role-administrator", words: "Choose a role" });
  return faults;
}

export function AddPersonPage(): JSX.Element {
  const own_agency = useSession().state?.account?.agency ?? "";
  const [person, setPerson] = useState<NewPerson>({ name: "", person_name: "", agency: own_agency, role: null });
  const [faults, setFaults] = useState<FieldFault[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { guard, dialog } = useProof();
  const fault_of = (id: string): string | undefined => faults.find((fault) => fault.id === id)?.words;
  const change = (part: Partial<NewPerson>): void => setPerson({ ...person, ...part });
  const add = async (): Promise<void> => {
    const found = faults_of(person);
    setFaults(found);
    const { role } = person;
    if (found.length > 0 || role === null) return;
    const name = person.name.trim();
    const left = await guard(async () => {
      await ask("post", "/api/accounts", {
        body: { name, person_name: person.person_name.trim(), agency: person.agency.trim(), role },
      });
    });
    if (left === null) go(`/govern/people/${encodeURIComponent(name)}`);
    else setProblem(left);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setProblem(null);
    void add();
  };
  return (
    <>
      <PageHead title="Add a person" above={[{ words: "People", href: "/govern/people" }]} is_printed={false} />
      <ErrorSummary faults={faults} />
      {problem !== null && <Trouble problem={problem} again={() => void add()} />}
      <form class="tl-form tl-narrow" onSubmit={submit} noValidate>
        <Field
          id="person_name"
          label="Name of the person"
          value={person.person_name}
          change={(value) => change({ person_name: value })}
          error={fault_of("person_name")}
          input={{ autocomplete: "off", maxLength: 200 }}
        />
        <Field
          id="name"
          label="Account name"
          value={person.name}
          change={(value) => change({ name: value })}
          error={fault_of("name")}
          hint="Short, such as acole; they sign in by it and it stands in the log"
          input={{ autocomplete: "off", autocapitalize: "none", spellcheck: false, maxLength: 64 }}
        />
        <Field
          id="agency"
          label="Agency"
          value={person.agency}
          change={(value) => change({ agency: value })}
          error={fault_of("agency")}
          input={{ autocomplete: "off", maxLength: 200 }}
        />
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend">First role</legend>
          {fault_of("role-administrator") !== undefined && (
            <p class="govuk-error-message">{fault_of("role-administrator")}</p>
          )}
          <div class="govuk-radios govuk-radios--small">
            {k_roles.map((each) => (
              <div class="govuk-radios__item" key={each.role}>
                <input
                  class="govuk-radios__input"
                  type="radio"
                  name="role"
                  id={`role-${each.role}`}
                  checked={person.role === each.role}
                  onChange={() => change({ role: each.role })}
                  aria-describedby={`role-${each.role}-hint`}
                />
                <label class="govuk-label govuk-radios__label" for={`role-${each.role}`}>
                  {each.words}
                </label>
                <span class="govuk-hint govuk-radios__hint" id={`role-${each.role}-hint`}>
                  {each.means}
                </span>
              </div>
            ))}
          </div>
        </fieldset>
        <div class="govuk-button-group">
          <button class="govuk-button" type="submit">
            Add
          </button>
          <Link href="/govern/people">Leave it</Link>
        </div>
        <p class="tl-note">Afterwards you can invite them: that makes a link with which they choose a password.</p>
      </form>
      {dialog}
    </>
  );
}

import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Report, Table, Value } from "../../api/types";
import { count_words } from "../../format/numbers";
import { table_in, text_at } from "../../parts/report_parts";
import { CapacityMark } from "./capacity";

export interface PersonFound {
  name: string; // "person 12", or "not linked yet, 1".
  number: string; // "12"; empty for a record that is in no person yet.
  rows: Value[][];
}

// One group of rows a person, in the order of the answer: the likeliest first.
export function people_in(table: Table): PersonFound[] {
  const found = new Map<string, PersonFound>();
  for (const row of table.rows) {
    const name = text_at(table, row, "person");
    const number = /^person (\d+)$/.exec(name)?.[1] ?? "";
    const person = found.get(name) ?? { name, number, rows: [] };
    person.rows.push(row);
    found.set(name, person);
  }
  return [...found.values()];
}

export function WhoAnswer({ report }: { report: Report }): JSX.Element | null {
  const table = table_in(report, "people");
  if (table === null) return null;
  const people = people_in(table);
  return (
    <>
      <p role="status" class="tl-quiet">
        {people.length === 0 ? "Nobody was found." : `${count_words(people.length, "person")} may be meant`}
      </p>
      {people.length === 0 && <p class="tl-note">{table.empty_text}</p>}
      {people.map((person) => (
        <PersonCard key={person.name} table={table} person={person} />
      ))}
      {report.sections
        .flatMap((section) => section.notes)
        .map((note) => (
          <p key={note} class="tl-note">
            {note}
          </p>
        ))}
    </>
  );
}

function PersonCard({ table, person }: { table: Table; person: PersonFound }): JSX.Element {
  const title = person.name.charAt(0).toUpperCase() + person.name.slice(1);
  return (
    <section class="tl-person">
      <h2 class="govuk-heading-s">
        {person.number === "" ? title : <Link href={`/people/${person.number}`}>{title}</Link>}
      </h2>
      <div
        class="tl-table tl-table__scroll"
        tabIndex={0}
        role="region"
        aria-label={`Who holds something of ${person.name}`}
      >
        <table class="govuk-table tl-person__table">
          <thead>
            <tr>
              <th scope="col">Agency</th>
              <th scope="col">Capacity</th>
              <th scope="col">How sure</th>
              <th scope="col">Whom to ring</th>
            </tr>
          </thead>
          <tbody>
            {person.rows.map((row, at) => (
              <tr key={at}>
                <td>{text_at(table, row, "agency")}</td>
                <td>
                  <CapacityMark capacity={text_at(table, row, "capacity")} />
                </td>
                <td>
                  {text_at(table, row, "how_sure")}{" "}
                  <span class="tl-quiet tl-number">{text_at(table, row, "probability")}</span>
                </td>
                <td>{text_at(table, row, "desk")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

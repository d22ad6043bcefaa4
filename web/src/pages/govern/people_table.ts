import type { Report, Role } from "../../api/types";
import { table_in, text_at } from "../../parts/report_parts";

export interface Person {
  account: string;
  person: string;
  agency: string;
  roles: Role[];
}

export const k_roles: readonly { role: Role; words: string; means: string }[] = [
  { role: "administrator", words: "Administrator", means: "Manages people; sees no person’s records by it" },
  {
    role: "analyst",
    words: "Analyst",
    means: "Brings data in and counts; sees records of the own agency for a purpose",
  },
  { role: "practitioner", words: "Practitioner", means: "Works with the records of the own agency for a purpose" },
  { role: "auditor", words: "Auditor", means: "Reads the log, and published figures" },
];

export function role_words(role: Role): string {
  return k_roles.find((each) => each.role === role)?.words ?? role;
}

export function people_in(report: Report): Person[] {
  const table = table_in(report, "accounts");
  if (table === null) return [];
  return table.rows.map((row) => {
    const held = text_at(table, row, "roles").split(", ");
    return {
      account: text_at(table, row, "account"),
      person: text_at(table, row, "person"),
      agency: text_at(table, row, "agency"),
      roles: k_roles.map((each) => each.role).filter((role) => held.includes(role)),
    };
  });
}

export function by_agency(people: readonly Person[]): [string, Person[]][] {
  const agencies = new Map<string, Person[]>();
  for (const person of people) agencies.set(person.agency, [...(agencies.get(person.agency) ?? []), person]);
  return [...agencies].sort(([a], [b]) => a.localeCompare(b, "en-GB"));
}

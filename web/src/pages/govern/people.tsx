import type { JSX } from "preact";
import { Link } from "../../address/link";
import { useAnswer } from "../../api/use_answer";
import { count_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { DownloadLinks } from "../../parts/download_links";
import { PageHead } from "../../parts/page_head";
import { by_agency, people_in, role_words, type Person } from "./people_table";

// Who may use the workspace, by agency, with what each may do.
export function PeoplePage(): JSX.Element {
  const answered = useAnswer("/api/accounts");
  return (
    <>
      <PageHead
        title="People"
        lead="Who may use this workspace, and in which roles. A role that is taken away is gone with the next click."
        acts={
          <Link href="/govern/people/add" class="govuk-button">
            Add a person
          </Link>
        }
      />
      <Answer answered={answered} what="Listing the accounts">
        {(report) => {
          const people = people_in(report);
          return (
            <>
              {by_agency(people).map(([agency, members]) => (
                <Agency key={agency} agency={agency} members={members} />
              ))}
              <p class="tl-table__foot">
                <span>{count_words(people.length, "account")}</span>{" "}
                <DownloadLinks answer_address={answered.address} table="accounts" of="the accounts" />
              </p>
            </>
          );
        }}
      </Answer>
    </>
  );
}

function Agency({ agency, members }: { agency: string; members: readonly Person[] }): JSX.Element {
  return (
    <section class="tl-section tl-table">
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--s">{agency}</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Account</th>
            <th scope="col">Roles</th>
          </tr>
        </thead>
        <tbody>
          {members.map((each) => (
            <tr key={each.account}>
              <td>
                <Link href={`/govern/people/${encodeURIComponent(each.account)}`}>{each.person}</Link>
              </td>
              <td class="tl-id">{each.account}</td>
              <td>
                {each.roles.length === 0 ? (
                  <span class="tl-quiet">none: may do nothing</span>
                ) : (
                  each.roles.map(role_words).join(", ")
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import type { JSX } from "preact";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { count_words } from "../../format/numbers";
import { PageHead } from "../../parts/page_head";
import { fact_text, table_in, text_at } from "../../parts/report_parts";
import { HoldingView } from "./holding_view";
import { Timeline } from "./lanes_view";
import { PersonHistory } from "./person_history";
import { PersonJudgements } from "./person_judgements";
import { PersonUses } from "./person_uses";
import { RecordsView } from "./records_view";
import { LinksAnswer } from "./trouble";

// One person as linkage believes in them: who holds what, what happened, why these records are thought to be one person's.
export function PersonPage({ person }: { person: string }): JSX.Element {
  const answered = useAnswer("/api/people/{person}", { path: { person } });
  return (
    <>
      <PageHead
        title={`Person ${person}`}
        above={[{ words: "People", href: "/people" }]}
        {...(answered.body === null ? {} : { lead: lead_of(answered.body) })}
      />
      <LinksAnswer answered={answered} what="Gathering this person’s records">
        {(report) => <Person person={person} report={report} answer_address={answered.address} />}
      </LinksAnswer>
    </>
  );
}

function lead_of(report: Report): string {
  const records = table_in(report, "records");
  const agencies = new Set(records?.rows.map((row) => text_at(records, row, "agency")) ?? []);
  return `${count_words(records?.rows.length ?? 0, "record")} of ${count_words(agencies.size, "agency", "agencies")}, thought to be of one person by run ${fact_text(report, "run") ?? ""}.`;
}

interface PersonProps {
  person: string;
  report: Report;
  answer_address: string;
}

function Person({ person, report, answer_address }: PersonProps): JSX.Element {
  const records = table_in(report, "records");
  const links = table_in(report, "links");
  const story = table_in(report, "story");
  const judgements = table_in(report, "judgements");
  const merged_into = fact_text(report, "entity");
  return (
    <>
      {merged_into !== null && merged_into !== person && (
        <p class="tl-note">
          Person {person} was merged into person {merged_into}, who is shown.
        </p>
      )}
      {report.sections
        .flatMap((section) => section.notes)
        .map((note) => (
          <p key={note} class="tl-note">
            {note}
          </p>
        ))}
      {records !== null && <RecordsView table={records} answer_address={answer_address} />}
      {story !== null && <Timeline story={story} answer_address={answer_address} />}
      {records !== null && links !== null && (
        <HoldingView records={records} links={links} answer_address={answer_address} />
      )}
      {judgements !== null && <PersonJudgements table={judgements} answer_address={answer_address} />}
      <PersonHistory person={person} />
      <PersonUses person={person} />
    </>
  );
}

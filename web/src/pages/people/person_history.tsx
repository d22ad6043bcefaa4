import type { JSX } from "preact";
import { useAnswer } from "../../api/use_answer";
import { DataTable } from "../../parts/data_table";
import { table_in } from "../../parts/report_parts";
import { LinksAnswer } from "./trouble";

// How this person came to be: which records joined and left in which run, and who was merged and split.
export function PersonHistory({ person }: { person: string }): JSX.Element {
  const answered = useAnswer("/api/people/{person}/history", { path: { person } });
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">Merges and splits</h2>
      <LinksAnswer answered={answered} what="Reading the history">
        {(report) => {
          const events = table_in(report, "events");
          return events === null ? null : (
            <DataTable table={events} caption="" answer_address={answered.address} rows_at_first={10} />
          );
        }}
      </LinksAnswer>
    </section>
  );
}

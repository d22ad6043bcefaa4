import type { JSX } from "preact";
import type { Report, Table } from "../../api/types";
import { with_dates_in_words } from "../../format/dates";
import { fact_text, table_in, text_at } from "../../parts/report_parts";
import { Waterfall } from "./waterfall_view";

interface PairViewProps {
  report: Report;
  answer_address?: string;
}

// Two records and what speaks for their being of one person: first what people look at, then what the model weighed.
export function PairView({ report, answer_address }: PairViewProps): JSX.Element {
  const records = table_in(report, "records");
  const evidence = table_in(report, "evidence");
  return (
    <>
      {records !== null && <TwoRecords table={records} />}
      <Likelihood report={report} />
      {evidence !== null && (
        <Waterfall evidence={evidence} {...(answer_address === undefined ? {} : { answer_address })} />
      )}
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

function Likelihood({ report }: { report: Report }): JSX.Element | null {
  const probability = fact_text(report, "probability");
  if (probability === null) return null;
  const household = fact_text(report, "household");
  return (
    <p>
      <strong>{fact_text(report, "how_sure")}</strong>: one person with probability {probability}
      {household !== null && <>, two people of one home with {household}</>}.
    </p>
  );
}

function TwoRecords({ table }: { table: Table }): JSX.Element {
  const is_bare = table.rows.length <= 2; // Agency and capacity alone.
  return (
    <>
      <div class="tl-table tl-table__scroll" tabIndex={0} role="region" aria-label="The two records side by side">
        <table class="govuk-table tl-pair">
          <thead>
            <tr>
              <td />
              {table.columns.slice(1, 3).map((column, at) => (
                <th key={column.name} scope="col">
                  {at === 0 ? "One" : "Other"} <span class="tl-id tl-quiet">{column.heading}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => {
              const differs = text_at(table, row, "differs") !== "";
              return (
                <tr key={text_at(table, row, "field")}>
                  <th scope="row">{text_at(table, row, "field")}</th>
                  {["one", "other"].map((side) => (
                    <td key={side}>
                      <Said text={text_at(table, row, side)} differs={differs} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {is_bare && (
        <p class="tl-note">
          Neither record is your agency’s, so their values are not shown: the evidence below tells how they agree.
        </p>
      )}
    </>
  );
}

// A value of a record; where it differs from the other it is marked, and said to be for those who do not see the mark.
export function Said({ text, differs }: { text: string; differs: boolean }): JSX.Element {
  if (text === "") {
    return (
      <span class="tl-nothing">
        <span aria-hidden="true">–</span>
        <span class="govuk-visually-hidden">not shown</span>
      </span>
    );
  }
  const words = with_dates_in_words(text);
  if (!differs) return <>{words}</>;
  return (
    <mark class="tl-differs">
      {words}
      <span class="govuk-visually-hidden"> (differs)</span>
    </mark>
  );
}

import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Column, Report, Value } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { SectionView } from "../../parts/report_view";

function record_link(value: Value, column: Column): JSX.Element | null {
  if (column.name !== "record" || typeof value !== "string") return null;
  return (
    <Link href={`/records/${value}`}>
      <span class="tl-id tl-nowrap">{value}</span>
    </Link>
  );
}

interface RecordLinksProps {
  report: Report;
  answer_address: string;
}

// An answer whose tables name records: each leads to its own page.
export function RecordLinks({ report, answer_address }: RecordLinksProps): JSX.Element {
  // What the extract is stands on its own part of the page; here only how many rows there are.
  const sections = report.sections.map((section) =>
    section.name !== "extract"
      ? section
      : {
          ...section,
          title: "",
          facts: section.facts.filter((fact) => ["rows", "rejected", "erased"].includes(fact.name)),
        },
  );
  return (
    <div class="tl-report">
      {sections.map((section) => (
        <div key={section.name}>
          <SectionView section={{ ...section, tables: [], notes: [] }} />
          {section.tables.map((table) => (
            <DataTable
              key={table.name}
              table={table}
              answer_address={answer_address}
              rows_at_first={50}
              show={record_link}
            />
          ))}
          {section.notes.map((note) => (
            <p key={note} class="tl-note">
              {note}
            </p>
          ))}
        </div>
      ))}
    </div>
  );
}

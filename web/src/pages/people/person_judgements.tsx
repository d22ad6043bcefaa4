import type { JSX } from "preact";
import type { Table } from "../../api/types";
import { DataTable } from "../../parts/data_table";

interface PersonJudgementsProps {
  table: Table;
  answer_address: string;
}

export function PersonJudgements({ table, answer_address }: PersonJudgementsProps): JSX.Element {
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">What people judged</h2>
      <DataTable table={{ ...table, title: "" }} caption="" answer_address={answer_address} />
    </section>
  );
}

import type { JSX } from "preact";
import { usePageState, type StateCodec } from "../../address/page_state";
import type { Report, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { PageHead } from "../../parts/page_head";
import { table_in, text_at } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";

interface PermissionsState {
  role: string;
  decision: string;
}

const k_codec: StateCodec<PermissionsState> = {
  read: (query) => ({ role: query.get("role") ?? "", decision: query.get("decision") ?? "" }),
  write: (state, query) => {
    for (const [name, value] of Object.entries(state) as [string, string][]) {
      if (value === "") query.delete(name);
      else query.set(name, value);
    }
  },
};

// The rules by which every wish is allowed or refused, and what the person's own roles may do by them; for those who answer for
// others, what every role may.
export function PermissionsPage(): JSX.Element {
  const answered = useAnswer("/api/permissions");
  return (
    <>
      <PageHead
        title="Permissions"
        lead="Whatever no rule allows is refused. These are the rules themselves, asked of the program and not copied from it."
      />
      <Answer answered={answered} what="Asking the rules">
        {(report) => <Permissions report={report} address={answered.address} />}
      </Answer>
    </>
  );
}

function values_of(table: Table, column: string): string[] {
  return [...new Set(table.rows.map((row) => text_at(table, row, column)))].sort();
}

function Permissions({ report, address }: { report: Report; address: string }): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const table = table_in(report, "permissions");
  const rows =
    table?.rows.filter(
      (row) =>
        (state.role === "" || text_at(table, row, "role") === state.role) &&
        (state.decision === "" || text_at(table, row, "decision") === state.decision),
    ) ?? [];
  const others = report.sections.map((section) => ({
    ...section,
    tables: section.tables.filter((each) => each.name !== "permissions"),
  }));
  return (
    <>
      {table !== null && (
        <section class="tl-section">
          <h2 class="govuk-heading-m">{table.title}</h2>
          <form class="tl-filter" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
            <Choice
              id="role"
              label="Role"
              all="All of mine"
              value={state.role}
              values={values_of(table, "role")}
              choose={(role) => change({ role }, { replace: true })}
            />
            <Choice
              id="decision"
              label="Decision"
              all="Either"
              value={state.decision}
              values={values_of(table, "decision")}
              choose={(decision) => change({ decision }, { replace: true })}
            />
          </form>
          <DataTable table={{ ...table, rows }} caption="" answer_address={address} rows_at_first={35} />
        </section>
      )}
      {others.map((section) => (
        <SectionView key={section.name} section={section} answer_address={address} />
      ))}
    </>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  all: string;
  value: string;
  values: readonly string[];
  choose: (value: string) => void;
}

function Choice({ id, label, all, value, values, choose }: ChoiceProps): JSX.Element {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={id}>
        {label}
      </label>
      <select class="govuk-select" id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{all}</option>
        {values.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </div>
  );
}

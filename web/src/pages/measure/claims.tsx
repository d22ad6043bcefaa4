import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { go, query_text, useAddress, with_query, type Address } from "../../address/address";
import type { Report, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { usePosted } from "../../api/use_posted";
import { count_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { PageHead } from "../../parts/page_head";
import { Waiting } from "../../parts/problem_view";
import { Trouble } from "../../parts/refusal";
import { table_in } from "../../parts/report_parts";
import { ReportView } from "../../parts/report_view";
import { MeasureNav } from "./parts_nav";
import { statuses_in, with_status } from "./claim_rows";

// The statement is kept with the history entry, as the words of a search are, and never in the address.
function carried_statement({ carried }: Address): string {
  const has_one =
    typeof carried === "object" && carried !== null && "statement" in carried && typeof carried.statement === "string";
  return has_one ? (carried as { statement: string }).statement : "";
}

// Does a printed figure hold? And below, the figures of published reports with their statuses.
export function ClaimsPage(): JSX.Element {
  const address = useAddress();
  const statement = carried_statement(address);
  const [typed, setTyped] = useState(statement);
  useEffect(() => setTyped(statement), [statement]);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (typed.trim() === "") return;
    go(address.path + query_text(address.query), { carried: { statement: typed.trim() } });
  };
  return (
    <>
      <PageHead
        title="Claims"
        lead="Does a printed figure hold? It is held against the published series that are carried here, on every basis that they allow."
      />
      <MeasureNav here="/measure/claims" />
      <form class="tl-filter tl-seek tl-no-print" onSubmit={submit}>
        <div class="govuk-form-group">
          <label class="govuk-label" for="statement">
            One sentence with one figure
          </label>
          <div class="govuk-hint" id="statement-hint">
            For example: drug stop and search fell 61 per cent from 2012 to 2018
          </div>
          <input
            class="govuk-input"
            id="statement"
            type="text"
            autocomplete="off"
            maxLength={1000}
            aria-describedby="statement-hint"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button class="govuk-button" type="submit">
          Check
        </button>
      </form>
      {statement !== "" && <Checked statement={statement} />}
      <Register />
      <Conflicts />
      <PublishedSeries />
    </>
  );
}

function Checked({ statement }: { statement: string }): JSX.Element {
  const { body: report, problem, again } = usePosted("/api/claims", { statement });
  if (problem !== null) return <Trouble problem={problem} again={again} />;
  if (report === null) return <Waiting what="Trying every basis" />;
  return (
    <div role="status">
      <ReportView report={report} />
    </div>
  );
}

// The statuses of the reports' figures, all or those of one kind.
function Register(): JSX.Element {
  const answered = useAnswer("/api/claims/reports");
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">What published reports print</h2>
      <Answer answered={answered} what="Checking the figures of the reports">
        {(report) => <RegisterRows report={report} address={answered.address} />}
      </Answer>
    </section>
  );
}

function RegisterRows({ report, address }: { report: Report; address: string }): JSX.Element | null {
  const place = useAddress();
  const chosen = place.query.get("status") ?? "";
  const rows = table_in(report, "rows");
  const statuses = useMemo(() => (rows === null ? [] : statuses_in(rows)), [rows]);
  const shown: Table | null = useMemo(() => (rows === null ? null : with_status(rows, chosen)), [rows, chosen]);
  const counts = table_in(report, "counts");
  if (rows === null || shown === null) return null;
  const choose = (status: string): void =>
    go(with_query(place, { status: status === "" ? null : status }), { replace: true, carried: place.carried });
  return (
    <>
      {counts !== null && <DataTable table={counts} answer_address={address} />}
      <div class="govuk-form-group tl-no-print">
        <label class="govuk-label" for="claim-status">
          Status
        </label>
        <select
          class="govuk-select"
          id="claim-status"
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">All</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {status}
            </option>
          ))}
        </select>
      </div>
      <p role="status" class="tl-quiet">
        {count_words(shown.rows.length, "figure")}
      </p>
      <DataTable table={shown} answer_address={address} rows_at_first={20} />
    </>
  );
}

function Conflicts(): JSX.Element {
  const answered = useAnswer("/api/claims/conflicts");
  return (
    <Answer answered={answered} what="Looking for rival figures">
      {(report) => <ReportView report={report} answer_address={answered.address} rows_at_first={20} />}
    </Answer>
  );
}

// Asked for only when somebody wants to know.
function PublishedSeries(): JSX.Element {
  const [is_wanted, setWanted] = useState(false);
  const answered = useAnswer(is_wanted ? "/api/claims/series" : null);
  return (
    <details class="tl-details tl-no-print" onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>The published series, and up to when each runs</summary>
      {is_wanted && (
        <Answer answered={answered} what="Listing the series">
          {(report) => <ReportView report={report} answer_address={answered.address} heading={3} />}
        </Answer>
      )}
    </details>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go, with_query, useAddress } from "../../address/address";
import { Link } from "../../address/link";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { number_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { Field } from "../../parts/field";
import { PageHead } from "../../parts/page_head";
import { fact_text, number_at, table_in } from "../../parts/report_parts";
import { EntriesTable } from "./entries_table";

const k_page_rows = 50;

// The audit log, newest first, a page at a time.
export function LogPage(): JSX.Element {
  const address = useAddress();
  const asked = address.query.get("before");
  const before = asked !== null && /^\d{1,15}$/.test(asked) ? Number(asked) : undefined;
  const answered = useAnswer("/api/log", { query: { rows: k_page_rows, before } });
  return (
    <>
      <PageHead
        title="Audit log"
        lead="Every reading, change and refusal is an entry: by whom, for what, by which rule. Reading the log is one, too."
      />
      <GoToEntry />
      <Answer answered={answered} what="Reading the log">
        {(report) => (
          <>
            <EntriesTable report={report} answer_address={answered.address} />
            <Pages report={report} before={before} to={(number) => with_query(address, { before: number })} />
          </>
        )}
      </Answer>
    </>
  );
}

function GoToEntry(): JSX.Element {
  const [number, setNumber] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const seek = (event: Event): void => {
    event.preventDefault();
    const digits = number.trim();
    if (/^\d{1,15}$/.test(digits)) go(`/govern/log/${digits}`);
    else setError("An entry’s number has digits alone");
  };
  return (
    <form class="tl-filter" onSubmit={seek}>
      <Field
        id="entry-number"
        label="Entry number"
        value={number}
        change={setNumber}
        error={error}
        input={{ inputMode: "numeric", autocomplete: "off", maxLength: 15 }}
      />
      <button class="govuk-button govuk-button--secondary" type="submit">
        Show it and its proof
      </button>
    </form>
  );
}

function Pages({
  report,
  before,
  to,
}: {
  report: Report;
  before: number | undefined;
  to: (before: string | null) => string;
}): JSX.Element | null {
  const table = table_in(report, "entries");
  const last = table?.rows.at(-1);
  const all = Number(fact_text(report, "entries") ?? 0);
  if (table === null || last === undefined)
    return (
      <p>
        There are no earlier entries. <Link href={to(null)}>The newest</Link>
      </p>
    );
  const oldest = number_at(table, last, "entry");
  const newer = before === undefined || before + k_page_rows > all ? null : String(before + k_page_rows);
  return (
    <nav class="tl-pages" aria-label="Pages of the log">
      {before !== undefined && <Link href={to(newer)}>Newer</Link>}
      {oldest > 0 && <Link href={to(String(oldest))}>Older</Link>}
      <span class="tl-quiet">{number_words(all)} entries in all</span>
    </nav>
  );
}

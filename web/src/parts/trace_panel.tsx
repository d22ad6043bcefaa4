import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { current_address, go, useAddress, with_query } from "../address/address";
import { Link } from "../address/link";
import type { Report } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { PrintButton } from "./print_button";
import { Waiting } from "./problem_view";
import { Trouble } from "./refusal";
import { ReportView } from "./report_view";
import { trace_kind } from "./trace_link";

const k_kind_words = { figure: "Figure", extract: "Extract", record: "Record" } as const;

// The entries of the audit log that a trace names.
export function entries_in(report: Report): string[] {
  const found = new Set<string>();
  for (const section of report.sections) {
    for (const fact of section.facts) if (fact.name === "entry" && fact.value !== null) found.add(String(fact.value));
    for (const table of section.tables) {
      const at = table.columns.findIndex((column) => column.name === "entry");
      for (const row of table.rows)
        if (at >= 0 && row[at] !== null && row[at] !== undefined) found.add(String(row[at]));
    }
  }
  return [...found];
}

// The report without what stands above it already: the name of what is traced, as a title and as a fact.
export function without_name(report: Report, name: string): Report {
  const kind = trace_kind(name);
  const titles = kind === null ? [name] : [name, `${k_kind_words[kind]} ${name}`];
  const [first, ...others] = report.sections;
  if (first === undefined) return report;
  const title = titles.includes(first.title) ? "" : first.title;
  return {
    ...report,
    sections: [{ ...first, title, facts: first.facts.filter(({ value }) => value !== name) }, ...others],
  };
}

// "How do we know?", beside the page: from the figure that the address names to rows, files, hashes and log entries. Each name
// in it leads further; the browser's back button leads out again.
export function TracePanel(): JSX.Element {
  const address = useAddress();
  const name = address.query.get("trace");
  const dialog = useRef<HTMLDialogElement>(null);
  const way = useWay(name);
  useEffect(() => {
    const shown = dialog.current;
    if (shown === null) return;
    // Modal, so that the browser keeps the focus inside, closes on Escape and gives the focus back.
    if (name !== null && !shown.open) shown.showModal();
    if (name === null && shown.open) shown.close();
    shown.querySelector(".tl-trace__body")?.scrollTo(0, 0);
  }, [name]);
  const close = (): void => dialog.current?.close();
  usePrintedWhole(dialog);
  const closed = (): void => {
    if (dialog.current?.open === true) return; // Opened again for printing.
    const here = current_address();
    if (here.query.has("trace")) go(with_query(here, { trace: null }));
  };
  return (
    <dialog
      class="tl-trace"
      ref={dialog}
      aria-labelledby="trace-title"
      onClose={closed}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {name !== null && (
        <>
          <header class="tl-trace__head">
            <h2 class="govuk-heading-m" id="trace-title">
              How do we know?
            </h2>
            <div class="tl-trace__acts">
              {way !== null && (
                <button class="tl-text-button" type="button" onClick={() => go(with_query(address, { trace: way }))}>
                  Back
                </button>
              )}
              <PrintButton />
              <button class="tl-text-button" type="button" autofocus onClick={close}>
                Close
              </button>
            </div>
          </header>
          <div class="tl-trace__body" tabIndex={0} role="region" aria-label="The trace">
            <TraceOf key={name} name={name} />
          </div>
        </>
      )}
    </dialog>
  );
}

// A modal dialog is cut off at the foot of its first page; while it is printed, it stands in the page like anything else.
function usePrintedWhole(dialog: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const reopen = (open: (shown: HTMLDialogElement) => void) => (): void => {
      const shown = dialog.current;
      if (shown?.open !== true) return;
      shown.close();
      open(shown);
    };
    const before = reopen((shown) => shown.show());
    const after = reopen((shown) => shown.showModal());
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, [dialog]);
}

// Where the trace that is open was reached from, if from another trace.
function useWay(name: string | null): string | null {
  const names = useRef<string[]>([]);
  if (name === null) names.current = [];
  else if (names.current.at(-2) === name) names.current.pop();
  else if (names.current.at(-1) !== name) names.current.push(name);
  return names.current.at(-2) ?? null;
}

function TraceOf({ name }: { name: string }): JSX.Element {
  const { body, problem, address, again } = useAnswer("/api/trace", { query: { name } });
  const kind = trace_kind(name);
  if (problem !== null) return <Trouble problem={problem} again={again} />;
  if (body === null) return <Waiting what="Walking back to the rows" />;
  const entries = entries_in(body);
  return (
    <>
      <p class="tl-trace__name">
        <span class="tl-quiet">{kind === null ? "" : k_kind_words[kind]}</span> <span class="tl-id">{name}</span>
      </p>
      <ReportView report={without_name(body, name)} answer_address={address} heading={3} />
      {entries.length > 0 && (
        <section class="tl-section">
          <h3 class="govuk-heading-m">Proof to hand on</h3>
          <p>
            What let these rows in is written in the audit log. The proof of an entry can be checked by anybody, without
            this program.
          </p>
          <ul class="tl-plain-list">
            {entries.map((entry) => (
              <li key={entry}>
                <Link href={`/govern/log/${entry}`}>Entry {entry} and its proof</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

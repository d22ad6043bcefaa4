import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Link } from "../../address/link";
import { usePageState, type StateCodec } from "../../address/page_state";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { day_words } from "../../format/dates";
import { count_words, number_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { DownloadLinks } from "../../parts/download_links";
import { EmptyState } from "../../parts/empty_state";
import { ExtractLink } from "../../parts/extract_link";
import { PageHead } from "../../parts/page_head";
import { number_at, table_in, text_at } from "../../parts/report_parts";
import { groups_of, states_in, type ExtractFilter, type SourceGroup } from "./source_groups";
import { UnfinishedUploads } from "./unfinished";

const k_codec: StateCodec<ExtractFilter> = {
  read: (query) => ({
    source: query.get("source") ?? "",
    find: query.get("find") ?? "",
    state: query.get("state") ?? "",
  }),
  write: (state, query) => {
    for (const [name, value] of Object.entries(state) as [string, string][]) {
      if (value === "") query.delete(name);
      else query.set(name, value);
    }
  },
};

// What agencies sent, by source: how fresh, how much, how much was rejected.
export function SourcesList(): JSX.Element {
  const answered = useAnswer("/api/extracts");
  return (
    <>
      <PageHead
        title="Sources"
        lead="Every file that was read in, by source. A row is either a record or a rejection; nothing is dropped."
        acts={
          <Link href="/sources/add" class="govuk-button">
            Add an extract
          </Link>
        }
      />
      <UnfinishedUploads />
      <Answer answered={answered} what="Listing the extracts">
        {(report) => <Extracts report={report} address={answered.address} />}
      </Answer>
    </>
  );
}

function Extracts({ report, address }: { report: Report; address: string }): JSX.Element {
  const [filter, change] = usePageState(k_codec);
  const groups = useMemo(() => groups_of(report, filter), [report, filter]);
  const table = table_in(report, "extracts");
  if (table === null || table.rows.length === 0) {
    return (
      <EmptyState title="No file was read in yet">
        <p>
          Here each file stands with its rows, its rejections and its place in the log.{" "}
          <Link href="/sources/add">Add the first</Link>, or type <code>throughline ingest FILE</code>.
        </p>
      </EmptyState>
    );
  }
  const is_filtered = filter.source !== "" || filter.find !== "" || filter.state !== "";
  const shown = groups.reduce((sum, group) => sum + group.extracts.rows.length, 0);
  return (
    <>
      <Filter
        filter={filter}
        change={(part) => change(part, { replace: true })}
        states={states_in(table)}
        sources={groups_of(report, { source: "", find: "", state: "" })
          .map((group) => group.source)
          .sort()}
      />
      <p class="tl-quiet" role="status">
        {count_words(shown, "extract")}
        {is_filtered ? ` of ${number_words(table.rows.length)}` : ""}, {count_words(groups.length, "source")} ·{" "}
        <DownloadLinks answer_address={address} table="extracts" of="all extracts" />
      </p>
      {shown === 0 && (
        <p>
          No extract fits.{" "}
          <button class="tl-text-button" type="button" onClick={() => change({ source: "", find: "", state: "" })}>
            Show all
          </button>
        </p>
      )}
      {groups.map((group) => (
        <Group key={group.source} group={group} is_open={is_filtered || groups.length === 1} />
      ))}
    </>
  );
}

interface FilterProps {
  filter: ExtractFilter;
  change: (part: Partial<ExtractFilter>) => void;
  states: readonly string[];
  sources: readonly string[];
}

function Filter({ filter, change, states, sources }: FilterProps): JSX.Element {
  return (
    <form class="tl-filter" role="search" aria-label="Filter the extracts" onSubmit={(event) => event.preventDefault()}>
      <div class="govuk-form-group">
        <label class="govuk-label" for="find">
          Name, file, force, month or agency
        </label>
        <input
          class="govuk-input"
          id="find"
          type="search"
          value={filter.find}
          onInput={(event) => change({ find: event.currentTarget.value })}
        />
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label" for="source">
          Source
        </label>
        <select
          class="govuk-select"
          id="source"
          value={filter.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        >
          <option value="">All</option>
          {sources.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label" for="state">
          State
        </label>
        <select
          class="govuk-select"
          id="state"
          value={filter.state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        >
          <option value="">Any</option>
          {states.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
    </form>
  );
}

function Group({ group, is_open }: { group: SourceGroup; is_open: boolean }): JSX.Element {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const table = group.extracts;
  const open = chosen ?? is_open;
  return (
    <section class="tl-source">
      <div class="tl-source__line">
        <h2 class="govuk-heading-s">
          <Link href={`/sources/${group.source}`}>{group.source}</Link>
        </h2>
        <dl>
          <div>
            <dt>Extracts</dt>
            <dd>{number_words(table.rows.length)}</dd>
          </div>
          <div>
            <dt>Rows that stand</dt>
            <dd>{number_words(group.rows)}</dd>
          </div>
          <div>
            <dt>of which rejected</dt>
            <dd>{number_words(group.rejected)}</dd>
          </div>
          <div>
            <dt>Newest received</dt>
            <dd>{day_words(group.newest)}</dd>
          </div>
        </dl>
        <button class="tl-text-button" type="button" aria-expanded={open} onClick={() => setChosen(!open)}>
          {open ? "Hide extracts" : "Show extracts"}
          <span class="govuk-visually-hidden"> of {group.source}</span>
        </button>
      </div>
      {open && (
        <DataTable
          table={table}
          caption=""
          rows_at_first={12}
          show={(value, column, row) => {
            if (column.name === "extract") return <ExtractLink name={text_at(table, row, "extract")} />;
            if (column.name === "rejected" && number_at(table, row, "rejected") > 0) {
              return (
                <Link href={`/sources/extracts/${text_at(table, row, "extract")}?part=rejections`}>
                  {number_words(Number(value))}
                </Link>
              );
            }
            return column.name === "source" ? <>{String(value)}</> : null;
          }}
        />
      )}
    </section>
  );
}

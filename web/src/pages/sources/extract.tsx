import type { JSX } from "preact";
import { Link } from "../../address/link";
import { usePageState, type StateCodec } from "../../address/page_state";
import { useAddress, with_query } from "../../address/address";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { sentence_with_dates } from "../../format/dates";
import { Answer } from "../../parts/answer";
import { PageHead, PartsNav } from "../../parts/page_head";
import { fact_text } from "../../parts/report_parts";
import { ReportView } from "../../parts/report_view";
import { TraceLink } from "../../parts/trace_link";
import { handling_words, useHandling } from "../../shell/handling";
import { QualityView } from "./quality_view";
import { RecordLinks } from "./record_links";
import { source_name } from "./source_groups";

type Part = "facts" | "rows" | "rejections" | "quality" | "mapping";
const k_parts: readonly { part: Part; words: string }[] = [
  { part: "facts", words: "What it is" },
  { part: "rows", words: "Rows as typed" },
  { part: "rejections", words: "Rejections" },
  { part: "mapping", words: "Mapping" },
  { part: "quality", words: "Quality of its source" },
];

interface ExtractState {
  part: Part;
  rows: number;
}

const k_rows_at_first = 20;
const k_rows_most = 500;

const k_codec: StateCodec<ExtractState> = {
  read: (query) => {
    const rows = Number(query.get("rows"));
    return {
      part: k_parts.find((each) => each.part === query.get("part"))?.part ?? "facts",
      rows: Number.isInteger(rows) && rows > 0 ? Math.min(rows, k_rows_most) : k_rows_at_first,
    };
  },
  write: (state, query) => {
    if (state.part === "facts") query.delete("part");
    else query.set("part", state.part);
    if (state.rows === k_rows_at_first) query.delete("rows");
    else query.set("rows", String(state.rows));
  },
};

// One extract: its file and mapping, its rows, what was rejected, and how good its source is.
export function ExtractPage({ name }: { name: string }): JSX.Element {
  const address = useAddress();
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer("/api/extracts/{extract}", { path: { extract: name } });
  const facts = answered.body;
  const source = facts === null ? "" : source_name(fact_text(facts, "mapping") ?? "");
  useHandling(handling_words(facts === null ? null : fact_text(facts, "data_class")));
  const parts = k_parts.map(({ part, words }) => ({
    words,
    is_here: part === state.part,
    href: with_query(address, { part: part === "facts" ? null : part, rows: null }),
  }));
  return (
    <>
      <PageHead
        title={facts === null ? `Extract ${name}` : title_of(facts, name)}
        above={[
          { words: "Sources", href: "/sources" },
          ...(source === "" ? [] : [{ words: source, href: `/sources/${source}` }]),
        ]}
        lead={
          <>
            <span class="tl-id">{name}</span>
          </>
        }
        acts={<TraceLink name={name} of={`About extract ${name}`} />}
      />
      <PartsNav name="Parts of this extract" parts={parts} />
      {state.part === "facts" && (
        <Answer answered={answered} what="Looking at the extract">
          {(report) => <ReportView report={report} answer_address={answered.address} />}
        </Answer>
      )}
      {state.part === "rows" && (
        <Rows
          name={name}
          rows={state.rows}
          more={() => change({ rows: Math.min(state.rows * 5, k_rows_most) }, { replace: true })}
        />
      )}
      {state.part === "rejections" && <Rejections name={name} />}
      {state.part === "mapping" && source !== "" && <MappingOf name={source} />}
      {state.part === "quality" && source !== "" && <SourceQuality name={source} />}
      {(state.part === "mapping" || state.part === "quality") && source === "" && answered.problem !== null && (
        <Answer answered={answered} what="Looking at the extract">
          {() => null}
        </Answer>
      )}
    </>
  );
}

function title_of(report: Report, name: string): string {
  const coverage = fact_text(report, "coverage");
  const is_telling = coverage !== null && coverage !== "all";
  return is_telling ? sentence_with_dates(coverage) : (fact_text(report, "file") ?? `Extract ${name}`);
}

function Rows({ name, rows, more }: { name: string; rows: number; more: () => void }): JSX.Element {
  const answered = useAnswer("/api/extracts/{extract}/rows", { path: { extract: name }, query: { rows } });
  return (
    <Answer answered={answered} what="Reading the first rows">
      {(report) => (
        <>
          <RecordLinks report={report} answer_address={answered.address} />
          {rows < k_rows_most && (
            <button class="govuk-button govuk-button--secondary tl-no-print" type="button" onClick={more}>
              Show more rows
            </button>
          )}
        </>
      )}
    </Answer>
  );
}

function Rejections({ name }: { name: string }): JSX.Element {
  const answered = useAnswer("/api/extracts/{extract}/rejections", { path: { extract: name }, query: { rows: 200 } });
  return (
    <Answer answered={answered} what="Looking at what was rejected">
      {(report) => <RecordLinks report={report} answer_address={answered.address} />}
    </Answer>
  );
}

function MappingOf({ name }: { name: string }): JSX.Element {
  const answered = useAnswer("/api/mappings/{mapping}", { path: { mapping: name } });
  if (answered.problem?.code === "mapping_unknown") {
    return <p>This extract was read by a mapping of somebody’s own, “{name}”. Its hash stands under “What it is”.</p>;
  }
  return (
    <Answer answered={answered} what="Reading the mapping">
      {(report) => <ReportView report={report} answer_address={answered.address} />}
    </Answer>
  );
}

function SourceQuality({ name }: { name: string }): JSX.Element {
  const answered = useAnswer("/api/quality/{source}", { path: { source: name } });
  return (
    <Answer answered={answered} what="Judging the source">
      {(report) => (
        <>
          <p class="tl-note">
            Of the whole source, of which this extract is a part. <Link href={`/sources/${name}`}>Its own page</Link>
          </p>
          <QualityView report={report} answer_address={answered.address} />
        </>
      )}
    </Answer>
  );
}

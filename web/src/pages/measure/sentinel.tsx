import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { AreaKind, Report, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DownloadLinks, table_address } from "../../parts/download_links";
import { DataTable } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { section_in, table_in, text_at } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { PairForm } from "./pair_form";
import { MeasureNav } from "./parts_nav";
import { RowsPicture } from "./rows_picture";
import { without_refusals } from "./rule_notes";
import { pattern_counts, reading_words, rows_of_shares } from "./sentinel_rows";

const k_watched = [
  { value: "metropolitan", words: "Drug offences of the Metropolitan Police, April 2010 to February 2026" },
  { value: "offences", words: "Offences received here, by borough" },
  { value: "outcomes", words: "Outcomes of searches received here, by force" },
] as const;

type Watched = (typeof k_watched)[number]["value"];

interface SentinelState {
  of: Watched;
  area: string; // "": all, or the only one.
  before: string; // Both "": the first and the last year there are.
  after: string;
  look: FigureLook;
}

// The years between which trafficking went from 5,100 to 22,245 while possession fell.
const k_metropolitan = { before: "2021", after: "2025" };

const k_codec: StateCodec<SentinelState> = {
  read: (query) => {
    const of = k_watched.find((each) => each.value === query.get("of"))?.value ?? "metropolitan";
    const otherwise = usual_windows(of);
    return {
      of,
      area: query.get("area") ?? "",
      before: query.get("before") ?? otherwise.before,
      after: query.get("after") ?? otherwise.after,
      look: query.get("look") === "table" ? "table" : "picture",
    };
  },
  write: (state, query) => {
    const otherwise = usual_windows(state.of);
    write_unless(query, "of", state.of, "metropolitan");
    write_unless(query, "area", state.area, "");
    write_unless(query, "before", state.before, otherwise.before);
    write_unless(query, "after", state.after, otherwise.after);
    write_unless(query, "look", state.look, "picture");
  },
};

// Patterns that a target can leave in what is recorded. Each is a question with two readings, and never a finding.
export function SentinelPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer("/api/sentinel", {
    query: { of: state.of, area: state.area, before: state.before, after: state.after },
  });
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Sentinel"
        lead="Did offences move from one class to another, or did one disposal swell a total? Each pattern is read both ways: as a change of recording, and as a change of what happens. The figures alone cannot say which."
      />
      <MeasureNav here="/measure/sentinel" />
      <WatchedChoice state={state} change={change} />
      <Answer answered={answered} what="Comparing the two windows" hides_late>
        {(report) => <Sentinel report={report} address={answered.address} state={state} change={change} />}
      </Answer>
    </>
  );
}

interface ChoiceProps {
  state: SentinelState;
  change: ChangeState<SentinelState>;
}

const k_windows = [
  { label: "The earlier window", hint: "A year or a run of months: 2021, 2017/18 or 2021-01..2021-06" },
  { label: "The later window", hint: "As long as the earlier one, and after it" },
] as const;

function usual_windows(of: Watched): Pick<SentinelState, "before" | "after"> {
  return of === "metropolitan" ? k_metropolitan : { before: "", after: "" };
}

function WatchedChoice({ state, change }: ChoiceProps): JSX.Element {
  const choose = (value: string): void => {
    const of = k_watched.find((each) => each.value === value)?.value ?? "metropolitan";
    change({ of, area: "", ...usual_windows(of) });
  };
  return (
    <>
      <div class="tl-line-choice tl-no-print">
        <Select
          id="sentinel-of"
          label="What is watched"
          value={state.of}
          groups={[{ label: "", choices: k_watched }]}
          choose={choose}
        />
        {state.of !== "metropolitan" && <AreaChoice state={state} change={change} />}
      </div>
      <PairForm
        id="sentinel"
        fields={k_windows}
        values={[state.before, state.after]}
        button="Compare"
        take={(before, after) => change({ before, after })}
      />
    </>
  );
}

function AreaChoice({ state, change }: ChoiceProps): JSX.Element {
  const is_of_forces = state.of === "outcomes";
  const kind: AreaKind = is_of_forces ? "force" : "local-authority";
  const measure = is_of_forces ? "searches" : "borough-offences";
  const areas = useAnswer("/api/areas", { query: { kind, measure } });
  const received = (areas.body?.areas ?? []).filter((each) => each.is_received);
  return (
    <Select
      id="sentinel-area"
      label="Area"
      value={state.area}
      groups={[
        {
          label: "",
          choices: [
            { value: "", words: is_of_forces ? "The only force" : "All together" },
            ...received.map((each) => ({ value: each.code, words: each.name })),
          ],
        },
      ]}
      choose={(area) => change({ area })}
    />
  );
}

interface SentinelProps extends ChoiceProps {
  report: Report;
  address: string;
}

function Sentinel({ report, address, state, change }: SentinelProps): JSX.Element {
  const patterns = table_in(report, "patterns");
  const shares = table_in(report, "shares");
  const drawn = useMemo(() => (shares === null ? null : rows_of_shares(shares)), [shares]);
  const { found, all } = pattern_counts(report);
  const first = section_in(report, "sentinel");
  return (
    <div class="tl-report">
      <p class="tl-trend__headline" role="status">
        <strong>
          {found === 0
            ? "Nothing is out of the ordinary."
            : `To be looked into: ${found} of ${all} ${all === 1 ? "pattern" : "patterns"}.`}
        </strong>{" "}
        A pattern is a question, not a finding of wrongdoing.
      </p>
      {patterns !== null && <Patterns patterns={patterns} address={address} />}
      {first !== undefined && (
        <SectionView
          section={{
            ...without_refusals(first),
            title: "",
            facts: first.facts.filter((fact) => fact.name !== "file"),
            tables: first.tables.filter((each) => each.name !== "patterns"),
          }}
          answer_address={address}
        />
      )}
      {shares !== null && drawn !== null && drawn.rows.length > 0 && (
        <FigureFrame
          title="Shares in the earlier and in the later window, per cent"
          look={state.look}
          choose={(look) => change({ look })}
          picture={
            <RowsPicture
              data={drawn}
              label="Shares before and after with their intervals. The table holds the same figures."
              caption="Each bar is the exact 95 per cent interval: what chance alone would do to the share."
            />
          }
          table={<DataTable table={shares} />}
          answer_address={table_address(address, "shares")}
        />
      )}
      {report.sections
        .filter((section) => section !== first)
        .map((section) => (
          <SectionView
            key={section.name}
            section={{
              ...without_refusals(section),
              tables: section.tables.filter((each) => each.name !== "shares"),
            }}
            answer_address={address}
          />
        ))}
    </div>
  );
}

// What is seen, and both readings of it side by side: neither stands first.
function Patterns({ patterns, address }: { patterns: Table; address: string }): JSX.Element {
  return (
    <>
      {patterns.rows.map((row) => {
        const words = (column: string): string => reading_words(text_at(patterns, row, column));
        return (
          <section key={words("pattern")} class="tl-section">
            <h2 class="govuk-heading-m">{words("pattern")}</h2>
            <p class="tl-read">{words("seen")}</p>
            <div class="tl-readings">
              <div>
                <h3 class="govuk-heading-s">If recording or practice changed</h3>
                <p>{words("if_recording")}</p>
              </div>
              <div>
                <h3 class="govuk-heading-s">If what happens changed</h3>
                <p>{words("if_real")}</p>
              </div>
            </div>
          </section>
        );
      })}
      <p class="tl-table__foot">
        <DownloadLinks answer_address={address} table="patterns" of="the patterns and both readings" />
      </p>
    </>
  );
}

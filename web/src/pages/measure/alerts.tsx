import type { JSX } from "preact";
import { usePageState, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Column, Report, Value } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { count_words, number_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { PageHead } from "../../parts/page_head";
import { fact_text, with_columns } from "../../parts/report_parts";
import { FactList, SectionView } from "../../parts/report_view";
import { Select, type Choice, type ChoiceGroup } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { alerts_shown, k_alert_shows, type AlertShow } from "./alert_rows";
import { useLines } from "./line_choice";
import { face_of, series_of, type LinesKnown } from "./lines";
import { MeasureNav } from "./parts_nav";
import { police_only_cell, RefusalNotes, without_refusals } from "./rule_notes";

type Level = "0.001" | "0.005" | "0.01" | "0.05";

interface AlertsState {
  series: string; // A published series, or "all".
  measure: string;
  level: Level;
  show: AlertShow;
}

const k_levels: readonly (Choice & { value: Level })[] = [
  { value: "0.001", words: "1 in 1000" },
  { value: "0.005", words: "1 in 200" },
  { value: "0.01", words: "1 in 100" },
  { value: "0.05", words: "1 in 20" },
];
const k_level_at_first: Level = "0.005";

const k_codec: StateCodec<AlertsState> = {
  read: (query) => ({
    series: query.get("series") ?? "",
    measure: query.get("measure") ?? "",
    level: k_levels.find((each) => each.value === query.get("level"))?.value ?? k_level_at_first,
    show: k_alert_shows.find((each) => each.value === query.get("show"))?.value ?? "all",
  }),
  write: (state, query) => {
    const set = (name: string, value: string, otherwise: string): void => {
      if (value === otherwise) query.delete(name);
      else query.set(name, value);
    };
    set("series", state.series, "");
    set("measure", state.measure, "");
    set("level", state.level, k_level_at_first);
    set("show", state.show, "all");
  },
};

// What is out of the ordinary, by which method, and how often that would be said of nothing.
export function AlertsPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const lines = useLines();
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Alerts"
        lead="Counts that are not what the counts before them lead to expect, with how many such alerts chance alone would raise, and categories that were never seen before."
      />
      <MeasureNav here="/measure/alerts" />
      <Answer answered={lines} what="Asking which series there are">
        {(known) => <WhatIsWatched known={known} state={state} change={change} />}
      </Answer>
      <Watched state={state} change={change} />
    </>
  );
}

interface WatchedProps {
  state: AlertsState;
  change: ChangeState<AlertsState>;
}

function series_groups({ lines, measures }: LinesKnown): ChoiceGroup[] {
  const series = new Map<string, Choice>();
  for (const each of lines) {
    const value = series_of(each.name);
    if (!series.has(value)) series.set(value, { value, words: face_of(each.series, each.runs_to) });
  }
  const groups = [
    { label: "", choices: [{ value: "", words: "All published series" }] },
    { label: "Published series", choices: [...series.values()] },
  ];
  const received = measures.map(({ measure, last }) => ({
    value: `measure:${measure.name}`,
    words: face_of(measure.title, last ?? ""),
  }));
  return received.length === 0 ? groups : [...groups, { label: "Received here", choices: received }];
}

function WhatIsWatched({ known, state, change }: WatchedProps & { known: LinesKnown }): JSX.Element {
  const choose = (value: string): void => {
    const is_measure = value.startsWith("measure:");
    change({ measure: is_measure ? value.slice("measure:".length) : "", series: is_measure ? "" : value });
  };
  return (
    <div class="tl-line-choice tl-no-print">
      <Select
        id="alerts-series"
        label="What is watched"
        value={state.measure === "" ? state.series : `measure:${state.measure}`}
        groups={series_groups(known)}
        choose={choose}
      />
      <Select
        id="alerts-level"
        label="False alarms of a quiet series, each period and direction"
        value={state.level}
        groups={[{ label: "", choices: k_levels }]}
        choose={(value) => change({ level: k_levels.find((each) => each.value === value)?.value ?? k_level_at_first })}
      />
      <Select
        id="alerts-show"
        label="Alerts shown"
        value={state.show}
        groups={[{ label: "", choices: k_alert_shows }]}
        choose={(value) => change({ show: k_alert_shows.find((each) => each.value === value)?.value ?? "all" })}
      />
    </div>
  );
}

// The files have every column.
const k_columns_shown = [
  "period",
  "area",
  "category",
  "direction",
  "police_only",
  "observed",
  "expected",
  "low",
  "high",
  "probability",
  "adjusted",
  "detector",
  "also_moved",
];
const k_rows_max = 1000;

function Watched({ state }: WatchedProps): JSX.Element {
  const watched =
    state.measure === "" ? { series: state.series === "" ? "all" : state.series } : { measure: state.measure };
  const answered = useAnswer("/api/alerts", { query: { ...watched, level: state.level, rows: k_rows_max } });
  return (
    <Answer answered={answered} what="Holding every count against those before it" hides_late>
      {(report) => <AlertsAnswer report={report} address={answered.address} show={state.show} />}
    </Answer>
  );
}

function AlertsAnswer({ report, address, show }: { report: Report; address: string; show: AlertShow }): JSX.Element {
  const [watch, alerts, fresh] = ["watch", "alerts", "fresh"].map((name) =>
    report.sections.find((each) => each.name === name),
  );
  const table = alerts?.tables[0];
  const shown = table === undefined ? null : alerts_shown(table, show);
  return (
    <div class="tl-report">
      {watch !== undefined && <FactList facts={watch.facts} />}
      {watch !== undefined && <RefusalNotes section={watch} />}
      {alerts !== undefined && shown !== null && (
        <section class="tl-section">
          <h2 class="govuk-heading-m">{alerts.title}</h2>
          <p role="status" class="tl-quiet">
            {count_words(shown.rows.length, "alert")}
          </p>
          <CutShort report={report} />
          <div class="tl-wide-words">
            <DataTable
              table={with_columns(shown, k_columns_shown)}
              answer_address={address}
              rows_at_first={20}
              show={alert_cell}
            />
          </div>
          {without_refusals(alerts).notes.map((note) => (
            <p key={note} class="tl-note">
              {note}
            </p>
          ))}
        </section>
      )}
      {fresh !== undefined && <SectionView section={without_refusals(fresh)} answer_address={address} />}
      {watch !== undefined && (
        <div class="tl-wide-words">
          <SectionView section={without_facts(watch)} answer_address={address} />
        </div>
      )}
    </div>
  );
}

// Old alerts are cut off where there are too many: which ones are in sight is said beside them.
function CutShort({ report }: { report: Report }): JSX.Element | null {
  const [found, shown] = ["found", "shown"].map((name) => Number(fact_text(report, name) ?? 0));
  if (found === undefined || shown === undefined || shown >= found) return null;
  return (
    <p class="tl-note">
      Only the first {number_words(shown)} of {number_words(found)} alerts are here and in the files: the newest. Choose
      one series, or fewer false alarms, to see all.
    </p>
  );
}

function without_facts(section: Report["sections"][number]): Report["sections"][number] {
  return { ...without_refusals(section), facts: [] };
}

function alert_cell(value: Value, column: Column): JSX.Element | null {
  if (column.name === "direction") return <span>{value === "rise" ? "▲ rise" : "▼ fall"}</span>;
  return police_only_cell(value, column);
}

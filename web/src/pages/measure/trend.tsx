import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report, Section } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { with_dates_in_words } from "../../format/dates";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { cell_at, table_in, text_at, without_columns } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { useHandling } from "../../shell/handling";
import { asked_of, face_of_asked_in_area, LineChoice, query_of_line, useLines, type LineAsked } from "./line_choice";
import { read_line, write_line, type LineState } from "./lines";
import { MeasureNav } from "./parts_nav";
import { refusal_cell, refusal_words, RefusalNotes, without_refusals } from "./rule_notes";
import { k_show_words, TrendPictureView } from "./trend_picture";
import { change_words, interval_words, level_words } from "./trend_words";
import { shows_of, type TrendShow } from "./trend_points";

interface TrendState extends LineState {
  to: string; // The last period that is looked at; "": the last there is.
  show: TrendShow | "";
  look: FigureLook;
}

const k_codec: StateCodec<TrendState> = {
  read: (query) => {
    const show = query.get("show");
    return {
      ...read_line(query),
      to: query.get("to") ?? "",
      show: show === "rate" || show === "index" || show === "count" ? show : "",
      look: query.get("look") === "table" ? "table" : "picture",
    };
  },
  write: (state, query) => {
    write_line(state, query);
    if (state.to === "") query.delete("to");
    else query.set("to", state.to);
    if (state.show === "") query.delete("show");
    else query.set("show", state.show);
    if (state.look === "table") query.set("look", "table");
    else query.delete("look");
  },
};

// One series over time, with its breaks and both readings of each.
export function TrendPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const lines = useLines();
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Trends"
        lead="One series over time, as a rate, an index or counts, with where it breaks, how it reads on either side, and what may not be said of it."
      />
      <MeasureNav here="/measure/trend" />
      <Answer answered={lines} what="Asking which series there are">
        {(known) => {
          const asked = asked_of(state, known);
          return (
            <>
              <LineChoice known={known} asked={asked} choose={(line) => change({ ...line, to: "" })} has_area />
              <Trend asked={asked} state={state} change={change} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

interface TrendProps {
  asked: LineAsked;
  state: TrendState;
  change: ChangeState<TrendState>;
}

function Trend({ asked, state, change }: TrendProps): JSX.Element {
  const answered = useAnswer("/api/trend", { query: { ...query_of_line(asked), to: state.to } });
  return (
    <Answer answered={answered} what="Looking at every period" hides_late>
      {(report) => (
        <TrendAnswer
          report={report}
          address={answered.address}
          title={face_of_asked_in_area(asked)}
          state={state}
          change={change}
        />
      )}
    </Answer>
  );
}

interface TrendAnswerProps {
  report: Report;
  address: string;
  title: string;
  state: TrendState;
  change: ChangeState<TrendState>;
}

function TrendAnswer({ report, address, title, state, change }: TrendAnswerProps): JSX.Element {
  const points = table_in(report, "points");
  const shows = useMemo(() => (points === null ? [] : shows_of(points)), [points]);
  const show = shows.find((each) => each === state.show) ?? shows[0] ?? "count";
  return (
    <div class="tl-report">
      <h2 class="govuk-heading-m">{title}</h2>
      <Headline report={report} />
      <LastPeriod report={report} to={state.to} choose={(to) => change({ to })} />
      {points !== null && (
        <>
          <ShowToggle shows={shows} show={show} choose={(next) => change({ show: next })} />
          <FigureFrame
            title={`The year to each period: ${k_show_words[show].toLowerCase()}`}
            look={state.look}
            choose={(look) => change({ look })}
            picture={<TrendPictureView report={report} show={show} title={title} />}
            table={<DataTable table={points} caption="Period by period" rows_at_first={30} show={refusal_cell} />}
            answer_address={`${address}&table=points`}
          />
        </>
      )}
      {sections_shown(report).map((section) => (
        <div key={section.name}>
          <SectionView section={without_refusals(section)} answer_address={address} show={refusal_cell} />
          <RefusalNotes section={section} />
        </div>
      ))}
    </div>
  );
}

// The periods stand in the figure; everything else of the answer is shown as it is, the breaks first.
function sections_shown(report: Report): Section[] {
  const without_points = report.sections.map((section) =>
    section.name === "line" ? { ...section, tables: section.tables.filter((each) => each.name !== "points") } : section,
  );
  const place = (section: Section): number => ["breaks", "line", "trend"].indexOf(section.name);
  const shown = without_points.map((section) =>
    section.name === "trend"
      ? { ...section, facts: [], tables: section.tables.map((each) => without_columns(each, ["category"])) }
      : section,
  );
  return shown.toSorted((one, other) => place(one) - place(other));
}

interface ShowToggleProps {
  shows: readonly TrendShow[];
  show: TrendShow;
  choose: (show: TrendShow) => void;
}

function ShowToggle({ shows, show, choose }: ShowToggleProps): JSX.Element {
  return (
    <div class="tl-question__show tl-no-print">
      <span class="govuk-label" id="trend-show-label">
        Shown as
      </span>
      <div class="tl-toggle" role="group" aria-labelledby="trend-show-label">
        {shows.map((each) => (
          <button key={each} type="button" aria-pressed={each === show} onClick={() => choose(each)}>
            {k_show_words[each]}
          </button>
        ))}
      </div>
    </div>
  );
}

// Where the last period is not complete, the one before can be looked at; and back.
function LastPeriod({ report, to, choose }: { report: Report; to: string; choose: (to: string) => void }): JSX.Element {
  const points = table_in(report, "points");
  const last = points?.rows.at(-1);
  const before = points?.rows.at(-2);
  const is_greyed = points !== null && last !== undefined && cell_at(points, last, "greyed") !== null;
  if (to !== "")
    return (
      <p class="tl-no-print">
        <button class="tl-text-button" type="button" onClick={() => choose("")}>
          See it up to the last period there is
        </button>
      </p>
    );
  if (!is_greyed || before === undefined) return <></>;
  const period = text_at(points, before, "period");
  return (
    <p class="tl-no-print">
      <button class="tl-text-button" type="button" onClick={() => choose(period)}>
        See the change up to {with_dates_in_words(period)}
      </button>
    </p>
  );
}

// The change over years in a sentence, or why there is none, in the place where it would stand.
function Headline({ report }: { report: Report }): JSX.Element | null {
  const changes = table_in(report, "changes");
  const row = changes?.rows[0];
  if (changes === null || row === undefined || changes.rows.length !== 1) return null;
  const breaks = text_at(changes, row, "breaks");
  return (
    <div class="tl-trend__headline" role="status">
      {cell_at(changes, row, "percent") === null ? (
        <p class="tl-cannot">
          <strong>Cannot tell how it changed.</strong> {refusal_words(text_at(changes, row, "refused"))}
        </p>
      ) : (
        <p>
          <strong>{change_words(changes, row)}</strong> {changes.title.replace(/^.*, and its change /, "")} (95%
          interval {interval_words(changes, row)}), to {level_words(changes, row)}.
        </p>
      )}
      {breaks !== "" && (
        <p class="tl-note">
          Between the two years it was counted otherwise from{" "}
          {breaks.split("; ").map(with_dates_in_words).join(" and ")} on, so that the change is not of what happened
          alone. Both readings stand below.
        </p>
      )}
    </div>
  );
}

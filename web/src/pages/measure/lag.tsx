import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { sentence_with_dates } from "../../format/dates";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { ErrorSummary, Field, type FieldFault } from "../../parts/field";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { fact_text, section_in, table_in } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select, type ChoiceGroup } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { faults_of, rows_of_lags, shared_areas } from "./lag_rows";
import { face_of, published_lines, type PublishedLine } from "./lines";
import { MeasureNav } from "./parts_nav";
import { RowsPicture } from "./rows_picture";
import { RefusalNotes, without_refusals } from "./rule_notes";

interface LagState {
  leader: string;
  follower: string;
  low: string;
  high: string;
  area: string; // "": the widest that both have.
  taken_as: "changes" | "levels";
  hypothesis: string; // "": nothing is declared yet, and nothing is looked at.
  look: FigureLook;
}

const k_usual = { leader: "searches.drugs", follower: "drug_arrests.drugs", low: "0", high: "2", area: "" };
const k_texts = ["leader", "follower", "low", "high", "area"] as const;

const k_codec: StateCodec<LagState> = {
  read: (query) => {
    const text = (name: (typeof k_texts)[number]): string => query.get(name) ?? k_usual[name];
    return {
      leader: text("leader"),
      follower: text("follower"),
      low: text("low"),
      high: text("high"),
      area: text("area"),
      taken_as: query.get("taken_as") === "levels" ? "levels" : "changes",
      hypothesis: query.get("hypothesis") ?? "",
      look: query.get("look") === "table" ? "table" : "picture",
    };
  },
  write: (state, query) => {
    for (const name of k_texts) write_unless(query, name, state[name], k_usual[name]);
    write_unless(query, "taken_as", state.taken_as, "changes");
    write_unless(query, "hypothesis", state.hypothesis, "");
    write_unless(query, "look", state.look, "picture");
  },
};

// Does one series move before another? What is expected is declared first; only then is anything looked at.
export function LagPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const lines = useAnswer("/api/trend/lines");
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Before and after"
        lead="Does one series move before another? Say first what you expect, and over how many periods; a window chosen afterwards finds something in anything. The usual answer is that it cannot be told."
      />
      <MeasureNav here="/measure/lag" />
      <Answer answered={lines} what="Asking which series there are">
        {(report) => <Declaration lines={published_lines(report)} state={state} change={change} />}
      </Answer>
      {state.hypothesis !== "" && <Looked state={state} change={change} />}
    </>
  );
}

interface LagProps {
  state: LagState;
  change: ChangeState<LagState>;
}

// Every line under its series, with up to when it runs.
function line_groups(lines: readonly PublishedLine[]): ChoiceGroup[] {
  const groups = new Map<string, { value: string; words: string }[]>();
  for (const line of lines) {
    const own = groups.get(line.series) ?? [];
    own.push({ value: line.name, words: face_of(line.title, line.runs_to) });
    groups.set(line.series, own);
  }
  return [...groups].map(([label, choices]) => ({ label, choices }));
}

// Filled in whole and then taken at once: nothing is looked at while it is being declared.
function Declaration({ lines, state, change }: LagProps & { lines: readonly PublishedLine[] }): JSX.Element {
  const [typed, setTyped] = useState<LagState>(state);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  useEffect(() => setTyped(state), [state]);
  const groups = useMemo(() => line_groups(lines), [lines]);
  const by_name = (name: string): PublishedLine | undefined => lines.find((each) => each.name === name);
  const areas = shared_areas(by_name(typed.leader), by_name(typed.follower));
  const fault_of = (id: string): string | undefined => faults.find((each) => each.id === id)?.words;
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = faults_of(typed);
    setFaults(found);
    if (found.length === 0) change({ ...typed, hypothesis: typed.hypothesis.trim() });
  };
  return (
    <form class="tl-no-print" onSubmit={submit} noValidate>
      <ErrorSummary faults={faults} />
      <div class="tl-line-choice">
        <Select
          id="lag-leader"
          label="May move first"
          value={typed.leader}
          groups={groups}
          choose={(leader) => setTyped({ ...typed, leader, area: "" })}
        />
        <Select
          id="lag-follower"
          label="May follow"
          value={typed.follower}
          groups={groups}
          choose={(follower) => setTyped({ ...typed, follower, area: "" })}
        />
        <Select
          id="lag-area"
          label="Area"
          value={typed.area}
          groups={[
            {
              label: "",
              choices: [
                { value: "", words: areas.length === 0 ? "They have none in common" : "The widest that both have" },
                ...areas.map((name) => ({ value: name, words: name })),
              ],
            },
          ]}
          choose={(area) => setTyped({ ...typed, area })}
        />
      </div>
      <div class="tl-line-choice">
        <Field
          id="lag-low"
          label="Earlier by at least, periods"
          value={typed.low}
          change={(low) => setTyped({ ...typed, low })}
          error={fault_of("lag-low")}
          input={{ maxLength: 4, autocomplete: "off" }}
        />
        <Field
          id="lag-high"
          label="And by at most"
          value={typed.high}
          change={(high) => setTyped({ ...typed, high })}
          error={fault_of("lag-high")}
          input={{ maxLength: 4, autocomplete: "off" }}
        />
        <Select
          id="lag-taken-as"
          label="Taken as"
          value={typed.taken_as}
          groups={[
            {
              label: "",
              choices: [
                { value: "changes", words: "Changes from period to period" },
                { value: "levels", words: "Levels" },
              ],
            },
          ]}
          choose={(value) => setTyped({ ...typed, taken_as: value === "levels" ? "levels" : "changes" })}
        />
      </div>
      <Field
        id="lag-hypothesis"
        label="What you expect, and why"
        hint="One sentence, before looking. It stands in this page's address: name nobody in it."
        value={typed.hypothesis}
        change={(hypothesis) => setTyped({ ...typed, hypothesis })}
        error={fault_of("lag-hypothesis")}
        input={{ maxLength: 500, autocomplete: "off" }}
      />
      <button class="govuk-button" type="submit">
        Declare and look
      </button>
    </form>
  );
}

function Looked({ state, change }: LagProps): JSX.Element {
  const answered = useAnswer("/api/lag", {
    query: {
      leader: state.leader,
      follower: state.follower,
      window: `${state.low}..${state.high}`,
      hypothesis: state.hypothesis,
      area: state.area,
      taken_as: state.taken_as,
    },
  });
  return (
    <Answer answered={answered} what="Looking at each lag of the window" hides_late>
      {(report) => <LagAnswer report={report} address={answered.address} state={state} change={change} />}
    </Answer>
  );
}

const k_verdicts: Record<string, string> = {
  "cannot tell": "Cannot tell.",
  "a relation shows": "A relation shows.",
  "no relation shows": "No relation shows.",
};

interface LagAnswerProps extends LagProps {
  report: Report;
  address: string;
}

function LagAnswer({ report, address, state, change }: LagAnswerProps): JSX.Element {
  const section = section_in(report, "lag");
  const declared = section_in(report, "registration");
  const lags = table_in(report, "lags");
  const verdict = fact_text(report, "verdict") ?? "";
  const detectable = Number(fact_text(report, "detectable") ?? 1);
  const drawn = useMemo(() => (lags === null ? null : rows_of_lags(lags, detectable)), [lags, detectable]);
  return (
    <div class="tl-report">
      {section !== undefined && <h2 class="govuk-heading-m">{section.title}</h2>}
      <p class={verdict === "cannot tell" ? "tl-cannot" : "tl-trend__headline"} role="status">
        <strong>{k_verdicts[verdict] ?? verdict}</strong> {sentence_with_dates(fact_text(report, "why") ?? "")}
      </p>
      {lags !== null && drawn !== null && lags.rows.length > 0 && (
        <FigureFrame
          title="Correlation at each lag of the window"
          look={state.look}
          choose={(look) => change({ look })}
          picture={
            <RowsPicture
              data={drawn}
              label="The correlation at each lag. The table holds the same figures."
              caption="Upright lines: no relation, and the least correlation that series of this length would show four times in five."
            />
          }
          table={<DataTable table={lags} />}
          answer_address={table_address(address, "lags")}
        />
      )}
      {section !== undefined && (
        <>
          <RefusalNotes section={section} />
          <SectionView
            section={{
              ...without_refusals(section),
              title: "",
              facts: section.facts.filter((fact) => fact.name !== "verdict" && fact.name !== "why"),
              tables: [],
            }}
          />
        </>
      )}
      {declared !== undefined && <SectionView section={declared} />}
    </div>
  );
}

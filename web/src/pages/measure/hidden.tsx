import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { number_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { fact_text, number_at, section_in, table_in } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { average_words, row_named, rows_of_dependence, rows_of_estimates, three_figures } from "./hidden_rows";
import { MeasureNav } from "./parts_nav";
import { RowsPicture } from "./rows_picture";
import { refusal_cell, without_refusals } from "./rule_notes";

const k_lists = [
  { value: "uk_2013_six_lists", words: "Potential victims of trafficking, United Kingdom, 2013: six lists" },
  { value: "uk_2013_five_lists", words: "The same, police forces and the National Crime Agency as one list" },
  { value: "constructed_small_overlap", words: "A constructed example: lists that share too little" },
] as const;

type Lists = (typeof k_lists)[number]["value"];

interface HiddenState {
  lists: Lists;
  look: FigureLook;
}

const k_codec: StateCodec<HiddenState> = {
  read: (query) => ({
    lists: k_lists.find((each) => each.value === query.get("lists"))?.value ?? "uk_2013_six_lists",
    look: query.get("look") === "table" ? "table" : "picture",
  }),
  write: (state, query) => {
    write_unless(query, "lists", state.lists, "uk_2013_six_lists");
    write_unless(query, "look", state.look, "picture");
  },
};

// How many no list saw, and the share of those who use that is in no treatment: both with what they hang on, or refused.
export function HiddenPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer("/api/hidden", { query: { lists: state.lists } });
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="The unseen"
        lead="How many people no list holds, reckoned from how far lists overlap. The answer hangs on how the lists depend on one another, which they cannot show by themselves."
      />
      <MeasureNav here="/measure/hidden" />
      <div class="tl-no-print">
        <Select
          id="hidden-lists"
          label="Lists"
          value={state.lists}
          groups={[{ label: "", choices: k_lists }]}
          choose={(value) => change({ lists: k_lists.find((each) => each.value === value)?.value ?? state.lists })}
        />
      </div>
      <Answer answered={answered} what="Fitting models to the lists, which takes a few seconds" hides_late>
        {(report) => <Hidden report={report} address={answered.address} state={state} change={change} />}
      </Answer>
      <TreatmentGap />
    </>
  );
}

interface HiddenProps {
  report: Report;
  address: string;
  state: HiddenState;
  change: ChangeState<HiddenState>;
}

function Hidden(props: HiddenProps): JSX.Element {
  const { report, address } = props;
  const estimates = table_in(report, "estimates");
  return (
    <div class="tl-report">
      {estimates === null ? <NoEstimate report={report} /> : <Estimate {...props} estimates={estimates} />}
      {report.sections
        .filter((section) => section.name === "lists" || section.name === "trust")
        .map((section) => (
          <SectionView
            key={section.name}
            section={{ ...without_refusals(section), facts: section.facts.filter((fact) => fact.name !== "file") }}
            answer_address={address}
          />
        ))}
    </div>
  );
}

// The refusal stands where the estimate would.
function NoEstimate({ report }: { report: Report }): JSX.Element {
  return (
    <p class="tl-cannot" role="status">
      <strong>Cannot tell how many there are.</strong> {fact_text(report, "reason")} {fact_text(report, "remedy")}
    </p>
  );
}

function Estimate({ report, address, state, change, estimates }: HiddenProps & { estimates: Table }): JSX.Element {
  const seen = Number(fact_text(report, "seen") ?? 0);
  const dependence = table_in(report, "dependence");
  const stepwise = row_named(estimates, "method", "stepwise");
  const fitted = stepwise === undefined ? 0 : number_at(estimates, stepwise, "estimate");
  const drawn = useMemo(() => rows_of_estimates(estimates, seen), [estimates, seen]);
  const hangs = useMemo(
    () => (dependence === null ? null : rows_of_dependence(dependence, fitted)),
    [dependence, fitted],
  );
  const section = section_in(report, "estimate");
  const dependence_section = section_in(report, "dependence");
  return (
    <>
      <div class="tl-trend__headline" role="status">
        <p>
          <strong>{average_words(estimates) ?? "No average over models"}</strong>, of whom {number_words(seen)} were
          seen.
          {dependence_section !== undefined && <> {dependence_words(dependence_section.facts)}</>}
        </p>
      </div>
      <FigureFrame
        title="How many there may be, by how it is reckoned"
        look={state.look}
        choose={(look) => change({ look })}
        picture={
          <RowsPicture
            data={drawn}
            label="Estimates by method with 95 per cent intervals, against how many were seen. The table holds the same figures."
            caption="Each dot is an estimate, each bar its 95 per cent interval, which takes its model for given."
          />
        }
        table={<DataTable table={estimates} />}
        answer_address={table_address(address, "estimates")}
      />
      {section !== undefined && (
        <SectionView
          section={{
            ...without_refusals(section),
            title: "",
            facts: section.facts.filter((fact) => fact.name !== "seen"),
            tables: section.tables.filter((each) => each.name !== "estimates"),
          }}
          answer_address={address}
        />
      )}
      {dependence !== null && hangs !== null && dependence_section !== undefined && (
        <>
          <FigureFrame
            title="What it hangs on: each pair of lists"
            look={state.look}
            choose={(look) => change({ look })}
            picture={
              <RowsPicture
                data={hangs}
                label="For each pair of lists, how far the estimate goes with its dependence. The table holds the same figures."
                caption="Each bar: the estimate were the odds ratio of that pair from a half to two; the dot: were the two lists independent. Pairs that matter most stand first."
              />
            }
            table={<DataTable table={dependence} />}
            answer_address={table_address(address, "dependence")}
          />
          <SectionView section={{ ...dependence_section, title: "", tables: [] }} />
        </>
      )}
    </>
  );
}

// "Were one pair of lists to depend otherwise, it could be anything from 9020 to 15 900."
function dependence_words(facts: Report["sections"][number]["facts"]): string {
  const of = (name: string): number => {
    const value = facts.find((fact) => fact.name === name)?.value;
    return typeof value === "object" && value !== null ? value.value : Number(value ?? 0);
  };
  return `Were one pair of lists to depend otherwise, the estimate could lie anywhere from ${three_figures(of("least"))} to ${three_figures(of("most"))}.`;
}

// Who is not in treatment: of the figures that documents print, no two are of the same people, and the page says so.
function TreatmentGap(): JSX.Element {
  const answered = useAnswer("/api/treatment-gap");
  return (
    <Answer answered={answered} what="Holding those in treatment against those who use">
      {(report) => (
        <div class="tl-report">
          {report.sections.map((section) => {
            const gap = section.tables.find((each) => each.name === "gap");
            return (
              <div key={section.name}>
                {gap !== undefined && <GapHeadline gap={gap} />}
                <div class="tl-wide-words">
                  <SectionView
                    section={without_refusals(section)}
                    answer_address={answered.address}
                    rows_at_first={5}
                    show={refusal_cell}
                  />
                </div>
              </div>
            );
          })}
        </div>
      )}
    </Answer>
  );
}

function GapHeadline({ gap }: { gap: Table }): JSX.Element | null {
  const given = gap.rows.filter((row) => number_at(gap, row, "percent") > 0).length;
  if (given > 0) return null;
  return (
    <p class="tl-cannot">
      <strong>Cannot tell what share is not in treatment.</strong> Of {number_words(gap.rows.length)} pairs of published
      figures none counts the same people in the same place and year. Each is listed with the reason.
    </p>
  );
}

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Area, MeasureKnown, Report } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { EmptyState } from "../../parts/empty_state";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { fact_text, table_in } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { ratio_sentences, rows_of_ratios, year_to } from "./disparity_rows";
import { MeasureNav } from "./parts_nav";
import { RowsPicture } from "./rows_picture";
import { refusal_cell, RefusalNotes, without_refusals } from "./rule_notes";

interface DisparityState {
  area: string; // "": the first force of which searches were received.
  from: string; // Both "": the last twelve months received.
  to: string;
  object: string; // "": anything.
  ethnicity: "officer" | "self";
  denominator: "" | "census-2021" | "census-2011";
  look: FigureLook;
}

const k_codec: StateCodec<DisparityState> = {
  read: (query) => {
    const denominator = query.get("denominator");
    return {
      area: query.get("area") ?? "",
      from: query.get("from") ?? "",
      to: query.get("to") ?? "",
      object: query.get("object") ?? "",
      ethnicity: query.get("ethnicity") === "self" ? "self" : "officer",
      denominator: denominator === "census-2021" || denominator === "census-2011" ? denominator : "",
      look: query.get("look") === "table" ? "table" : "picture",
    };
  },
  write: (state, query) => {
    for (const name of ["area", "from", "to", "object", "denominator"] as const)
      write_unless(query, name, state[name], "");
    write_unless(query, "ethnicity", state.ethnicity, "officer");
    write_unless(query, "look", state.look, "picture");
  },
};

// How often groups are searched, against residents that are named; with what is not known, hit rates and disposals.
export function DisparityPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const measures = useAnswer("/api/measures");
  const areas = useAnswer("/api/areas", { query: { kind: "force", measure: "searches" } });
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Who is searched"
        lead="How often people of each group are stopped and searched, for each of its residents, against another group. What is not known is bounded, and the same is shown on every other footing that there is."
      />
      <MeasureNav here="/measure/disparity" />
      <Answer answered={measures} what="Asking which searches were received">
        {(known) => (
          <Answer answered={areas} what="Asking of which forces searches were received">
            {(found) => (
              <Asked
                searches={known.measures.find((each) => each.measure.name === "searches" && each.first !== null)}
                forces={found.areas.filter((each) => each.is_received)}
                state={state}
                change={change}
              />
            )}
          </Answer>
        )}
      </Answer>
    </>
  );
}

interface StateProps {
  state: DisparityState;
  change: ChangeState<DisparityState>;
}

interface AskedProps extends StateProps {
  searches: MeasureKnown | undefined;
  forces: readonly Area[];
}

function Asked({ searches, forces, state, change }: AskedProps): JSX.Element {
  const area = state.area === "" ? (forces[0]?.code ?? "") : state.area;
  const received = searches?.received.find((each) => each.area === area);
  const last = received?.months.at(-1) ?? searches?.last ?? "";
  const months =
    state.from === "" && state.to === "" && last !== "" ? year_to(last) : { from: state.from, to: state.to };
  if (area === "" || searches === undefined)
    return (
      <EmptyState title="Who is searched appears here once searches have come in.">
        <p>Add stop and search files of data.police.uk on the Sources page.</p>
      </EmptyState>
    );
  return (
    <>
      <div class="tl-line-choice tl-no-print">
        <Select
          id="disparity-area"
          label="Force"
          value={area}
          groups={[{ label: "", choices: forces.map((each) => ({ value: each.code, words: each.name })) }]}
          choose={(value) => change({ area: value, from: "", to: "" })}
        />
        <Select
          id="disparity-object"
          label="Searched for"
          value={state.object}
          groups={[
            {
              label: "",
              choices: [
                { value: "", words: "Anything" },
                ...searches.categories
                  .filter((each) => each.slug !== "all")
                  .map((each) => ({ value: each.slug, words: each.words })),
              ],
            },
          ]}
          choose={(object) => change({ object })}
        />
        <Select
          id="disparity-ethnicity"
          label="Group"
          value={state.ethnicity}
          groups={[
            {
              label: "",
              choices: [
                { value: "officer", words: "As the officer saw it" },
                { value: "self", words: "As the person said" },
              ],
            },
          ]}
          choose={(value) => change({ ethnicity: value === "self" ? "self" : "officer" })}
        />
        <Select
          id="disparity-denominator"
          label="Residents of"
          value={state.denominator}
          groups={[
            {
              label: "",
              choices: [
                { value: "", words: "The newest census that has the area" },
                { value: "census-2021", words: "The census of 2021" },
                { value: "census-2011", words: "The census of 2011" },
              ],
            },
          ]}
          choose={(value) => change({ denominator: value === "census-2021" || value === "census-2011" ? value : "" })}
        />
      </div>
      <Months months={months} change={change} />
      <Ratios area={area} months={months} state={state} change={change} />
    </>
  );
}

interface MonthsProps {
  months: { from: string; to: string };
  change: ChangeState<DisparityState>;
}

function Months({ months, change }: MonthsProps): JSX.Element {
  return (
    <div class="tl-line-choice tl-no-print">
      {(["from", "to"] as const).map((name) => (
        <div key={name} class="govuk-form-group">
          <label class="govuk-label" for={`disparity-${name}`}>
            {name === "from" ? "First month" : "Last month"}
          </label>
          <input
            class="govuk-input"
            id={`disparity-${name}`}
            type="month"
            value={months[name]}
            onChange={(event) => change({ ...months, [name]: event.currentTarget.value })}
          />
        </div>
      ))}
    </div>
  );
}

interface RatiosProps extends StateProps {
  area: string;
  months: { from: string; to: string };
}

function Ratios({ area, months, state, change }: RatiosProps): JSX.Element {
  const answered = useAnswer("/api/disparity", {
    query: {
      area,
      ...months,
      object: state.object,
      ethnicity: state.ethnicity,
      ...(state.denominator === "" ? {} : { denominator: state.denominator }),
    },
  });
  return (
    <Answer answered={answered} what="Counting searches by group" hides_late>
      {(report) => <DisparityAnswer report={report} address={answered.address} state={state} change={change} />}
    </Answer>
  );
}

interface AnswerProps extends StateProps {
  report: Report;
  address: string;
}

function DisparityAnswer({ report, address, state, change }: AnswerProps): JSX.Element {
  const ratios = table_in(report, "ratios");
  const reference = fact_text(report, "reference") ?? "";
  const drawn = useMemo(() => (ratios === null ? null : rows_of_ratios(ratios, reference)), [ratios, reference]);
  const sentences = ratios === null ? [] : ratio_sentences(ratios, reference);
  return (
    <div class="tl-report">
      <div role="status">
        {sentences.length === 0 ? (
          <p class="tl-cannot">
            <strong>Cannot tell how often.</strong> The table says of each group why no rate is given.
          </p>
        ) : (
          <ul class="govuk-list">
            {sentences.map((sentence) => (
              <li key={sentence}>
                <strong>{sentence}</strong>
              </li>
            ))}
          </ul>
        )}
        <p class="tl-note">
          For each resident: who is searched need not live there, and who lives there need not be on the street.
        </p>
      </div>
      {ratios !== null && drawn !== null && drawn.rows.length > 0 && (
        <FigureFrame
          title="Searches for each resident, as many times those of the group held against"
          look={state.look}
          choose={(look) => change({ look })}
          picture={
            <RowsPicture
              data={drawn}
              label={`How many times as often as ${reference} each group is searched, with 95 per cent intervals. The table holds the same figures.`}
              caption="Each bar is the 95 per cent interval. A difference is no proof of a motive, and none is no proof of its absence: who was where, and when, is not in these figures."
            />
          }
          table={<DataTable table={ratios} show={refusal_cell} />}
          answer_address={table_address(address, "ratios")}
        />
      )}
      {report.sections.map((section) => (
        <div key={section.name}>
          <SectionView
            section={{
              ...without_refusals(section),
              tables: section.tables.filter((each) => each.name !== "ratios" || sentences.length === 0),
            }}
            answer_address={address}
            show={refusal_cell}
          />
          <RefusalNotes section={section} />
        </div>
      ))}
    </div>
  );
}

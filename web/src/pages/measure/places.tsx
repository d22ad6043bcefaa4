import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { AreaKind, Report, Section } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { with_dates_in_words } from "../../format/dates";
import { Answer } from "../../parts/answer";
import { DataTable, type MaySort } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { Picture } from "../../parts/picture";
import { fact_text, section_in, table_in, text_at, with_columns } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { funnel_points, type FunnelPoint } from "./funnel_points";
import { asked_of, face_of_asked, LineChoice, query_of_line, useLines, type LineAsked } from "./line_choice";
import { LikeAreas } from "./like_areas";
import { k_authorities_min, read_line, write_line, type LineState } from "./lines";
import { MeasureNav } from "./parts_nav";
import type { plot_funnel } from "./plot_funnel";
import { is_ranking_refused, refusal_cell, RefusalNotes, without_refusals } from "./rule_notes";

interface PlacesState extends LineState {
  kind: AreaKind | "";
  to: string; // The last period that is looked at; "": the last that is complete.
  look: FigureLook;
  beside: string; // The area whose likes are looked at.
  likes_look: FigureLook;
}

const k_kinds: readonly { value: AreaKind; words: string }[] = [
  { value: "force", words: "Police force areas" },
  { value: "local-authority", words: "Local authorities" },
];
// Fewer areas are no comparison of places.
const k_areas_min = 6;

const k_codec: StateCodec<PlacesState> = {
  read: (query) => ({
    ...read_line(query),
    kind: k_kinds.find((each) => each.value === query.get("kind"))?.value ?? "",
    to: query.get("to") ?? "",
    look: query.get("look") === "table" ? "table" : "picture",
    beside: query.get("beside") ?? "",
    likes_look: query.get("likes") === "table" ? "table" : "picture",
  }),
  write: (state, query) => {
    write_line(state, query);
    write_unless(query, "kind", state.kind, "");
    write_unless(query, "to", state.to, "");
    write_unless(query, "look", state.look, "picture");
    write_unless(query, "beside", state.beside, "");
    write_unless(query, "likes", state.likes_look, "picture");
  },
};

// The areas of one line beside one another, with the limits that ordinary areas lie within.
export function PlacesPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const lines = useLines();
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Places compared"
        lead="One count in every area, for each 100,000 residents, against what chance and ordinary differences between areas explain. Areas stand by name; they are ranked only where that is fair."
      />
      <MeasureNav here="/measure/places" />
      <Answer answered={lines} what="Asking which series there are">
        {(known) => {
          const asked = asked_of(state, known, k_areas_min);
          return (
            <>
              <LineChoice
                known={known}
                asked={asked}
                choose={(line) => change({ ...line, to: "", beside: "" })}
                areas_min={k_areas_min}
              />
              {asked.known !== null && (
                <KindChoice kinds={asked.known.area_kinds} kind={kind_asked(asked, state)} change={change} />
              )}
              <Places asked={asked} state={state} change={change} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

function kind_asked({ known }: LineAsked, { kind }: PlacesState): AreaKind | "" {
  if (known === null) return "";
  if (kind !== "" && known.area_kinds.includes(kind)) return kind;
  return k_kinds.findLast((each) => known.area_kinds.includes(each.value))?.value ?? "";
}

interface KindChoiceProps {
  kinds: readonly AreaKind[];
  kind: AreaKind | "";
  change: ChangeState<PlacesState>;
}

function KindChoice({ kinds, kind, change }: KindChoiceProps): JSX.Element {
  return (
    <div class="tl-no-print">
      <Select
        id="places-kind"
        label="Areas"
        value={kind}
        groups={[{ label: "", choices: k_kinds.filter((each) => kinds.includes(each.value)) }]}
        choose={(value) => change({ kind: k_kinds.find((each) => each.value === value)?.value ?? "" })}
      />
    </div>
  );
}

interface PlacesProps {
  asked: LineAsked;
  state: PlacesState;
  change: ChangeState<PlacesState>;
}

function Places({ asked, state, change }: PlacesProps): JSX.Element {
  const { area: _, ...line } = query_of_line(asked);
  const kind = kind_asked(asked, state);
  const query = { ...line, ...(kind === "" ? {} : { area_kind: kind }), to: state.to };
  const answered = useAnswer("/api/trend/places", { query });
  return (
    <Answer answered={answered} what="Holding every area against the others" hides_late>
      {(report) => (
        <PlacesAnswer
          report={report}
          address={answered.address}
          title={face_of_asked(asked)}
          state={state}
          change={change}
          likes={
            is_of_authorities(asked, kind) ? (
              <LikeAreas
                query={{ ...line, to: state.to }}
                areas={area_names(report)}
                beside={state.beside}
                look={state.likes_look}
                choose={(beside) => change({ beside })}
                choose_look={(likes_look) => change({ likes_look })}
              />
            ) : null
          }
        />
      )}
    </Answer>
  );
}

// Only of local authorities does the program carry what they are like.
function is_of_authorities({ line }: LineAsked, kind: AreaKind | ""): boolean {
  return line === null ? kind === "local-authority" : line.areas.length >= k_authorities_min;
}

function area_names(report: Report): string[] {
  const places = table_in(report, "places");
  return places === null ? [] : places.rows.map((row) => text_at(places, row, "area"));
}

interface PlacesAnswerProps {
  report: Report;
  address: string;
  title: string;
  state: PlacesState;
  change: ChangeState<PlacesState>;
  likes: JSX.Element | null; // One area beside those most like it.
}

function PlacesAnswer({ report, address, title, state, change, likes }: PlacesAnswerProps): JSX.Element {
  const places = section_in(report, "places");
  const table = table_in(report, "places");
  const points = useMemo(() => (table === null ? [] : funnel_points(table)), [table]);
  if (places === undefined || table === null) return <SectionsOf report={report} address={address} />;
  return (
    <div class="tl-report">
      <h2 class="govuk-heading-m">{title}</h2>
      <LastYear report={report} to={state.to} choose={(to) => change({ to })} />
      <RefusalNotes section={places} />
      {points.length > 0 ? (
        <FigureFrame
          title={places.title}
          look={state.look}
          choose={(look) => change({ look })}
          picture={<FunnelPicture points={points} title={title} />}
          table={<DataTable table={table} rows_at_first={30} may_sort={may_sort_of(report)} />}
          answer_address={`${address}&table=places`}
        />
      ) : (
        <DataTable
          table={table}
          caption={places.title}
          answer_address={address}
          rows_at_first={30}
          may_sort={may_sort_of(report)}
        />
      )}
      <SectionView section={without_places(places)} answer_address={address} />
      {likes}
      <SectionsOf report={report} address={address} />
    </div>
  );
}

// Where areas may not be ranked, they are put in no order but that of their names.
function may_sort_of(report: Report): MaySort {
  return is_ranking_refused(report) ? (column) => column.name === "area" : () => true;
}

interface LastYearProps {
  report: Report;
  to: string;
  choose: (to: string) => void;
}

// The year that is not complete can be looked at too, without limits and ranks; and back.
function LastYear({ report, to, choose }: LastYearProps): JSX.Element | null {
  const incomplete = fact_text(report, "incomplete");
  if (to === "" && incomplete === null) return null;
  return (
    <p class="tl-no-print">
      <button class="tl-text-button" type="button" onClick={() => choose(to === "" ? (incomplete ?? "") : "")}>
        {to === ""
          ? `See the year to ${with_dates_in_words(incomplete ?? "")}, which is not complete`
          : "See the last year that is complete"}
      </button>
    </p>
  );
}

// The title and the figures of the section stand above it.
function without_places(section: Section): Section {
  const rest = without_refusals(section);
  return {
    ...rest,
    title: "How to read it",
    tables: rest.tables.filter((each) => each.name !== "places" && each.rows.length > 0),
  };
}

function SectionsOf({ report, address }: { report: Report; address: string }): JSX.Element {
  const others = report.sections.filter((each) => each.name !== "places");
  const place = (section: Section): number => ["funnel", "trend"].indexOf(section.name);
  return (
    <>
      {others
        .toSorted((one, other) => place(one) - place(other))
        .map((section) => (
          <div key={section.name} class={section.name === "trend" ? "tl-changes" : ""}>
            <SectionView
              section={section.name === "trend" ? changes_of(section) : without_refusals(section)}
              answer_address={address}
              rows_at_first={20}
              show={refusal_cell}
              may_sort={may_sort_of(report)}
            />
          </div>
        ))}
    </>
  );
}

// The files have every column.
const k_columns_of_change = [
  "area",
  "year_count",
  "rate",
  "rate_low",
  "rate_high",
  "percent",
  "percent_low",
  "percent_high",
  "breaks",
  "refused",
];

// Every area compared with itself; all of one count, which the title names.
function changes_of(section: Section): Section {
  const rest = without_refusals(section);
  const tables = rest.tables.map((each) => with_columns(each, k_columns_of_change));
  return { ...rest, title: "Each area compared with itself", facts: [], tables };
}

const load_funnel = (): Promise<typeof plot_funnel> => import("./plot_funnel").then((module) => module.plot_funnel);
const k_heights = { narrow: 300, wide: 380, print: 300 };

function FunnelPicture({ points, title }: { points: readonly FunnelPoint[]; title: string }): JSX.Element {
  return (
    <Picture
      load={load_funnel}
      data={points}
      label={`Areas of ${title}, by residents and rate, with funnel limits. The table holds the same figures.`}
      heights={k_heights}
      caption="A dot is an area, by its residents and its count for each 100,000 of them; diamonds lie outside the limits. Full lines hold 95 of 100 ordinary areas, dashed ones 99.8."
    />
  );
}

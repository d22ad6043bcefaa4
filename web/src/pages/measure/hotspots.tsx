import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report, Section, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable, type MaySort } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { section_in, table_in, with_columns } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import {
  hot_counts,
  hot_words,
  places_shown,
  with_interval_beside,
  without_idle_mark,
  type PlacesShown,
} from "./hotspots_rows";
import { HotspotsPicture } from "./hotspots_picture";
import { asked_of, face_of_asked, LineChoice, query_of_line, useLines, type LineAsked } from "./line_choice";
import { k_authorities_min, read_line, write_line, with_authorities, type LineState } from "./lines";
import { PairForm } from "./pair_form";
import { MeasureNav } from "./parts_nav";
import { is_ranking_refused, police_only_cell, RefusalNotes, without_refusals } from "./rule_notes";

interface HotspotsState extends LineState {
  from: string; // "": the program chooses.
  to: string;
  near: string;
  circle: string;
  shown: PlacesShown;
  look: FigureLook;
}

const k_near = ["4", "8", "12"];
const k_circles = [
  { value: "0.05", words: "At most a twentieth of all residents" },
  { value: "0.1", words: "At most a tenth" },
  { value: "0.25", words: "At most a quarter" },
  { value: "0.5", words: "At most a half" },
];
const k_usual = { near: "8", circle: "0.1" };
// Deaths are registered wherever they happen, whether or not the police look.
const k_beside = "drug_deaths_by_authority.poisoning";

const k_codec: StateCodec<HotspotsState> = {
  read: (query) => ({
    ...read_line(query),
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
    near: k_near.find((each) => each === query.get("near")) ?? k_usual.near,
    circle: k_circles.find((each) => each.value === query.get("circle"))?.value ?? k_usual.circle,
    shown: query.get("shown") === "standing_out" ? "standing_out" : "all",
    look: query.get("look") === "table" ? "table" : "picture",
  }),
  write: (state, query) => {
    write_line(state, query);
    for (const name of ["from", "to"] as const) write_unless(query, name, state[name], "");
    for (const name of ["near", "circle"] as const) write_unless(query, name, state[name], k_usual[name]);
    write_unless(query, "shown", state.shown, "all");
    write_unless(query, "look", state.look, "picture");
  },
};

// Which local authorities stand out together with those about them.
export function HotspotsPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const lines = useLines();
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Hot spots"
        lead="Which local authorities hold more than their share of residents explains, together with those about them, and how often chance alone would look like that. What only the police's own work shows is marked."
      />
      <MeasureNav here="/measure/hotspots" />
      <Answer answered={lines} what="Asking which series there are">
        {(all) => {
          const known = with_authorities(all);
          const asked = asked_of(state, known, k_authorities_min);
          return (
            <>
              <LineChoice
                known={known}
                asked={asked}
                choose={(line) => change({ ...line, area: "", from: "", to: "" })}
                areas_min={k_authorities_min}
              />
              <SearchChoice asked={asked} state={state} change={change} />
              <Searched asked={asked} state={state} change={change} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

interface SearchedProps {
  asked: LineAsked;
  state: HotspotsState;
  change: ChangeState<HotspotsState>;
}

function SearchChoice({ asked, state, change }: SearchedProps): JSX.Element {
  const hints =
    asked.known === null
      ? ["A year, such as 2015; without it the last three are taken together", "The last that is complete without it"]
      : ["A month, such as 2025-01; without it the first that was received", "The last that was received without it"];
  return (
    <>
      <div class="tl-line-choice tl-no-print">
        <Select
          id="hotspots-circle"
          label="A circle holds"
          value={state.circle}
          groups={[{ label: "", choices: k_circles }]}
          choose={(circle) => change({ circle })}
        />
        <Select
          id="hotspots-near"
          label="Near are"
          value={state.near}
          groups={[{ label: "", choices: k_near.map((each) => ({ value: each, words: `The ${each} nearest` })) }]}
          choose={(near) => change({ near })}
        />
        <Select
          id="hotspots-shown"
          label="Places in the table"
          value={state.shown}
          groups={[
            {
              label: "",
              choices: [
                { value: "all", words: "All" },
                { value: "standing_out", words: "Those that stand out or lie in a circle" },
              ],
            },
          ]}
          choose={(value) => change({ shown: value === "standing_out" ? "standing_out" : "all" })}
        />
      </div>
      <PairForm
        id="hotspots"
        fields={[
          { label: asked.known === null ? "First year" : "First month", hint: hints[0] ?? "" },
          { label: asked.known === null ? "Last year" : "Last month", hint: hints[1] ?? "" },
        ]}
        values={[state.from, state.to]}
        button="Search"
        take={(from, to) => change({ from, to })}
      />
    </>
  );
}

function Searched({ asked, state, change }: SearchedProps): JSX.Element {
  const { area: _, ...line } = query_of_line(asked);
  const query = {
    ...line,
    from: state.from,
    to: state.to,
    near: Number(state.near),
    circle: state.circle as "0.05" | "0.1" | "0.25" | "0.5",
    ...(asked.known === null ? {} : { independent: k_beside }),
  };
  const answered = useAnswer("/api/hotspots", { query });
  return (
    <Answer answered={answered} what="Drawing circles about every place" hides_late>
      {(report) => (
        <HotspotsAnswer
          report={report}
          address={answered.address}
          title={face_of_asked(asked)}
          state={state}
          change={change}
        />
      )}
    </Answer>
  );
}

interface HotspotsAnswerProps {
  report: Report;
  address: string;
  title: string;
  state: HotspotsState;
  change: ChangeState<HotspotsState>;
}

// Where places may not be ranked they are put in no order but that of their names.
function may_sort_of(report: Report): MaySort {
  return is_ranking_refused(report) ? (column) => column.name === "place" || column.name === "centre" : () => true;
}

function HotspotsAnswer({ report, address, title, state, change }: HotspotsAnswerProps): JSX.Element {
  const places = table_in(report, "places");
  const [scan, by_name] = [section_in(report, "hotspots"), section_in(report, "places")];
  const shown = useMemo(
    () => (places === null ? null : without_idle_mark(places_shown(places, state.shown))),
    [places, state.shown],
  );
  const may_sort = may_sort_of(report);
  return (
    <div class="tl-report">
      <h2 class="govuk-heading-m">{title}</h2>
      <p role="status" class="tl-read">
        <strong>{hot_words(hot_counts(report))}</strong>
      </p>
      {scan !== undefined && <RefusalNotes section={scan} />}
      {places !== null && shown !== null && (
        <FigureFrame
          title="Places among their neighbours"
          look={state.look}
          choose={(look) => change({ look })}
          picture={<HotspotsPicture report={report} title={title} />}
          table={<DataTable table={shown} rows_at_first={30} show={police_only_cell} may_sort={may_sort} />}
          answer_address={table_address(address, "places")}
        />
      )}
      {scan !== undefined && (
        <div class="tl-wide-words tl-circles">
          <SectionView
            section={circles_of(scan)}
            answer_address={address}
            show={police_only_cell}
            may_sort={may_sort}
          />
        </div>
      )}
      {by_name !== undefined && (
        <SectionView
          section={{ ...without_refusals(by_name), title: "How to read the places", tables: [] }}
          answer_address={address}
        />
      )}
      <WhatItCannotSay />
    </div>
  );
}

// The files have every column.
const k_columns_of_circles = [
  "centre",
  "names",
  "places",
  "count",
  "expected",
  "relative_risk",
  "p_value",
  "police_only",
  "independent_risk",
  "independent_low",
  "independent_high",
  "independent_p",
];

function circles_of(scan: Section): Section {
  const rest = without_refusals(scan);
  const shown = (each: Table): Table =>
    without_idle_mark(with_interval_beside(with_columns(each, k_columns_of_circles)));
  return { ...rest, tables: rest.tables.map(shown) };
}

function WhatItCannotSay(): JSX.Element {
  return (
    <section class="tl-section" aria-labelledby="hotspots-limits">
      <h2 class="govuk-heading-m" id="hotspots-limits">
        What a circle cannot say
      </h2>
      <ul class="govuk-list govuk-list--bullet tl-read">
        <li>What shape a market has: a circle takes in quiet places and leaves out busy ones.</li>
        <li>Where in an authority it is: these are whole local authorities, each at one point.</li>
        <li>
          Whom it happened to: residents are not all who are there. A town centre has few residents and many visitors.
        </li>
        <li>Why: more harm, more looking and another way of recording look the same.</li>
      </ul>
    </section>
  );
}

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Link } from "../../address/link";
import { usePageState, write_unless, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Report, Section, Table } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { caveat_of_note } from "../../parts/caveat_chips";
import { DataTable } from "../../parts/data_table";
import { table_address } from "../../parts/download_links";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { PageHead } from "../../parts/page_head";
import { Picture } from "../../parts/picture";
import { fact_text, section_in, table_in } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import {
  areas_of_scores,
  index_words,
  lines_of_index,
  lines_of_scores,
  link_words,
  parts_of_index,
  periods_of,
  severity_words,
} from "./harm_rows";
import { LinesPicture } from "./lines_picture";
import { MeasureNav } from "./parts_nav";
import type { plot_parts, PlotPart } from "./plot_parts";
import { without_refusals } from "./rule_notes";

interface HarmState {
  base: string; // "": the first period.
  area: string; // "": England and Wales.
  look: FigureLook;
}

const k_codec: StateCodec<HarmState> = {
  read: (query) => ({
    base: query.get("base") ?? "",
    area: query.get("area") ?? "",
    look: query.get("look") === "table" ? "table" : "picture",
  }),
  write: (state, query) => {
    for (const name of ["base", "area"] as const) write_unless(query, name, state[name], "");
    write_unless(query, "look", state.look, "picture");
  },
};

// One number for drug harms, never without its parts; and the two scores that weigh offences beside it.
export function HarmIndexPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer("/api/harm-index", { query: { base: state.base, area: state.area } });
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Harm index"
        lead="Deaths, robberies and burglaries in one number by what each costs, with what moved it, how sure it is, and what it hides; and two scores that weigh recorded offences beside it."
      />
      <MeasureNav here="/measure/index" />
      <Answer answered={answered} what="Weighing each harm" hides_late>
        {(report) => <HarmIndex report={report} address={answered.address} state={state} change={change} />}
      </Answer>
    </>
  );
}

interface PartProps {
  report: Report;
  address: string;
  state: HarmState;
  change: ChangeState<HarmState>;
}

function HarmIndex(props: PartProps): JSX.Element {
  const { report, address } = props;
  const costs = section_in(report, "costs");
  return (
    <div class="tl-report">
      <Chain {...props} />
      <Parts {...props} />
      {["without", "costs"].map((name) => {
        const section = name === "costs" ? costs : section_in(report, name);
        return section === undefined ? null : (
          <SectionView key={name} section={without_refusals(section)} answer_address={address} />
        );
      })}
      <Severity {...props} />
      <Published {...props} />
    </div>
  );
}

// The index itself, which says first that its figures are made up.
function Chain({ report, address, state, change }: PartProps): JSX.Element | null {
  const section = section_in(report, "index");
  const index = table_in(report, "index");
  const links = table_in(report, "links");
  const drawn = useMemo(() => (index === null ? null : lines_of_index(index)), [index]);
  if (section === undefined || index === null || drawn === null) return null;
  const base = fact_text(report, "base") ?? "";
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{section.title}</h2>
      <MadeUp section={section} />
      <div class="tl-no-print">
        <Select
          id="index-base"
          label="The period that is 100"
          value={base}
          groups={[{ label: "", choices: periods_of(index).map((period) => ({ value: period, words: period })) }]}
          choose={(value) => change({ base: value })}
        />
      </div>
      <div class="tl-trend__headline" role="status">
        <p>
          <strong>{index_words(index, base)}.</strong> {links === null ? "" : link_words(links)}
        </p>
      </div>
      <FigureFrame
        title="The index by period"
        look={state.look}
        choose={(look) => change({ look })}
        picture={
          <LinesPicture
            data={drawn}
            label="Lines of the Drug Harms Index and of the same volumes at constant unit costs, by period. The table holds the same figures."
            caption="The band is the 95 per cent interval. Where the two lines part, unit costs moved the index and not how much harm there was."
          />
        }
        table={<DataTable table={index} caption="The index by period" />}
        answer_address={table_address(address, "index")}
      />
      <SectionView section={{ ...without_refusals(section), title: "", facts: [], tables: [] }} />
      <p class="tl-note">
        Of an area, violence at sourced unit costs stands in <Link href="/measure/profile">its profile</Link>: homicide,
        violence with injury and robbery as recorded, at the costs of the Home Office. It is of three offences, and no
        index of drug harms.
      </p>
    </section>
  );
}

// In words and not only on a chip: a made-up figure must not be taken for a real one.
function MadeUp({ section }: { section: Section }): JSX.Element | null {
  const made_up = section.notes.map(caveat_of_note).find((each) => each?.code === "CONSTRUCTED");
  return made_up === undefined || made_up === null ? null : (
    <p class="tl-cannot">
      <strong>A constructed example.</strong> {made_up.sentence}
    </p>
  );
}

const load_parts = (): Promise<typeof plot_parts> => import("./plot_parts").then((module) => module.plot_parts);

function PartsPicture({ parts }: { parts: PlotPart[] }): JSX.Element {
  const heights = useMemo(() => {
    const height = 44 + 62 * parts.length;
    return { narrow: height, wide: height, print: height };
  }, [parts]);
  return (
    <Picture
      load={load_parts}
      data={parts}
      label="Bars of what each harm did to the value, by volume and by unit cost. The table holds the same figures."
      heights={heights}
      legend={
        <ul class="tl-legend" aria-label="What the bars are">
          {(["by volume", "by unit cost"] as const).map((words, at) => (
            <li key={words}>
              <svg class={`tl-stroke--${at + 1}`} width="24" height="14" viewBox="0 -7 24 14" aria-hidden="true">
                <line x1="0" x2="24" y1="0" y2="0" stroke-width="10" />
              </svg>
              {words}
            </li>
          ))}
        </ul>
      }
      caption="Millions of pounds. To the right it raised the value, to the left it lowered it."
    />
  );
}

function Parts({ report, address, state, change }: PartProps): JSX.Element | null {
  const section = section_in(report, "links");
  const table = table_in(report, "parts");
  const parts = useMemo(() => (table === null ? [] : parts_of_index(table)), [table]);
  if (section === undefined || table === null) return null;
  return (
    <section class="tl-section">
      <FigureFrame
        title="What each harm did to the value"
        look={state.look}
        choose={(look) => change({ look })}
        picture={<PartsPicture parts={parts} />}
        table={<DataTable table={table} />}
        answer_address={table_address(address, "parts")}
      />
      <SectionView
        section={{ ...section, tables: section.tables.filter((each) => each.name !== "parts") }}
        answer_address={address}
      />
    </section>
  );
}

function Severity({ report, address }: PartProps): JSX.Element | null {
  const section = section_in(report, "severity");
  const table = table_in(report, "severity");
  if (section === undefined || table === null) return null;
  const words = severity_words(table);
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{section.title}</h2>
      <MadeUp section={section} />
      {words !== null && (
        <p>
          <strong>{words}</strong>
        </p>
      )}
      <SectionView section={{ ...without_refusals(section), title: "" }} answer_address={address} />
    </section>
  );
}

function Published({ report, address, state, change }: PartProps): JSX.Element | null {
  const section = section_in(report, "published");
  const table: Table | null = table_in(report, "published");
  const drawn = useMemo(() => (table === null ? null : lines_of_scores(table)), [table]);
  const areas = useMemo(() => areas_of_scores(report), [report]);
  if (section === undefined || table === null || drawn === null) return null;
  const asked = state.area === "" ? "England and Wales" : state.area;
  const area = areas.find((each) => each.toLowerCase() === asked.toLowerCase()) ?? asked;
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{section.title}</h2>
      <div class="tl-no-print">
        <Select
          id="index-area"
          label="Area"
          value={area}
          groups={[{ label: "", choices: areas.map((each) => ({ value: each, words: area_words(each) })) }]}
          choose={(value) => change({ area: value })}
        />
      </div>
      <FigureFrame
        title="Crime Severity Score of all recorded crime, by year ending"
        look={state.look}
        choose={(look) => change({ look })}
        picture={
          <LinesPicture
            data={drawn}
            label={`Line of the Crime Severity Score of ${area_words(area)}, by year. The table holds the same figures, by kind of offence.`}
            caption="Severity of recorded offences for each resident. It rises with recording and with looking as much as with crime."
          />
        }
        table={<DataTable table={table} rows_at_first={21} caption={section.title} />}
        answer_address={table_address(address, "published")}
      />
      <SectionView section={{ ...without_refusals(section), title: "", tables: [] }} />
    </section>
  );
}

// "ENGLAND AND WALES", as it is published, in the letters of the other names.
function area_words(area: string): string {
  return area === "ENGLAND AND WALES" ? "England and Wales" : area;
}

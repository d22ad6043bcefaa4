import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { query_text, useAddress } from "../../address/address";
import { Link } from "../../address/link";
import { usePageState, type ChangeState, type StateCodec } from "../../address/page_state";
import type { Column, Report, Value } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { DataTable, type ShowCell } from "../../parts/data_table";
import { PageHead } from "../../parts/page_head";
import { table_in, text_at, with_columns } from "../../parts/report_parts";
import { SectionView } from "../../parts/report_view";
import { Select } from "../../parts/select";
import { useHandling } from "../../shell/handling";
import { not_given, side_by_side } from "./definition_rows";
import { MeasureNav } from "./parts_nav";
import { refusal_cell, without_refusals } from "./rule_notes";

interface DefinitionsState {
  term: string;
  area: string; // "": the widest that each series has.
  name: string; // Of the reading that is shown whole.
}

const k_codec: StateCodec<DefinitionsState> = {
  read: (query) => ({
    term: query.get("term") ?? "",
    area: query.get("area") ?? "",
    name: query.get("name") ?? "",
  }),
  write: (state, query) => {
    for (const name of ["term", "area", "name"] as const) {
      if (state[name] === "") query.delete(name);
      else query.set(name, state[name]);
    }
  },
};

// What terms are taken to mean, and what each reading of one gives.
export function DefinitionsPage(): JSX.Element {
  const [state, change] = usePageState(k_codec);
  const answered = useAnswer("/api/definitions");
  useHandling("published figures; no restriction");
  return (
    <>
      <PageHead
        title="Definitions"
        lead="The same words are counted in several ways. Each reading stands here with its version, whose it is, what it counts, and what it gives beside its rivals on the same area."
      />
      <MeasureNav here="/measure/definitions" />
      <Answer answered={answered} what="Reading the definitions">
        {(report) => <Definitions report={report} address={answered.address} state={state} change={change} />}
      </Answer>
    </>
  );
}

interface DefinitionsProps {
  report: Report;
  address: string;
  state: DefinitionsState;
  change: ChangeState<DefinitionsState>;
}

// Every term, each once, in the order in which they first come.
function terms_in(report: Report): string[] {
  const table = table_in(report, "definitions");
  if (table === null) return [];
  return [...new Set(table.rows.map((row) => text_at(table, row, "term")))];
}

function Definitions({ report, address, state, change }: DefinitionsProps): JSX.Element {
  const terms = useMemo(() => terms_in(report), [report]);
  const term = state.term === "" ? (terms[0] ?? "") : state.term;
  const table = table_in(report, "definitions");
  const cell = useReadingLink(term);
  return (
    <>
      <div class="tl-no-print">
        <Select
          id="definition-term"
          label="Term"
          value={term}
          groups={[{ label: "", choices: terms.map((each) => ({ value: each, words: each })) }]}
          choose={(next) => change({ term: next, area: "", name: "" })}
        />
      </div>
      <Rivals term={term} area={state.area} change={change} />
      {state.name !== "" && <Reading name={state.name} area={state.area} />}
      {table !== null && (
        <section class="tl-section">
          <h2 class="govuk-heading-m">Every definition</h2>
          <div class="tl-wide-words">
            <DataTable table={table} answer_address={address} rows_at_first={30} show={cell} />
          </div>
        </section>
      )}
    </>
  );
}

// The name of a definition leads to the whole of it, and keeps the rest of the address.
function useReadingLink(term: string): (value: Value, column: Column) => JSX.Element | null {
  const { path, query } = useAddress();
  return (value, column) => {
    if (column.name !== "definition" || typeof value !== "string") return null;
    const own = new URLSearchParams(query);
    own.set("term", term);
    own.set("name", value);
    return <Link href={path + query_text(own)}>{value}</Link>;
  };
}

interface RivalsProps {
  term: string;
  area: string;
  change: ChangeState<DefinitionsState>;
}

function Rivals({ term, area, change }: RivalsProps): JSX.Element {
  const answered = useAnswer("/api/definitions/rivals", { query: { term, area } });
  const cell = useReadingLink(term);
  return (
    <Answer answered={answered} what="Carrying out each reading">
      {(report) => (
        <>
          <AreaChoice report={report} area={area} choose={(next) => change({ area: next })} />
          {report.sections.map((section) => (
            <section key={section.name} class="tl-section">
              <SectionView section={{ ...without_refusals(section), tables: [] }} answer_address={answered.address} />
              <RivalTables report={report} address={answered.address} cell={cell} />
            </section>
          ))}
        </>
      )}
    </Answer>
  );
}

interface RivalTablesProps {
  report: Report;
  address: string;
  cell: ShowCell;
}

function RivalTables({ report, address, cell }: RivalTablesProps): JSX.Element {
  const [rivals, values] = [table_in(report, "rivals"), table_in(report, "values")];
  const refused = values === null ? null : not_given(values);
  return (
    <>
      {rivals !== null && <DataTable table={rivals} answer_address={address} show={cell} />}
      {values !== null && <DataTable table={side_by_side(values)} answer_address={address} rows_at_first={30} />}
      {refused !== null && refused.rows.length > 0 && (
        <DataTable
          table={with_columns(refused, ["definition", "series", "refused"])}
          caption="Not given"
          show={refusal_cell}
        />
      )}
    </>
  );
}

interface AreaChoiceProps {
  report: Report;
  area: string;
  choose: (area: string) => void;
}

// Areas with how many of the readings give something there: only where several do is anything compared.
function AreaChoice({ report, area, choose }: AreaChoiceProps): JSX.Element | null {
  const areas = table_in(report, "areas");
  if (areas === null || areas.rows.length === 0) return null;
  const choices = areas.rows.map((row) => ({
    value: text_at(areas, row, "area"),
    words: `${text_at(areas, row, "area")} – ${text_at(areas, row, "readings")} of its readings`,
  }));
  return (
    <div class="tl-no-print">
      <Select
        id="definition-area"
        label="Area"
        value={area}
        groups={[{ label: "", choices: [{ value: "", words: "The widest that each series has" }, ...choices] }]}
        choose={choose}
      />
    </div>
  );
}

function Reading({ name, area }: { name: string; area: string }): JSX.Element {
  const answered = useAnswer("/api/definitions/reading", { query: { name, area } });
  return (
    <Answer answered={answered} what="Reading the definition">
      {(report) => (
        <div role="status">
          {report.sections.map((section) => (
            <SectionView
              key={section.name}
              section={{ ...section, title: `${section.title}: ${name}` }}
              answer_address={answered.address}
            />
          ))}
        </div>
      )}
    </Answer>
  );
}

import type { JSX } from "preact";
import type { Caveat, Section, Table, Value } from "../../api/types";
import { signed_words } from "../../format/numbers";
import { CaveatChips, caveat_name, caveat_of_note } from "../../parts/caveat_chips";
import { DownloadLinks } from "../../parts/download_links";
import { cell_at, number_at, text_at } from "../../parts/report_parts";
import { TraceLink, trace_kind } from "../../parts/trace_link";
import { value_words } from "../../parts/value";
import { Whisker } from "../../parts/whisker";

// In per cent; what lies beyond stands at the edge.
const k_change_scale = { from: -60, to: 60 };

export const k_panel_names: ReadonlySet<string> = new Set([
  "supply",
  "demand",
  "enforcement",
  "violence",
  "exploitation",
]);

// A row with the table that says what its cells are.
interface Placed {
  table: Table;
  row: readonly Value[];
}

function text_in({ table, row }: Placed, column: string): string {
  return text_at(table, row, column);
}

function cell_in({ table, row }: Placed, column: string): Value {
  return cell_at(table, row, column);
}

// One panel: its indicators with what is known, what changed and what may not be said, in the place of a figure.
export function PanelView({ section, address }: { section: Section; address: string }): JSX.Element | null {
  const [table, sources] = section.tables;
  if (table === undefined || sources === undefined) return null;
  const caveats = section.notes.map(caveat_of_note).filter((each): each is Caveat => each !== null);
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{section.title}</h2>
      <CaveatChips caveats={caveats} />
      <div class="tl-table">
        <div class="tl-table__scroll" tabIndex={0} role="region" aria-label={section.title}>
          <table class="govuk-table tl-panel">
            <thead>
              <tr>
                <th scope="col">Indicator</th>
                <th scope="col" class="tl-number">
                  Figure (95%)
                </th>
                <th scope="col">Change</th>
                <th scope="col">Limits</th>
                <th scope="col">How do we know?</th>
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, at) => (
                <IndicatorRow
                  key={text_at(table, row, "indicator")}
                  figure={{ table, row }}
                  from={{ table: sources, row: sources.rows[at] ?? [] }}
                />
              ))}
            </tbody>
          </table>
        </div>
        <p class="tl-table__foot">
          <DownloadLinks answer_address={address} table={table.name} of={section.title} />
          <DownloadLinks answer_address={address} table={sources.name} of={`the sources of ${section.title}`} />
        </p>
      </div>
    </section>
  );
}

interface IndicatorProps {
  figure: Placed;
  from: Placed;
}

function IndicatorRow({ figure, from }: IndicatorProps): JSX.Element {
  const codes = text_in(from, "caveats");
  const period = cell_in(figure, "period");
  return (
    <tr>
      <th scope="row">
        {text_in(figure, "indicator")}
        <span class="tl-panel__of">
          {text_in(figure, "of")}
          {period !== null && <>, {value_words(period)}</>}
        </span>
      </th>
      <FigureCell figure={figure} from={from} />
      <ChangeCell figure={figure} from={from} />
      <td class="tl-panel__limits">{codes === "" ? "" : codes.split(" ").map(caveat_name).join(", ")}</td>
      <td>
        <Source name={text_in(from, "source")} of={text_in(figure, "indicator")} />
      </td>
    </tr>
  );
}

function FigureCell({ figure, from }: IndicatorProps): JSX.Element {
  const value = cell_in(figure, "value");
  if (value === null)
    return (
      <td class="tl-panel__why">
        <strong>Cannot tell.</strong> {text_in(from, "why_not")}
      </td>
    );
  const low = cell_in(figure, "low");
  return (
    <td class="tl-number">
      {value_words(value)}
      {low !== null && (
        <span class="tl-panel__of">
          {value_words(low)} to {value_words(cell_in(figure, "high"))}
        </span>
      )}
    </td>
  );
}

function ChangeCell({ figure, from }: IndicatorProps): JSX.Element {
  if (cell_in(figure, "percent") === null) {
    const why = cell_in(figure, "value") === null ? "" : text_in(from, "why_not");
    return <td class="tl-panel__why">{why.replace(/^no change: /, "Not given: ")}</td>;
  }
  const number_in = (column: string): number => number_at(figure.table, figure.row, column);
  const [low, high, percent] = [number_in("percent_low"), number_in("percent_high"), number_in("percent")];
  return (
    <td>
      <span class="tl-panel__whisker">
        <Whisker low={low} high={high} at={percent} scale={k_change_scale} />
      </span>
      {signed_words(percent, 1)} % ({signed_words(low, 1)} to {signed_words(high, 1)}) against{" "}
      {value_words(cell_in(from, "before"))} in {value_words(cell_in(from, "before_period"))}
      <span class="tl-panel__of">{text_in(figure, "reads")}</span>
    </td>
  );
}

function Source({ name, of }: { name: string; of: string }): JSX.Element {
  if (name === "") return <span class="tl-nothing">–</span>;
  if (trace_kind(name) !== null) return <TraceLink name={name} of={of} />;
  return <span>{name.includes("/") ? `published series ${name}` : name}</span>;
}

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Link } from "../../address/link";
import type { Section, Table } from "../../api/types";
import { month_number, month_words, span_words } from "../../format/dates";
import { DataTable } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { download_address } from "../../parts/download_links";
import { is_complete, months_of, runs_table, strip_words, strips_of, type Run, type Strip } from "./coverage_runs";

interface CoverageProps {
  section: Section;
  address: string;
  look: FigureLook;
  choose: (look: FigureLook) => void;
}

// Which months there are of each source, by whose they are: what is absent is hatched, and never drawn as nought.
export function Coverage({ section, address, look, choose }: CoverageProps): JSX.Element {
  const tables = section.tables.filter((table) => table.rows.length > 0);
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">{section.title}</h2>
      {section.notes.map((note) => (
        <p key={note} class="tl-note">
          {note}
        </p>
      ))}
      {tables.length === 0 && <p class="tl-quiet">No source with months was received yet.</p>}
      {tables.length > 0 && <Legend />}
      {tables.map((table) => (
        <FigureFrame
          key={table.name}
          title={table.title}
          look={look}
          choose={choose}
          picture={<Picture table={table} />}
          table={
            <>
              <DataTable table={runs_table(table)} caption="" rows_at_first={40} />
              <p class="tl-table__foot">
                <a class="govuk-link" href={download_address(address, "csv", table.name)} download>
                  CSV, a column a month
                </a>
                <a class="govuk-link" href={download_address(address, "xlsx", table.name)} download>
                  XLSX
                </a>
              </p>
            </>
          }
        />
      ))}
    </section>
  );
}

function Legend(): JSX.Element {
  return (
    <ul class="tl-legend">
      {(["received", "corrected", "absent"] as const).map((state) => (
        <li key={state}>
          <Key state={state} /> {state === "corrected" ? "corrected: read again, the later reading stands" : state}
        </li>
      ))}
    </ul>
  );
}

function Key({ state }: { state: Run["state"] }): JSX.Element {
  const id = useId();
  return (
    <svg class="tl-strip tl-strip--key" width="28" height="14" aria-hidden="true">
      <Hatching id={id} />
      <Bar run={{ state, first: "", last: "", at: 0, months: 1 }} months={1} hatching={id} />
    </svg>
  );
}

// Many areas of which every month was received look alike: they are drawn as one until asked for.
const k_alike_max = 8;

function Picture({ table }: { table: Table }): JSX.Element {
  const [is_whole, setWhole] = useState(false);
  const months = months_of(table);
  const strips = strips_of(table);
  const complete = strips.filter(is_complete);
  const is_folded = complete.length > k_alike_max && !is_whole;
  return (
    <div class="tl-strips">
      {strips
        .filter((strip) => !is_folded || !is_complete(strip))
        .map((strip) => (
          <StripRow key={strip.code} strip={strip} months={months.length} />
        ))}
      {is_folded && complete[0] !== undefined && (
        <StripRow
          strip={{ ...complete[0], code: "", area: `${complete.length} areas, every month` }}
          months={months.length}
        />
      )}
      {complete.length > k_alike_max && (
        <button class="tl-text-button" type="button" aria-expanded={is_whole} onClick={() => setWhole(!is_whole)}>
          {is_whole ? "Draw those with every month as one" : "Draw each of them"}
        </button>
      )}
      <div class="tl-strips__row" aria-hidden="true">
        <span />
        <Years months={months} />
      </div>
    </div>
  );
}

function StripRow({ strip, months }: { strip: Strip; months: number }): JSX.Element {
  const id = useId();
  return (
    <div class="tl-strips__row">
      {strip.code === "" ? (
        <span class="tl-strips__name">{strip.area}</span>
      ) : (
        <Link href={`/measure?area=${strip.code}`} class="govuk-link tl-strips__name">
          {strip.area}
        </Link>
      )}
      <svg class="tl-strip" role="img" aria-label={strip_words(strip)} width="100%" height="14">
        <Hatching id={id} />
        {strip.runs.map((run) => (
          <Bar key={run.first} run={run} months={months} hatching={id} />
        ))}
      </svg>
    </div>
  );
}

function Hatching({ id }: { id: string }): JSX.Element {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" class="tl-strip__ground" />
      <rect width="1.4" height="5" class="tl-strip__line" />
    </pattern>
  );
}

function Bar({ run, months, hatching }: { run: Run; months: number; hatching: string }): JSX.Element {
  const place = { x: `${(100 * run.at) / months}%`, width: `${(100 * run.months) / months}%` };
  return (
    <g>
      {run.first !== "" && <title>{`${span_words(run.first, run.last)}: ${run.state}`}</title>}
      {run.state === "absent" ? (
        <rect {...place} height="14" fill={`url(#${hatching})`} />
      ) : (
        <rect {...place} height="14" class="tl-strip__received" />
      )}
      {run.state === "corrected" && <rect {...place} y="5.5" height="3" class="tl-strip__corrected" />}
    </g>
  );
}

// A mark at each January, or at the first month where there is none; as many as have room.
function Years({ months }: { months: readonly string[] }): JSX.Element {
  const januaries = months.flatMap((month, at) =>
    (month_number(month) ?? 1) % 12 === 0 ? [{ at, words: month.slice(0, 4) }] : [],
  );
  const every = Math.ceil(januaries.length / 6);
  const kept = januaries.filter((_, at) => at % every === 0);
  const marks = kept.length > 0 ? kept : [{ at: 0, words: month_words(months[0] ?? "") }];
  return (
    <svg class="tl-strip tl-strip--years" width="100%" height="20">
      {marks.map((mark) => {
        const x = `${(100 * mark.at) / months.length}%`;
        return (
          <g key={mark.at}>
            <line x1={x} x2={x} y1="0" y2="5" class="tl-strip__tick" />
            <text x={x} y="17" class="tl-strip__year">
              {mark.words}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

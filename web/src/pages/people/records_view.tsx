import type { JSX } from "preact";
import type { Table } from "../../api/types";
import { DownloadLinks } from "../../parts/download_links";
import { text_at } from "../../parts/report_parts";
import { CapacityMark } from "./capacity";
import { Said } from "./pair_view";
import { lines_of, type Line } from "./side_by_side";

const k_columns = ["capacities", "how_sure", "name", "birth", "address"];
const k_compared: ReadonlySet<string> = new Set(["name", "birth", "address"]);

interface RecordsViewProps {
  table: Table;
  answer_address: string;
}

// The records beside each other, one column a record, by agency. Values stand for one's own agency's alone.
export function RecordsView({ table, answer_address }: RecordsViewProps): JSX.Element {
  const ordered: Table = {
    ...table,
    rows: table.rows.toSorted((a, b) => text_at(table, a, "agency").localeCompare(text_at(table, b, "agency"))),
  };
  const has_others = ordered.rows.some((row) => k_columns.slice(2).every((name) => text_at(ordered, row, name) === ""));
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">As each agency holds them</h2>
      {ordered.rows.length === 0 ? (
        <p class="tl-quiet">{table.empty_text}</p>
      ) : (
        <div class="tl-table tl-table__scroll" tabIndex={0} role="region" aria-label="Records side by side">
          <table class="govuk-table tl-pair">
            <thead>
              <tr>
                <td />
                {ordered.rows.map((row) => (
                  <th key={text_at(ordered, row, "record")} scope="col">
                    {text_at(ordered, row, "agency")}{" "}
                    <span class="tl-id tl-quiet">{text_at(ordered, row, "record")}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines_of(ordered, k_columns, k_compared).map((line) => (
                <LineView key={line.column} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {has_others && (
        <p class="tl-note">
          Of other agencies’ records you see that they are there, in what capacity and how sure: ring them for the rest.
        </p>
      )}
      <DownloadLinks answer_address={answer_address} table="records" of="the records" />
    </section>
  );
}

function LineView({ line }: { line: Line }): JSX.Element {
  return (
    <tr>
      <th scope="row">{line.heading}</th>
      {line.cells.map((cell, at) => (
        <td key={at}>
          {line.column === "capacities" ? (
            cell.text.split(", ").map((capacity) => <CapacityMark key={capacity} capacity={capacity} />)
          ) : (
            <Said text={cell.text} differs={cell.differs} />
          )}
        </td>
      ))}
    </tr>
  );
}

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Column, Table, Value } from "../api/types";
import { number_words } from "../format/numbers";
import { DownloadLinks } from "./download_links";
import { sort_key, ValueView } from "./value";

// How a cell is shown where a page knows better than the table; null: as it is.
export type ShowCell = (value: Value, column: Column, row: readonly Value[]) => JSX.Element | null;

// Whether rows may be put in the order of a column.
export type MaySort = (column: Column) => boolean;

interface DataTableProps {
  table: Table;
  caption?: string;
  // The address of the answer that the table is part of; its downloads hang on it. None: no downloads.
  answer_address?: string;
  // How many rows stand at first; a button shows the rest.
  rows_at_first?: number;
  show?: ShowCell;
  may_sort?: MaySort;
}

interface Order {
  column: number;
  is_falling: boolean;
}

const k_collator = new Intl.Collator("en-GB", { numeric: true });

function compare(left: Value, right: Value): number {
  const [a, b] = [sort_key(left), sort_key(right)];
  if (typeof a === "number" && typeof b === "number") return a - b;
  return k_collator.compare(String(a), String(b));
}

// What is not known stands last, whichever way the rest is ordered.
export function ordered(rows: Value[][], order: Order | null): Value[][] {
  if (order === null) return rows;
  const sign = order.is_falling ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [a, b] = [left[order.column] ?? null, right[order.column] ?? null];
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
    return sign * compare(a, b);
  });
}

function next_order(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, is_falling: false };
  return order.is_falling ? null : { column, is_falling: true };
}

export function DataTable({
  table,
  caption = table.title,
  answer_address,
  rows_at_first = 20,
  show,
  may_sort = () => true,
}: DataTableProps): JSX.Element {
  const [order, setOrder] = useState<Order | null>(null);
  const [is_whole, setWhole] = useState(false);
  const rows = useMemo(() => ordered(table.rows, order), [table, order]);
  if (rows.length === 0)
    return <p class="tl-quiet">{table.empty_text === "" ? "Nothing to show." : table.empty_text}</p>;
  const shown = is_whole ? rows : rows.slice(0, rows_at_first);
  return (
    <div class="tl-table">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label={caption === "" ? "Table" : caption}>
        <table class="govuk-table">
          {caption !== "" && <caption class="govuk-table__caption govuk-table__caption--s">{caption}</caption>}
          <thead>
            <tr>
              {table.columns.map((column, at) => (
                <Heading
                  key={column.name}
                  text={column.heading}
                  is_number={column.kind === "number"}
                  order={order?.column === at ? order : null}
                  sort={may_sort(column) ? () => setOrder(next_order(order, at)) : null}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              <tr key={at}>
                {table.columns.map((column, cell) => (
                  <td
                    key={column.name}
                    class={column.kind === "number" ? "tl-number" : column.kind === "id" ? "tl-id-cell" : ""}
                  >
                    {show?.(row[cell] ?? null, column, row) ?? (
                      <ValueView value={row[cell] ?? null} kind={column.kind} name={column.name} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <p class="tl-print-only tl-quiet">
          Only {number_words(shown.length)} of {number_words(rows.length)} rows are printed.
        </p>
      )}
      <p class="tl-table__foot">
        <span>
          {number_words(shown.length)} of {number_words(rows.length)} {rows.length === 1 ? "row" : "rows"}
        </span>
        {rows.length > rows_at_first && (
          <button class="tl-text-button" type="button" onClick={() => setWhole(!is_whole)}>
            {is_whole ? "Show fewer" : "Show all"}
          </button>
        )}
        {answer_address !== undefined && (
          <DownloadLinks answer_address={answer_address} table={table.name} of={caption} />
        )}
      </p>
    </div>
  );
}

interface HeadingProps {
  text: string;
  is_number: boolean;
  order: Order | null;
  sort: (() => void) | null; // Nothing where the column may order nothing.
}

function Heading({ text, is_number, order, sort }: HeadingProps): JSX.Element {
  const way = order === null ? "none" : order.is_falling ? "descending" : "ascending";
  const number = is_number ? "tl-number" : "";
  if (sort === null)
    return (
      <th scope="col" class={number}>
        {text}
      </th>
    );
  const mark = order === null ? "" : order.is_falling ? "\u25be" : "\u25b4";
  return (
    <th scope="col" aria-sort={way} class={number}>
      <button class="tl-sort" type="button" onClick={sort}>
        {text}
        <span class="tl-sort__mark" aria-hidden="true">
          {mark}
        </span>
      </button>
    </th>
  );
}

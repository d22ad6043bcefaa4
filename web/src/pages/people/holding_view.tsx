import type { JSX } from "preact";
import { Link } from "../../address/link";
import type { Table } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { text_at } from "../../parts/report_parts";
import { holding_of, links_in, type LinkShown } from "./holding";
import { link_address } from "./link_address";

interface HoldingViewProps {
  records: Table;
  links: Table;
  answer_address: string;
}

// Why these records are thought to be one person's: the few links that carry it, and all the others behind them.
export function HoldingView({ records, links, answer_address }: HoldingViewProps): JSX.Element {
  const names = records.rows.map((row) => text_at(records, row, "record"));
  const agencies = new Map(
    records.rows.map((row) => [text_at(records, row, "record"), text_at(records, row, "agency")]),
  );
  const holding = holding_of(names, links_in(links));
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">What holds them together</h2>
      {holding.path.length === 0 ? (
        <p class="tl-quiet">
          {names.length < 2 ? "A single record, linked to no other." : "No link that can be shown."}
        </p>
      ) : (
        <ol class="tl-holding">
          {holding.path.map((link) => (
            <li key={link.one + link.other}>
              <Rung link={link} agencies={agencies} />
            </li>
          ))}
        </ol>
      )}
      {names.length > 1 && holding.parts > 1 && (
        <p class="tl-note">Part of what joins these records stands under seal and is not shown.</p>
      )}
      {links.rows.length > 0 && (
        <details class="tl-details">
          <summary>Every link, in a table</summary>
          <DataTable
            table={links}
            answer_address={answer_address}
            show={(value, column, row) =>
              column.name === "how_sure" ? (
                <Link href={link_address(text_at(links, row, "one"), text_at(links, row, "other"))}>
                  {String(value)}
                </Link>
              ) : null
            }
          />
        </details>
      )}
    </section>
  );
}

function Rung({ link, agencies }: { link: LinkShown; agencies: ReadonlyMap<string, string> }): JSX.Element {
  return (
    <>
      <strong>{link.how_sure}</strong> <span class="tl-quiet">{link.probability}</span>: {agencies.get(link.one)}{" "}
      <span class="tl-id tl-quiet">{link.one}</span> and {agencies.get(link.other)}{" "}
      <span class="tl-id tl-quiet">{link.other}</span>.{" "}
      <Link href={link_address(link.one, link.other)}>
        Why
        <span class="govuk-visually-hidden">
          {" "}
          {link.one} and {link.other}
        </span>
        ?
      </Link>
    </>
  );
}

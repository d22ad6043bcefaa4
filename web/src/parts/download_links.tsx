import type { JSX } from "preact";

interface DownloadLinksProps {
  answer_address: string;
  table?: string;
  of?: string;
}

export function download_address(answer_address: string, format: "csv" | "xlsx", table?: string): string {
  const [path = "", query = ""] = answer_address.split("?", 2);
  const parts = new URLSearchParams(query);
  if (table !== undefined) parts.set("table", table);
  parts.set("format", format);
  return `${path}?${parts.toString()}`;
}

// The address at which one table of an answer is asked for.
export function table_address(answer_address: string, table: string): string {
  return `${answer_address}${answer_address.includes("?") ? "&" : "?"}table=${table}`;
}

// The same figures, in the same order, as a file.
export function DownloadLinks({ answer_address, table, of = "" }: DownloadLinksProps): JSX.Element {
  const hidden = of === "" ? null : <span class="govuk-visually-hidden"> of {of}</span>;
  return (
    <span class="tl-downloads">
      <a class="govuk-link" href={download_address(answer_address, "csv", table)} download>
        CSV{hidden}
      </a>
      <a class="govuk-link" href={download_address(answer_address, "xlsx", table)} download>
        XLSX{hidden}
      </a>
    </span>
  );
}

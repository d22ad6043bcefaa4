import type { JSX } from "preact";
import { Link } from "../address/link";
import type { Column, Value } from "../api/types";
import { sentence_with_dates, with_dates_in_words } from "../format/dates";
import { number_words } from "../format/numbers";
import { trace_kind, TraceLink } from "./trace_link";

// Sorting and searching look at what a value is, not at how it is shown.
export function sort_key(value: Value): number | string | null {
  return typeof value === "object" && value !== null ? value.value : value;
}

export function value_words(value: Value): string {
  if (value === null) return "–";
  if (typeof value === "number") return number_words(value);
  // Words with a space between them are a sentence; without one they may be a name, which is shown as it is.
  if (typeof value === "string") return value.includes(" ") ? sentence_with_dates(value) : with_dates_in_words(value);
  return number_words(value.value, value.decimals);
}

// A value as people read it. What names a figure, a record or an extract opens its trace; what names an entry leads to it.
export function ValueView({ value, kind, name }: { value: Value; kind: Column["kind"]; name: string }): JSX.Element {
  if (value === null)
    return (
      <span class="tl-nothing">
        <span aria-hidden="true">–</span>
        <span class="govuk-visually-hidden">not known</span>
      </span>
    );
  if (name === "entry") return <Link href={`/govern/log/${String(sort_key(value))}`}>{value_words(value)}</Link>;
  // A source is named alone, or with the version of the mapping that read it: "police-uk-street 1".
  if (name === "source" && typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)+( \d+)?$/.test(value)) {
    return <Link href={`/sources/${value.split(" ")[0] ?? ""}`}>{value}</Link>;
  }
  if (typeof value === "string" && trace_kind(value) !== null) return <TraceLink name={value}>{value}</TraceLink>;
  if (kind === "id") return <span class="tl-id">{value_words(value)}</span>;
  if (typeof value === "string" && /^[0-9a-f]{40,}$/.test(value)) return <span class="tl-id">{value}</span>;
  return <>{value_words(value)}</>;
}

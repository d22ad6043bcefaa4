import type { JSX } from "preact";
import type { Column, Report, Section, Value } from "../../api/types";
import { sentence_with_dates } from "../../format/dates";

// A refusal begins with the name of its rule, "activity_is_not_ranked: …", which files keep and a page need not.
const k_rule = /^[a-z]+(_[a-z]+)+: /;

export function is_refusal_note(note: string): boolean {
  return k_rule.test(note);
}

export function refusal_words(text: string): string {
  return sentence_with_dates(text.replace(k_rule, ""));
}

// Options of the command line are nothing for a page.
const k_option = /(^|[\s(])--[a-z]/;

// A note without its sentences that speak of options.
export function without_options(note: string): string {
  return note
    .split(/(?<=[.!?]) (?=[A-Z-])/)
    .filter((sentence) => !k_option.test(sentence))
    .join(" ");
}

// The section as a page shows it: refusals stand by themselves, and what speaks of options is left out.
export function without_refusals(section: Section): Section {
  const notes = section.notes.filter((note) => !is_refusal_note(note)).map(without_options);
  return { ...section, notes: notes.filter((note) => note !== "") };
}

const k_rules_against_order = ["activity_is_not_ranked: ", "levels_are_not_compared: "];

// Whether areas may be put in the order of their figures: to sort by them is to rank.
export function is_ranking_refused(report: Report): boolean {
  return report.sections.some(({ notes }) =>
    notes.some((note) => k_rules_against_order.some((rule) => note.startsWith(rule))),
  );
}

// Why something is not given, in place of a figure.
export function refusal_cell(value: Value): JSX.Element | null {
  return typeof value === "string" && is_refusal_note(value) ? <>{refusal_words(value)}</> : null;
}

// What the limits of the figures forbid, each with its reason.
export function RefusalNotes({ section }: { section: Section }): JSX.Element | null {
  const refusals = section.notes.filter(is_refusal_note);
  if (refusals.length === 0) return null;
  return (
    <ul class="tl-refusals" aria-label="What may not be said of these figures">
      {refusals.map((note) => (
        <li key={note}>{refusal_words(note)}</li>
      ))}
    </ul>
  );
}

// What only the police's own work shows is marked in words, so that it is not taken for more.
export function police_only_cell(value: Value, column: Column): JSX.Element | null {
  if (column.name !== "police_only" || value === null) return null;
  return <span class="tl-mark">police activity alone</span>;
}

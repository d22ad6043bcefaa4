import type { JSX } from "preact";

// How an agency knows a person: a word, with a mark that is told apart by its shape and not by its colour alone.
export function CapacityMark({ capacity }: { capacity: string }): JSX.Element {
  return <span class={`tl-capacity tl-capacity--${capacity.replaceAll(" ", "-")}`}>{capacity}</span>;
}

import type { JSX } from "preact";

// A line as a picture draws it, beside the words that say what it is.
export function LegendLine({ tone, dash }: { tone: 1 | 2 | 3; dash: string }): JSX.Element {
  return (
    <svg class={`tl-stroke--${tone}`} width="36" height="14" viewBox="-18 -7 36 14" aria-hidden="true">
      <line x1="-18" x2="18" y1="0" y2="0" stroke-width="2" stroke-dasharray={dash} />
    </svg>
  );
}

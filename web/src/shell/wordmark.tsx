import type { JSX } from "preact";

// A line through what was found: our own mark, drawn with the colours of the text around it.
export function Wordmark(): JSX.Element {
  return (
    <span class="tl-wordmark">
      <svg class="tl-wordmark__line" viewBox="0 0 44 20" width="44" height="20" aria-hidden="true">
        <path d="M1 10H43" stroke="currentColor" stroke-width="2" />
        <circle cx="9" cy="10" r="4" class="tl-wordmark__hollow" stroke="currentColor" stroke-width="2" />
        <circle cx="24" cy="10" r="2.5" fill="currentColor" />
        <circle cx="36" cy="10" r="4" class="tl-wordmark__hollow" stroke="currentColor" stroke-width="2" />
      </svg>
      Throughline
    </span>
  );
}

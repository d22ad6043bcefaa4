import type { JSX } from "preact";

export function PrintButton({ label = "Print" }: { label?: string }): JSX.Element {
  return (
    <button class="tl-text-button" type="button" onClick={() => print()}>
      {label}
    </button>
  );
}

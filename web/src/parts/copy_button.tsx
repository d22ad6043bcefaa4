import type { JSX } from "preact";
import { useState } from "preact/hooks";

// Copies a text; says when it did and when the browser would not.
export function CopyButton({ text, of }: { text: string; of: string }): JSX.Element {
  const [outcome, setOutcome] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied");
    } catch {
      setOutcome("The browser did not allow it: select the text and copy it");
    }
  };
  return (
    <span class="tl-copy">
      <button class="tl-text-button" type="button" onClick={() => void copy()}>
        Copy<span class="govuk-visually-hidden"> {of}</span>
      </button>
      <span role="status" class="tl-quiet">
        {outcome}
      </span>
    </span>
  );
}

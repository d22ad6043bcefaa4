import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Caveat } from "../api/types";
import { sentence_with_dates } from "../format/dates";

// A caveat's code as words on a chip: "police activity".
export function caveat_name(code: string): string {
  return code.toLowerCase().replaceAll("_", " ");
}

// A report's note that states a caveat begins with its code: "COVERAGE: Only part of … Here: …".
export function caveat_of_note(note: string): Caveat | null {
  const parts = /^([A-Z][A-Z_]{4,}): (.+)$/s.exec(note);
  return parts === null ? null : { code: parts[1] ?? "", sentence: parts[2] ?? "", details: [] };
}

function SentenceOf({ caveat }: { caveat: Caveat }): JSX.Element {
  return (
    <>
      {sentence_with_dates(caveat.sentence)}
      {caveat.details.length > 0 && <> Here: {sentence_with_dates(caveat.details.join("; "))}.</>}
    </>
  );
}

// The limits of what is shown, as small buttons; each opens one plain sentence. Printed, all sentences stand open.
export function CaveatChips({
  caveats,
  is_printed = true,
}: {
  caveats: readonly Caveat[];
  is_printed?: boolean;
}): JSX.Element | null {
  const [open, setOpen] = useState<string | null>(null);
  const id = useId();
  if (caveats.length === 0) return null;
  const opened = caveats.find((each) => each.code === open);
  return (
    <div class="tl-caveats">
      <ul class="tl-chips" aria-label="Limits of these figures">
        {caveats.map((each) => (
          <li key={each.code}>
            <button
              class="tl-chip"
              type="button"
              aria-expanded={each.code === open}
              aria-controls={id}
              onClick={() => setOpen(each.code === open ? null : each.code)}
            >
              {caveat_name(each.code)}
            </button>
          </li>
        ))}
      </ul>
      <p class="tl-caveats__sentence" id={id} role="status" hidden={opened === undefined}>
        {opened && <SentenceOf caveat={opened} />}
      </p>
      {is_printed && <CaveatSentences caveats={caveats} />}
    </div>
  );
}

// All of them, for paper; a page may print them where they do not push its figures away.
export function CaveatSentences({ caveats }: { caveats: readonly Caveat[] }): JSX.Element {
  return (
    <dl class="tl-print-only tl-caveats__all">
      {caveats.map((each) => (
        <div key={each.code}>
          <dt>{caveat_name(each.code)}</dt>
          <dd>
            <SentenceOf caveat={each} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

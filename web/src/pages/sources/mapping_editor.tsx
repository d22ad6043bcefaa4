import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Upload } from "../../api/types";
import { useDraft } from "../../parts/use_draft";
import { faults_in, place_of_line } from "./mapping_faults";

interface MappingEditorProps {
  upload: Upload;
  check: (toml: string) => void;
}

const k_rows_min = 12;
const k_rows_max = 28;

// The mapping as text. What is written is kept as a draft under the file's hash, so that it is there again after a time-out, and
// when the same file is handed in once more.
export function MappingEditor({ upload, check }: MappingEditorProps): JSX.Element {
  const draft = useDraft(`mapping-${upload.sha256.slice(0, 16)}`);
  const area = useRef<HTMLTextAreaElement>(null);
  const is_faulty = upload.problem?.code === "mapping_faulty";
  const [is_open, setOpen] = useState(upload.mapping === null || upload.mapping === "" || is_faulty);
  const has_draft = draft.text !== null && draft.text !== "";
  const text = has_draft ? (draft.text ?? "") : upload.toml;
  const faults = upload.problem !== null && is_faulty ? faults_in(upload.problem) : [];
  const go_to_line = (line: number): void => {
    const shown = area.current;
    if (shown === null) return;
    const { start, end } = place_of_line(text, line);
    shown.focus();
    shown.setSelectionRange(start, end);
    shown.scrollTop = (shown.scrollHeight / Math.max(text.split("\n").length, 1)) * Math.max(line - 4, 0);
  };
  const back_to_given = (): void => {
    draft.write("");
    draft.remove();
  };
  return (
    <details class="govuk-details" open={is_open || has_draft} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">The mapping as text, to change it</span>
      </summary>
      <div class="govuk-details__text tl-editor">
        {is_faulty && upload.problem !== null && (
          <div class="tl-problem" role="alert">
            <p class="tl-problem__what">The mapping does not hold yet</p>
            {faults.length === 0 && <p>{upload.problem.title}</p>}
            <ul class="tl-list">
              {faults.map((fault) => (
                <li key={`${fault.line}${fault.what}`}>
                  <button class="tl-text-button" type="button" onClick={() => go_to_line(fault.line)}>
                    Line {fault.line}
                  </button>
                  : {fault.what}
                </li>
              ))}
            </ul>
            <p>{upload.problem.remedy}.</p>
          </div>
        )}
        <label class="govuk-label" for="toml">
          Which column is what, in TOML
        </label>
        <textarea
          class="govuk-textarea tl-editor__text"
          id="toml"
          ref={area}
          spellcheck={false}
          autocapitalize="none"
          wrap="off"
          value={text}
          rows={Math.min(Math.max(text.split("\n").length + 1, k_rows_min), k_rows_max)}
          aria-describedby="toml-state"
          onInput={(event) => draft.write(event.currentTarget.value)}
        />
        <p class="tl-quiet" id="toml-state" role="status">
          {draft.state === "" ? "As given; changes are kept as a draft while you write." : draft.state}
        </p>
        <div class="govuk-button-group">
          <button class="govuk-button govuk-button--secondary" type="button" onClick={() => check(text)}>
            Check it and use it
          </button>
          {has_draft && (
            <button class="tl-text-button" type="button" onClick={back_to_given}>
              Back to the text as given
            </button>
          )}
        </div>
      </div>
    </details>
  );
}

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, problem_of } from "../../api/client";
import type { PairJudged, Problem, Report } from "../../api/types";
import { ErrorSummary, type FieldFault } from "../../parts/field";
import { Trouble } from "../../parts/refusal";

type Verdict = PairJudged["verdict"];

const k_verdicts: readonly { verdict: Verdict; key: string; words: string }[] = [
  { verdict: "same", key: "1", words: "Same person" },
  { verdict: "different", key: "2", words: "Different people" },
  { verdict: "cannot-tell", key: "3", words: "Cannot tell" },
];

interface JudgeFormProps {
  one: string;
  other: string;
  done: (report: Report) => void;
}

function is_typing(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "radio");
}

function faults_of(verdict: Verdict | null, reason: string): FieldFault[] {
  return [
    ...(verdict === null ? [{ id: "verdict-same", words: "Say whether it is one person: 1, 2 or 3" }] : []),
    ...(reason.trim() === "" ? [{ id: "judge-reason", words: "Say why, in a few words" }] : []),
  ];
}

// One decision with its reason. 1, 2 and 3 choose and lead to the reason; Enter there records it.
export function JudgeForm({ one, other, done }: JudgeFormProps): JSX.Element {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<FieldFault[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [is_sending, setSending] = useState(false);
  const reason_field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const chosen = k_verdicts.find(({ key }) => key === event.key);
      if (chosen === undefined || is_typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      setVerdict(chosen.verdict);
      reason_field.current?.focus();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
  const send = (): void => {
    const found = faults_of(verdict, reason);
    setFaults(found);
    if (found.length > 0 || verdict === null || is_sending) return;
    setSending(true);
    setProblem(null);
    ask("post", "/api/review/judgements", { body: { one, other, verdict, reason: reason.trim() } })
      .then(done)
      .catch((error: unknown) => setProblem(problem_of(error)))
      .finally(() => setSending(false));
  };
  return (
    <form
      class="tl-judge tl-no-print"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ErrorSummary faults={faults} />
      {problem !== null && <Trouble problem={problem} again={send} />}
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Is it one person?</legend>
        <div class="govuk-radios govuk-radios--small govuk-radios--inline">
          {k_verdicts.map((each) => (
            <div class="govuk-radios__item" key={each.verdict}>
              <input
                class="govuk-radios__input"
                type="radio"
                name="verdict"
                id={`verdict-${each.verdict}`}
                checked={verdict === each.verdict}
                onChange={() => setVerdict(each.verdict)}
              />
              <label class="govuk-label govuk-radios__label" for={`verdict-${each.verdict}`}>
                <kbd>{each.key}</kbd> {each.words}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <label class="govuk-label" for="judge-reason">
        Why, in a few words
      </label>
      <textarea
        class="govuk-textarea"
        id="judge-reason"
        ref={reason_field}
        rows={2}
        maxLength={4000}
        value={reason}
        aria-describedby="judge-note"
        onInput={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <p class="tl-quiet" id="judge-note">
        Kept encrypted with the entry. Enter records it; it binds the next run of linkage, and is never undone silently.
      </p>
      <button class="govuk-button" type="submit" disabled={is_sending}>
        Record it
      </button>
    </form>
  );
}

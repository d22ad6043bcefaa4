import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { problem_of } from "../../api/client";
import { send_file, type Sending } from "../../api/send_file";
import type { Problem } from "../../api/types";
import { byte_words } from "../../format/numbers";
import { Trouble } from "../../parts/refusal";

interface OnItsWay {
  file: File;
  sent: number;
  sending: Sending;
}

// Takes one file, dropped or chosen, and hands it in.
export function Drop({ arrived }: { arrived: (upload: string) => void }): JSX.Element {
  const [way, setWay] = useState<OnItsWay | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [is_over, setOver] = useState(false);
  const running = useRef<Sending | null>(null);
  useEffect(() => () => running.current?.cancel(), []);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file === undefined || way !== null) return;
    setProblem(null);
    const sending = send_file(file, (sent) => setWay((now) => (now === null ? null : { ...now, sent })));
    running.current = sending;
    setWay({ file, sent: 0, sending });
    sending.answer
      .then((upload) => arrived(upload.upload))
      .catch((error: unknown) => setProblem(problem_of(error)))
      .finally(() => {
        running.current = null;
        setWay(null);
      });
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if ((event.dataTransfer?.files.length ?? 0) > 1) {
      setProblem({
        type: "urn:throughline:problem:one_file",
        title: "One file at a time",
        status: 0,
        code: "one_file",
        where: "",
        remedy:
          "Drop them one after another; several at once can be read in by typing throughline ingest and their names",
      });
      return;
    }
    take(event.dataTransfer?.files ?? null);
  };
  if (way !== null) return <Sent way={way} />;
  return (
    <>
      {problem !== null &&
        (problem.code === "cancelled" ? (
          <p class="tl-note" role="status">
            {problem.title}.
          </p>
        ) : (
          <Trouble problem={problem} again={() => setProblem(null)} />
        ))}
      <div
        class={`tl-drop${is_over ? " tl-drop--over" : ""}`}
        onDrop={dropped}
        onDragLeave={() => setOver(false)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
      >
        <p class="tl-drop__words">Drop a file here, or choose one:</p>
        <label class="govuk-visually-hidden" for="file">
          The file
        </label>
        <input id="file" type="file" onChange={(event) => take(event.currentTarget.files)} />
        <p class="tl-note">
          CSV, JSON lines, Excel or Parquet; plain, gzip or zip; in any encoding. It is looked at first: you see how it
          was understood before anything of it is stored.
        </p>
      </div>
    </>
  );
}

function Sent({ way }: { way: OnItsWay }): JSX.Element {
  const is_all = way.sent >= way.file.size;
  return (
    <div class="tl-progress">
      <p class="tl-progress__title">{way.file.name}</p>
      <progress aria-label={`Sending ${way.file.name}`} max={Math.max(way.file.size, 1)} value={way.sent} />
      <p class="tl-quiet" role="status">
        {is_all ? "Looking at what it is…" : `${byte_words(way.sent)} of ${byte_words(way.file.size)} sent`}
      </p>
      <button class="govuk-button govuk-button--secondary" type="button" onClick={way.sending.cancel}>
        Stop
      </button>
    </div>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Link } from "../../address/link";
import { ask, problem_of } from "../../api/client";
import type { Problem, Upload } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { byte_words } from "../../format/numbers";
import { ProblemView } from "../../parts/problem_view";

// One's own files that were handed in and neither read in nor taken away. Whoever may not bring data in has none.
export function UnfinishedUploads(): JSX.Element | null {
  const { body, again } = useAnswer("/api/uploads");
  const [problem, setProblem] = useState<Problem | null>(null);
  if (body === null || body.length === 0) return null;
  const remove = (upload: Upload): void => {
    ask("delete", "/api/uploads/{upload}", { path: { upload: upload.upload } })
      .then(again)
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  return (
    <section class="tl-unfinished" aria-labelledby="unfinished">
      <h2 class="govuk-heading-s" id="unfinished">
        Handed in, not read in yet
      </h2>
      {problem && <ProblemView problem={problem} />}
      <ul class="tl-plain-list">
        {body.map((upload) => (
          <li key={upload.upload}>
            <Link href={`/sources/add?upload=${encodeURIComponent(upload.upload)}`}>{upload.file_name}</Link>
            <span class="tl-quiet">
              {byte_words(upload.bytes)},{" "}
              {upload.known_as !== null
                ? "known already"
                : upload.problem !== null || upload.mapping === null
                  ? "no mapping yet"
                  : `as ${upload.mapping}`}
            </span>
            <button class="tl-text-button" type="button" onClick={() => remove(upload)}>
              Take away<span class="govuk-visually-hidden"> {upload.file_name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="tl-note">
        Each is kept for a day, or until the program is started again. Nothing of it is in the records.
      </p>
    </section>
  );
}

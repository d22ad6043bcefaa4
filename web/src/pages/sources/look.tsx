import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go } from "../../address/address";
import { Link } from "../../address/link";
import { ask, problem_of } from "../../api/client";
import type { Problem, Upload } from "../../api/types";
import { byte_words, count_words, number_words } from "../../format/numbers";
import { Field } from "../../parts/field";
import { ProblemView } from "../../parts/problem_view";
import { Trouble } from "../../parts/refusal";
import { FactList } from "../../parts/report_view";
import { MappingEditor } from "./mapping_editor";

interface LookProps {
  upload: Upload;
  change: (upload: Upload) => void;
  begun: (job: string) => void;
}

// What the file was taken for, before anything is stored: its columns and what each means, how its first rows fare, and the
// ways to have it understood otherwise.
export function Look({ upload, change, begun }: LookProps): JSX.Element {
  const [problem, setProblem] = useState<Problem | null>(null);
  const choose = (mapping: string, toml: string): void => {
    setProblem(null);
    ask("put", "/api/uploads/{upload}/mapping", { path: { upload: upload.upload }, body: { mapping, toml } })
      .then(change)
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  const take_away = (): void => {
    ask("delete", "/api/uploads/{upload}", { path: { upload: upload.upload } })
      .then(() => go("/sources/add"))
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  const facts = [
    { name: "file", label: "File", value: upload.file_name },
    { name: "bytes", label: "Size", value: byte_words(upload.bytes) },
    { name: "sha256", label: "SHA-256 of the file", value: upload.sha256 },
  ];
  return (
    <>
      {problem !== null && <Trouble problem={problem} again={() => setProblem(null)} />}
      <FactList facts={facts} />
      {upload.known_as !== null ? (
        <Known extract={upload.known_as} take_away={take_away} />
      ) : (
        <>
          <Understood upload={upload} choose={choose} />
          {is_readable(upload) && (
            <MappingEditor key={upload.sha256} upload={upload} check={(toml) => choose("own", toml)} />
          )}
          <ReadIn upload={upload} begun={begun} take_away={take_away} />
        </>
      )}
    </>
  );
}

// Whether there are columns to give a meaning to, or a mapping's text to mend.
function is_readable(upload: Upload): boolean {
  return upload.columns.length > 0 || upload.toml !== "";
}

// Why it is not understood yet. Faults of a mapping are told beside its text.
function WhyNot({ problem }: { problem: Problem }): JSX.Element | null {
  if (problem.code === "mapping_faulty") return null;
  if (problem.code !== "mapping_not_detected") return <ProblemView problem={problem} />;
  return (
    <ProblemView
      problem={{
        ...problem,
        where: "",
        remedy: "Choose below what it is, or say in the draft of a mapping what each of its columns means",
      }}
    />
  );
}

function Known({ extract, take_away }: { extract: string; take_away: () => void }): JSX.Element {
  return (
    <>
      <div class="tl-told" role="status">
        <p>
          <strong>This content is here already</strong>, as extract{" "}
          <Link href={`/sources/extracts/${extract}`}>
            <span class="tl-id">{extract}</span>
          </Link>
          . Reading it in again would add nothing.
        </p>
      </div>
      <button class="govuk-button govuk-button--secondary" type="button" onClick={take_away}>
        Take the file away
      </button>
    </>
  );
}

function Understood({
  upload,
  choose,
}: {
  upload: Upload;
  choose: (mapping: string, toml: string) => void;
}): JSX.Element {
  const title = upload.candidates.find((each) => each.name === upload.mapping)?.title;
  return (
    <section class="tl-section">
      <h2 class="govuk-heading-m">
        {!is_readable(upload)
          ? "It cannot be read"
          : upload.mapping === null || upload.mapping === ""
            ? "No mapping fits it yet"
            : upload.mapping === "own"
              ? "Read by your own mapping"
              : `Taken for “${title ?? upload.mapping}”`}
      </h2>
      {upload.problem !== null && <WhyNot problem={upload.problem} />}
      {is_readable(upload) && (
        <div class="govuk-form-group tl-no-print">
          <label class="govuk-label" for="mapping">
            Read it as
          </label>
          <select
            class="govuk-select"
            id="mapping"
            value={upload.mapping ?? ""}
            onChange={(event) => {
              if (event.currentTarget.value !== "" && event.currentTarget.value !== "own")
                choose(event.currentTarget.value, "");
            }}
          >
            {(upload.mapping === null || upload.mapping === "") && (
              <option value="">Choose one, or write your own below</option>
            )}
            {upload.mapping === "own" && <option value="own">Your own mapping, below</option>}
            {upload.candidates.map((each) => (
              <option key={each.name} value={each.name}>
                {each.title}
              </option>
            ))}
          </select>
        </div>
      )}
      {upload.sample !== null && <Sample sample={upload.sample} />}
      {upload.columns.length > 0 && <Columns columns={upload.columns} />}
    </section>
  );
}

function Sample({ sample }: { sample: NonNullable<Upload["sample"]> }): JSX.Element {
  return (
    <>
      <p role="status">
        Of the first {count_words(sample.rows, "row")}, <strong>{number_words(sample.rows - sample.rejected)}</strong>{" "}
        would be taken
        {sample.rejected === 0 ? (
          ", and none rejected."
        ) : (
          <>
            {" "}
            and <strong>{number_words(sample.rejected)}</strong> rejected:
          </>
        )}
      </p>
      {sample.rules.length > 0 && (
        <ul class="tl-list">
          {sample.rules.map((rule) => (
            <li key={rule.rule + rule.column}>
              {count_words(rule.rows, "row")}: {rule.column === "" ? "" : `“${rule.column}”, `}
              {rule.rule.replaceAll("_", " ")}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Columns({ columns }: { columns: Upload["columns"] }): JSX.Element {
  const unknown = columns.filter((column) => column.meaning === "").length;
  return (
    <div class="tl-table">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label="The file’s columns">
        <table class="govuk-table">
          <caption class="govuk-table__caption govuk-table__caption--s">
            The file’s columns, and what each means
            {unknown > 0 ? `; ${number_words(unknown)} ${unknown === 1 ? "is" : "are"} not understood` : ""}
          </caption>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Kept as</th>
              <th scope="col">Means</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.column}>
                <td>{column.column}</td>
                <td>{column.kind}</td>
                <td>
                  {column.meaning === "" ? (
                    <span class="tl-quiet">nothing by this mapping</span>
                  ) : (
                    <span class="tl-id">{column.meaning}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function ReadIn({
  upload,
  begun,
  take_away,
}: {
  upload: Upload;
  begun: (job: string) => void;
  take_away: () => void;
}): JSX.Element {
  const [supersedes, setSupersedes] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const can_read = upload.mapping !== null && upload.mapping !== "" && upload.problem === null;
  const read = (): void => {
    setProblem(null);
    const correction = supersedes.trim();
    ask("post", "/api/jobs", {
      body: { kind: "ingest", upload: upload.upload, ...(correction === "" ? {} : { supersedes: correction }) },
    })
      .then((job) => begun(job.job))
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  return (
    <section class="tl-section tl-readin">
      {problem !== null && <Trouble problem={problem} again={() => setProblem(null)} />}
      {can_read && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">It corrects an earlier extract</span>
          </summary>
          <div class="govuk-details__text">
            <Field
              id="supersedes"
              label="The extract that it corrects"
              value={supersedes}
              change={setSupersedes}
              input={{ spellcheck: false, maxLength: 64 }}
              hint="Its name, as on its page. Where the same force and month come again, the program finds it by itself. The earlier reading stays, as of the days on which it stood."
            />
          </div>
        </details>
      )}
      <div class="govuk-button-group">
        {can_read && (
          <button class="govuk-button" type="button" onClick={read}>
            Read it in
          </button>
        )}
        <button class="govuk-button govuk-button--secondary" type="button" onClick={take_away}>
          Take the file away
        </button>
      </div>
      <p class="tl-note">
        {can_read
          ? "Until you read it in, nothing of it is stored in the records."
          : is_readable(upload)
            ? "It can be read in once a mapping fits it. Nothing of it is stored until then."
            : "It cannot be read as it is. Nothing of it is stored."}
      </p>
    </section>
  );
}

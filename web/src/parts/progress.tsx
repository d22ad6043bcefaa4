import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, problem_of } from "../api/client";
import type { Job, Problem } from "../api/types";
import { number_words } from "../format/numbers";
import { ProblemView } from "./problem_view";

export function is_ended(job: Job): boolean {
  return job.state === "done" || job.state === "failed";
}

export interface Watched {
  job: Job | null;
  problem: Problem | null;
}

const k_look_again_ms = 2000;

// Follows long work to its end. Where the stream of events breaks, the browser takes it up again by itself; where there is none
// to be had, the job is asked for every two seconds.
export function useJob(name: string | null): Watched {
  const [watched, setWatched] = useState<Watched>({ job: null, problem: null });
  useEffect(() => {
    if (name === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let is_left = false;
    let is_told = false; // By the stream, which knows more than an answer that was overtaken by it.
    const look = (is_alone: boolean): void => {
      ask("get", "/api/jobs/{job}", { path: { job: name } })
        .then((job) => {
          if (is_left || (is_told && !is_alone)) return;
          setWatched({ job, problem: null });
          if (is_alone && !is_ended(job)) timer = setTimeout(() => look(true), k_look_again_ms);
        })
        .catch((error: unknown) => {
          if (!is_left && !(is_told && !is_alone)) setWatched({ job: null, problem: problem_of(error) });
        });
    };
    look(false);
    const stream = new EventSource(`/api/jobs/${encodeURIComponent(name)}/events`);
    stream.addEventListener("job", (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job;
      is_told = true;
      setWatched({ job, problem: null });
      if (is_ended(job)) stream.close();
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) look(true);
    });
    return () => {
      is_left = true;
      if (timer !== null) clearTimeout(timer);
      stream.close();
    };
  }, [name]);
  return watched;
}

function how_far(job: Job): string {
  if (job.state === "waiting") return "Waiting for other work to end";
  if (job.state === "stopping") return "Stopping; whole data stay behind";
  const done = `${number_words(job.done)}${job.total > 0 ? ` of ${number_words(job.total)}` : ""} ${job.unit}`.trim();
  return job.stage === "" ? done : `${job.stage}: ${done}`;
}

// Work that was stopped here is begun again here, and not by a command.
function told(problem: Problem): Problem {
  return problem.code === "interrupted" ? { ...problem, remedy: "Nothing half-done was kept" } : problem;
}

// How far long work is, in words and as a bar, with a button that stops it. Whoever shows it shows the outcome too.
export function Progress({ job }: { job: Job }): JSX.Element {
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = (): void => {
    ask("delete", "/api/jobs/{job}", { path: { job: job.job } }).catch((error: unknown) =>
      setProblem(problem_of(error)),
    );
  };
  return (
    <div class="tl-progress">
      <p class="tl-progress__title">{job.title}</p>
      {!is_ended(job) && (
        <progress aria-label={job.title} {...(job.total > 0 ? { max: job.total, value: job.done } : {})} />
      )}
      <p role="status" class="tl-quiet">
        {is_ended(job) ? (job.state === "done" ? "Done" : "Not done") : how_far(job)}
      </p>
      {job.notes.map((note) => (
        <p key={note} class="tl-note">
          {note}
        </p>
      ))}
      {(job.state === "running" || job.state === "waiting") && (
        <button class="govuk-button govuk-button--secondary" type="button" onClick={stop}>
          Stop
        </button>
      )}
      {job.problem && <ProblemView problem={told(job.problem)} />}
      {problem && <ProblemView problem={problem} />}
    </div>
  );
}

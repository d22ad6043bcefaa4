// Sends a file as it is, with how far it is: the one request that fetch() cannot tell the progress of.
import { csrf_token, ProblemError, problem_of } from "./client";
import type { Problem, Upload } from "./types";

export interface Sending {
  answer: Promise<Upload>; // Throws ProblemError; "cancelled" after cancel().
  cancel: () => void;
}

export function send_file(file: File, progress: (sent: number) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<Upload>((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => {
      const is_problem = (request.getResponseHeader("content-type") ?? "").startsWith("application/problem+json");
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Upload);
      else
        reject(
          new ProblemError(
            is_problem
              ? (JSON.parse(request.responseText) as Problem)
              : { ...problem_of(null), status: request.status },
          ),
        );
    });
    request.addEventListener("error", () => reject(new ProblemError(problem_of(null))));
    request.addEventListener("abort", () =>
      reject(
        new ProblemError({
          ...problem_of(null),
          code: "cancelled",
          title: "Sending was stopped; nothing of the file was kept",
          remedy: "",
        }),
      ),
    );
  });
  request.open("POST", "/api/uploads");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
  request.setRequestHeader("X-CSRF", csrf_token());
  request.send(file);
  return { answer, cancel: () => request.abort() };
}

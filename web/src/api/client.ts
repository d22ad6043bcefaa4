// Asks the program, by the paths of the contract and by no other.
import type { AnswerOf, BodyOf, Method, PathPartsOf, PathsOf, Problem, QueryOf, SeenAsOf } from "./types";

// A refusal, or a failure on the way, in the four parts that every message here has.
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export function problem_of(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    type: "urn:throughline:problem:unreachable",
    title: "The program did not answer",
    status: 0,
    code: "unreachable",
    where: "",
    remedy: "See whether “throughline serve” still runs, then try again",
  };
}

type Scalar = string | number | boolean;
type Query = Record<string, Scalar | readonly Scalar[] | null | undefined>;

export function query_of(query: Query): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) for (const each of value as readonly Scalar[]) parts.append(name, String(each));
    else parts.append(name, String(value));
  }
  const text = parts.toString();
  return text === "" ? "" : `?${text}`;
}

export function filled_path(path: string, parts: Record<string, Scalar>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? "")));
}

export interface Asking<M extends Method, P extends PathsOf<M>> {
  query?: QueryOf<M, P>;
  path?: PathPartsOf<M, P>;
  body?: BodyOf<M, P>;
  signal?: AbortSignal;
}

interface Standing {
  csrf: string;
  ended: () => void;
}

// What every request needs to know of the session; the session tells it here.
const standing: Standing = { csrf: "", ended: () => undefined };

export function set_csrf(token: string): void {
  standing.csrf = token;
}

export function csrf_token(): string {
  return standing.csrf;
}

export function on_session_end(act: () => void): void {
  standing.ended = act;
}

// When the program last answered a request of this session: from then on the session's idle time runs. Other tabs of the same
// browser share the session and say when theirs did.
const answers = { last_at: Date.now(), listeners: new Set<() => void>() };
const other_tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("throughline-answers");
other_tabs?.addEventListener("message", () => answered(false));

function answered(is_ours: boolean): void {
  answers.last_at = Date.now();
  if (is_ours) other_tabs?.postMessage(null);
  for (const listener of answers.listeners) listener();
}

export function last_answer_at(): number {
  return answers.last_at;
}

export function watch_answers(listener: () => void): () => void {
  answers.listeners.add(listener);
  return () => {
    answers.listeners.delete(listener);
  };
}

async function refused(response: Response): Promise<ProblemError> {
  const is_problem = (response.headers.get("content-type") ?? "").startsWith("application/problem+json");
  if (is_problem) return new ProblemError((await response.json()) as Problem);
  return new ProblemError({
    ...problem_of(null),
    title: `The program answered with ${response.status} and no reason`,
    status: response.status,
  });
}

// Sends a request and gives the answer as it came; throws ProblemError.
export async function send(method: Method, address: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json, application/problem+json");
  if (method !== "get" && standing.csrf !== "") headers.set("X-CSRF", standing.csrf);
  const response = await fetch(address, { ...init, method: method.toUpperCase(), headers, credentials: "same-origin" });
  if (response.status !== 401) answered(true);
  if (response.ok) return response;
  const error = await refused(response);
  if (response.status === 401 && !address.startsWith("/api/session")) standing.ended();
  throw error;
}

export async function ask<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  asking: Asking<M, P> = {},
): Promise<AnswerOf<M, P>> {
  const address = address_of(path, asking);
  const has_body = asking.body !== undefined;
  const response = await send(method, address, {
    ...(has_body ? { body: JSON.stringify(asking.body), headers: { "Content-Type": "application/json" } } : {}),
    ...(asking.signal ? { signal: asking.signal } : {}),
  });
  const text = await response.text();
  return (text === "" ? null : JSON.parse(text)) as AnswerOf<M, P>;
}

// The address at which a question is asked, for links that download its answer.
export function address_of(path: string, asking: { query?: unknown; path?: unknown } = {}): string {
  return filled_path(path, (asking.path ?? {}) as Record<string, Scalar>) + query_of((asking.query ?? {}) as Query);
}

const k_seen_as_of: Record<SeenAsOf, true> = {
  "/api/home": true,
  "/api/measures": true,
  "/api/areas": true,
  "/api/series": true,
  "/api/profile": true,
  "/api/trend": true,
  "/api/trend/places": true,
  "/api/trend/similar": true,
  "/api/hotspots": true,
  "/api/alerts": true,
  "/api/sentinel": true,
  "/api/disparity": true,
  "/api/trace": true,
  "/api/extracts": true,
  "/api/extracts/{extract}": true,
  "/api/extracts/{extract}/rows": true,
  "/api/extracts/{extract}/rejections": true,
  "/api/records/{record}": true,
  "/api/quality": true,
  "/api/quality/{source}": true,
  "/api/people/{person}": true,
  "/api/people/{person}/history": true,
  "/api/people/{person}/uses": true,
  "/api/links/{one}/{other}": true,
  "/api/links/{one}/{other}/certificate": true,
  "/api/linkage": true,
  "/api/linkage/plan": true,
};

export function is_seen_as_of(path: string): path is SeenAsOf {
  return path in k_seen_as_of;
}

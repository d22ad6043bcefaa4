// When the session will end, in milliseconds of this browser's clock: after idle_seconds without a request, or for good.
export function end_of_session(last_answer: number, idle_seconds: number, ends_at: string | null): number {
  const idle_end = last_answer + idle_seconds * 1000;
  const last_end = ends_at === null ? Number.POSITIVE_INFINITY : new Date(ends_at).getTime();
  return Math.min(idle_end, last_end);
}

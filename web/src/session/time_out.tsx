import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { last_answer_at, watch_answers } from "../api/client";
import { Dialog } from "../parts/dialog";
import { useSession } from "./session";
import { end_of_session } from "./session_end";

const k_warned_before_s = 120;

function minutes_and_seconds(seconds: number): string {
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${whole}:${String(rest).padStart(2, "0")}`;
}

// Says two minutes before a session ends that it will, and lets it go on. After the end the sign-in page opens, which leads back
// to this very place.
export function TimeOutWarning(): JSX.Element | null {
  const session = useSession();
  const state = session.state?.signed_in === true ? session.state : null;
  const [left_s, setLeft] = useState(Number.POSITIVE_INFINITY);
  const [is_dismissed, setDismissed] = useState(false);
  const [idle_seconds, ends_at] = [state?.idle_seconds ?? 0, state?.ends_at ?? null];
  useEffect(() => {
    if (state === null) return undefined;
    const look = (): void => {
      const left = Math.max(
        0,
        Math.ceil((end_of_session(last_answer_at(), idle_seconds, ends_at) - Date.now()) / 1000),
      );
      setLeft(left);
      if (left > k_warned_before_s) setDismissed(false);
      if (left === 0) void session.renew();
    };
    look();
    const timer = setInterval(look, 1000);
    const forget = watch_answers(look);
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [state === null, idle_seconds, ends_at]);
  if (state === null || left_s > k_warned_before_s || is_dismissed) return null;
  const is_final = ends_at !== null && new Date(ends_at).getTime() - Date.now() <= left_s * 1000 + 1000;
  return (
    <Dialog
      title={is_final ? "You will have to sign in again" : "Are you still there?"}
      close={() => setDismissed(true)}
    >
      <p>
        Your session ends in <strong>{minutes_and_seconds(left_s)}</strong>
        {is_final
          ? ", because it has lasted as long as a session may."
          : ", because nothing was asked for a while."}{" "}
        Afterwards you come back to this very page, with what you drafted.
      </p>
      <p class="govuk-visually-hidden" role="alert">
        Your session ends in two minutes.
      </p>
      <div class="govuk-button-group">
        {!is_final && (
          <button class="govuk-button" type="button" onClick={() => void session.renew()}>
            Stay signed in
          </button>
        )}
        {is_final && (
          <button class="govuk-button" type="button" onClick={() => setDismissed(true)}>
            Go on until then
          </button>
        )}
        <button class="govuk-button govuk-button--secondary" type="button" onClick={() => void session.sign_out()}>
          Sign out
        </button>
      </div>
    </Dialog>
  );
}

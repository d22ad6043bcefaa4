import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { current_address, go, useAddress } from "../../address/address";
import { ask, problem_of } from "../../api/client";
import type { Problem, SessionState } from "../../api/types";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { take_arrival, watch_arrivals, type Arrival } from "../../session/arrival";
import { useSession, type SignInCarried } from "../../session/session";
import { useTitle } from "../../shell/title";
import { InvitationForm } from "./invitation_form";
import { PasswordForm } from "./password_form";
import { agency_problem, return_place } from "./return_place";
import "./sign_in.scss";

function is_carried(carried: unknown): carried is SignInCarried {
  return typeof carried === "object" && carried !== null && "has_ended" in carried && "carried" in carried;
}

// Where one signs in, and from where one comes back to the place that was wanted.
export default function SignInPage(): JSX.Element {
  useTitle("Sign in");
  const session = useSession();
  const { query, carried } = useAddress();
  const told = useRef(is_carried(carried) ? carried : null);
  const [arrival, setArrival] = useState<Arrival | null>(take_arrival);
  const [link_problem, setLinkProblem] = useState<Problem | null>(null);
  const enter = (state: SessionState): void => {
    const place = return_place(current_address().query.get("return_to"));
    session.take(state);
    go(place, { replace: true, carried: told.current?.carried ?? null });
  };
  useEffect(() => watch_arrivals(() => setArrival(take_arrival())), []);
  useEffect(() => {
    if (arrival?.kind !== "link") return;
    setLinkProblem(null);
    ask("post", "/api/session/link", { body: { token: arrival.token } })
      .then(enter)
      .catch((error: unknown) => setLinkProblem(problem_of(error)))
      .finally(() => setArrival(null));
  }, [arrival]);
  if (arrival?.kind === "link") return <Waiting what="Signing in by the link" />;
  if (arrival?.kind === "invitation")
    return (
      <div class="tl-sign">
        <InvitationForm token={arrival.token} enter={enter} />
      </div>
    );
  if (session.state?.signed_in === true) return <SignedIn place={return_place(query.get("return_to"))} />;
  return (
    <div class="tl-sign">
      <h1 class="govuk-heading-l">Sign in</h1>
      {told.current?.has_ended === true && link_problem === null && (
        <div class="tl-told" role="status">
          <p>
            <strong>Your session has ended.</strong> Sign in again and you are back where you were; drafts were kept as
            you wrote them.
          </p>
        </div>
      )}
      {query.get("problem") !== null && <ProblemView problem={agency_problem(query.get("problem") ?? "")} />}
      {link_problem !== null && <LinkProblem problem={link_problem} />}
      <Ways enter={enter} return_to={query.get("return_to")} />
    </div>
  );
}

function SignedIn({ place }: { place: string }): JSX.Element {
  const session = useSession();
  return (
    <div class="tl-sign">
      <h1 class="govuk-heading-l">You are signed in</h1>
      <p>
        As {session.state?.account?.person_name}, {session.state?.account?.agency}.
      </p>
      <div class="govuk-button-group">
        <button class="govuk-button" type="button" onClick={() => go(place, { replace: true })}>
          Go on
        </button>
        <button class="govuk-button govuk-button--secondary" type="button" onClick={() => void session.sign_out()}>
          Sign out
        </button>
      </div>
    </div>
  );
}

function LinkProblem({ problem }: { problem: Problem }): JSX.Element {
  if (problem.code !== "sign_in_failed") return <ProblemView problem={problem} />;
  const shown = {
    ...problem,
    title: "The link does not work",
    where: "",
    remedy: "A link works once and for ten minutes",
  };
  return (
    <ProblemView problem={shown}>
      <p>
        Whoever runs the program gets a new one by starting <code class="tl-command__line">throughline serve</code>{" "}
        again.
      </p>
    </ProblemView>
  );
}

function Ways({ enter, return_to }: { enter: (state: SessionState) => void; return_to: string | null }): JSX.Element {
  const ways = useSession().state?.ways ?? [];
  const agencies = ways.filter((way) => way.kind === "agency");
  const has_link = ways.some((way) => way.kind === "link");
  return (
    <>
      {agencies.length > 0 && (
        <section class="tl-sign__way">
          <h2 class="govuk-heading-m">Through your agency</h2>
          {agencies.map((way) => {
            const parts = new URLSearchParams({ provider: way.name, return_to: return_place(return_to) });
            return (
              <p key={way.name}>
                <a class="govuk-button" href={`/api/session/agency?${parts.toString()}`}>
                  {way.title}
                </a>
              </p>
            );
          })}
        </section>
      )}
      {ways.some((way) => way.kind === "password") && (
        <section class="tl-sign__way">
          <h2 class="govuk-heading-m">{agencies.length > 0 ? "With a password" : "With your account and password"}</h2>
          <PasswordForm enter={enter} />
        </section>
      )}
      <section class="tl-sign__way">
        <h2 class="govuk-heading-m">No account, or it does not work?</h2>
        {has_link && (
          <p>
            Whoever runs the program here gets in by the one-time link that it prints when it starts. Open that link in
            this browser.
          </p>
        )}
        <p>
          An administrator of your agency can invite you: the invitation is a link with which you choose a password. It
          lasts 72 hours; a forgotten password is replaced by a new invitation.
        </p>
      </section>
    </>
  );
}

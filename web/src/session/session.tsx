import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { current_address, go, query_text } from "../address/address";
import { ask, on_session_end, problem_of, set_csrf } from "../api/client";
import type { Problem, SessionState } from "../api/types";

export interface Session {
  state: SessionState | null; // Null until the program has answered for the first time.
  problem: Problem | null;
  take: (state: SessionState) => void; // After signing in or choosing a purpose.
  renew: () => Promise<void>;
  sign_out: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession stands outside SessionProvider");
  return session;
}

// What the sign-in page is told on the way to it.
export interface SignInCarried {
  has_ended: boolean; // A session ended here, rather than none having begun.
  carried: unknown; // What the page that was left carried with it.
}

// To the sign-in page, and from there back to this very address.
export function go_to_sign_in(has_ended = false): void {
  const { path, query, carried } = current_address();
  if (path === "/sign-in") return;
  const here = path + query_text(query);
  const told: SignInCarried = { has_ended, carried };
  go(`/sign-in${here === "/" ? "" : query_text(new URLSearchParams({ return_to: here }))}`, {
    replace: true,
    carried: told,
  });
}

export function SessionProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const [state, setState] = useState<SessionState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const session = useMemo<Session>(() => {
    const take = (next: SessionState): void => {
      set_csrf(next.csrf);
      setProblem(null);
      setState(next);
    };
    const renew = async (): Promise<void> => {
      try {
        take(await ask("get", "/api/session"));
      } catch (error) {
        setProblem(problem_of(error));
      }
    };
    const sign_out = async (): Promise<void> => {
      await ask("delete", "/api/session");
      await renew();
      go("/sign-in");
    };
    return { state, problem, take, renew, sign_out };
  }, [state, problem]);
  useEffect(() => {
    on_session_end(() => {
      void session.renew();
    });
    void session.renew();
  }, []);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

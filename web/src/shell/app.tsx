import type { ComponentType, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAddress } from "../address/address";
import { Link } from "../address/link";
import { page_at, rest_of, type Page, type PageProps } from "../pages/registry";
import { ProblemView, Waiting } from "../parts/problem_view";
import { TracePanel } from "../parts/trace_panel";
import { go_to_sign_in, SessionProvider, useSession } from "../session/session";
import { TimeOutWarning } from "../session/time_out";
import { HandlingProvider } from "./handling";
import { Header } from "./header";
import { PrintHead, SecondBar } from "./second_bar";
import { useTitle } from "./title";

export function App(): JSX.Element {
  return (
    <SessionProvider>
      <HandlingProvider>
        <a class="govuk-skip-link" href="#main">
          Skip to the main content
        </a>
        <Header />
        <SecondBar />
        <PrintHead />
        <main class="tl-main" id="main" tabIndex={-1}>
          <Body />
        </main>
        <Footer />
        <TraceIfSignedIn />
        <TimeOutWarning />
      </HandlingProvider>
    </SessionProvider>
  );
}

function TraceIfSignedIn(): JSX.Element | null {
  return useSession().state?.signed_in === true ? <TracePanel /> : null;
}

// Before the session is known nothing is shown; without one, only the page on which one signs in.
function Body(): JSX.Element {
  const session = useSession();
  const { path } = useAddress();
  const page = page_at(path);
  const must_sign_in = session.state?.signed_in === false && page?.path !== "/sign-in";
  const was_signed_in = useRef(false);
  useEffect(() => {
    if (must_sign_in) go_to_sign_in(was_signed_in.current);
    was_signed_in.current = session.state?.signed_in === true;
  }, [must_sign_in, session.state]);
  if (session.state === null && session.problem !== null) {
    return <ProblemView problem={session.problem} again={() => void session.renew()} />;
  }
  if (session.state === null || must_sign_in) return <Waiting what="Asking who is signed in" />;
  if (page === null) return <NotFound path={path} />;
  return <PageView key={page.path} page={page} rest={rest_of(path, page)} />;
}

function PageView({ page, rest }: { page: Page; rest: string }): JSX.Element {
  const [Shown, setShown] = useState<ComponentType<PageProps> | null>(null);
  const [is_lost, setLost] = useState(false);
  useEffect(() => {
    page
      .load()
      .then((module) => setShown(() => module.default))
      .catch(() => setLost(true));
  }, [page]);
  if (is_lost) {
    const problem = {
      type: "urn:throughline:problem:page_lost",
      title: "The page could not be fetched",
      status: 0,
      code: "page_lost",
      where: page.path,
      remedy: "Load it again; the program may have been renewed meanwhile",
    };
    return <ProblemView problem={problem} again={() => location.reload()} />;
  }
  return Shown === null ? <Waiting what={`Opening ${page.name}`} /> : <Shown rest={rest} />;
}

function NotFound({ path }: { path: string }): JSX.Element {
  useTitle("Not found");
  return (
    <>
      <h1 class="govuk-heading-l">There is no page here</h1>
      <p>
        Nothing is shown at {path}. Follow the menu above, or <Link href="/">go to the first page</Link>.
      </p>
    </>
  );
}

function Footer(): JSX.Element {
  return (
    <footer class="tl-footer">
      <p>
        Throughline shows what agencies recorded, with where each figure comes from. Boundaries and published figures
        contain public sector information under the Open Government Licence v3.0.
      </p>
    </footer>
  );
}

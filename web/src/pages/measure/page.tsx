import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { usePageState, type ChangeState } from "../../address/page_state";
import type { MeasureKnown } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { go, useAddress, with_query } from "../../address/address";
import { Link } from "../../address/link";
import { day_words } from "../../format/dates";
import { EmptyState } from "../../parts/empty_state";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { useHandling } from "../../shell/handling";
import { useTitle } from "../../shell/title";
import type { PageProps } from "../registry";
import { Answer } from "./answer";
import { AreaPicker } from "./area_picker";
import { QuestionForm } from "./question_form";
import { k_measure_codec, question_of, type MeasureState, type Question } from "./state";
import { AlertsPage } from "./alerts";
import { ClaimsPage } from "./claims";
import { DefinitionsPage } from "./definitions";
import { DisparityPage } from "./disparity";
import { HarmIndexPage } from "./harm_index";
import { HiddenPage } from "./hidden";
import { HotspotsPage } from "./hotspots";
import { LagPage } from "./lag";
import { PlacesPage } from "./places";
import { PlanPage } from "./plan";
import { ProfilePage } from "./profile";
import { SentinelPage } from "./sentinel";
import { TrendPage } from "./trend";
import { MeasureNav } from "./parts_nav";
import "./measure.scss";

export default function MeasureParts({ rest }: PageProps): JSX.Element {
  if (rest === "claims") return <ClaimsPage />;
  if (rest === "profile") return <ProfilePage />;
  if (rest === "plan") return <PlanPage />;
  if (rest === "trend") return <TrendPage />;
  if (rest === "places") return <PlacesPage />;
  if (rest === "alerts") return <AlertsPage />;
  if (rest === "hotspots") return <HotspotsPage />;
  if (rest === "definitions") return <DefinitionsPage />;
  if (rest === "index") return <HarmIndexPage />;
  if (rest === "hidden") return <HiddenPage />;
  if (rest === "sentinel") return <SentinelPage />;
  if (rest === "disparity") return <DisparityPage />;
  if (rest === "lag") return <LagPage />;
  return <MeasurePage />;
}

function MeasurePage(): JSX.Element {
  const [state, change] = usePageState(k_measure_codec);
  const { body, problem, again } = useAnswer("/api/measures");
  useTitle("Measure");
  useHandling("published figures; no restriction");
  const question = useMemo(() => (body === null ? null : question_of(state, body.measures)), [state, body]);
  if (problem !== null) return <ProblemView problem={problem} again={again} />;
  if (body === null) return <Waiting what="Asking what can be measured" />;
  if (question === null || question.known.first === null) return <NothingYet />;
  return <Asked state={state} change={change} question={question} measures={body.measures} />;
}

interface AskedProps {
  state: MeasureState;
  change: ChangeState<MeasureState>;
  question: Question;
  measures: readonly MeasureKnown[];
}

function Asked({ state, change, question, measures }: AskedProps): JSX.Element {
  const { known, category, areas, from, to } = question;
  const query = {
    measure: known.measure.name,
    category: category === "all" ? undefined : category,
    area: areas,
    from,
    to,
  };
  const { body, problem, is_asking, address, again } = useAnswer("/api/series", { query });
  return (
    <>
      <h1 class="govuk-heading-l tl-no-print">Measure</h1>
      <MeasureNav here="/measure" />
      <QuestionForm question={question} measures={measures} show={state.show} change={change} />
      <AreaPicker question={question} map={state.map} answered={body?.areas ?? []} change={change} />
      {problem !== null && <ProblemView problem={problem} again={again} />}
      {body === null && is_asking && <Waiting what="Counting" />}
      {body !== null && <Answer answer={body} address={address} state={state} change={change} is_late={is_asking} />}
    </>
  );
}

function NothingYet(): JSX.Element {
  const address = useAddress();
  const as_of = address.query.get("as_of");
  return (
    <>
      <h1 class="govuk-heading-l">Measure</h1>
      <MeasureNav here="/measure" />
      {as_of === null ? (
        <EmptyState title="Counts and rates by area and month appear here once an extract has come in.">
          <p>
            Add one on the <Link href="/sources">Sources</Link> page, or on the command line with{" "}
            <code>throughline ingest FILE</code>.
          </p>
        </EmptyState>
      ) : (
        <EmptyState title={`Nothing that can be counted had come in by the end of ${day_words(as_of)}.`}>
          <button
            class="govuk-button govuk-button--secondary"
            type="button"
            onClick={() => go(with_query(address, { as_of: null }))}
          >
            See it as known now
          </button>
        </EmptyState>
      )}
    </>
  );
}

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { usePageState, type ChangeState } from "../../address/page_state";
import { Link } from "../../address/link";
import { ask, problem_of } from "../../api/client";
import type { MarketModel, Problem } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { number_words } from "../../format/numbers";
import { Answer } from "../../parts/answer";
import { ErrorSummary, type FieldFault } from "../../parts/field";
import { PageHead } from "../../parts/page_head";
import { Trouble } from "../../parts/refusal";
import { useHandling } from "../../shell/handling";
import type { PageProps } from "../registry";
import { Builder } from "./builder";
import { faults_of } from "./check";
import { ModelSays } from "./model_says";
import { ProtocolPage } from "./protocol";
import { k_questions, question_of } from "./questions";
import { Outcome } from "./outcome";
import { k_decide_codec, type DecideState } from "./state";
import { parameters_toml, scenario_toml } from "./toml";
import "./decide.scss";

export default function DecideOrProtocol({ rest }: PageProps): JSX.Element {
  return rest === "protocol" ? <ProtocolPage /> : <DecidePage />;
}

function DecidePage(): JSX.Element {
  const [state, change] = usePageState(k_decide_codec);
  const query = useMemo(() => ({ world: state.world }), [state.world]);
  const answered = useAnswer("/api/simulate/model", { query });
  useHandling("a made-up market; nobody in it is real");
  return (
    <div class="tl-decide">
      <PageHead
        title="Decide"
        lead="A policy tried on a made-up market, beside the same market without it. It is a model to think with and never a forecast: nobody in it is real, and it scores no child."
      />
      <Answer answered={answered} what="Asking what the model is made of">
        {(model) => <Deciding key={model.world} state={state} model={model} change={change} />}
      </Answer>
    </div>
  );
}

interface DecidingProps {
  state: DecideState;
  model: MarketModel;
  change: ChangeState<DecideState>;
}

function Deciding({ state, model, change }: DecidingProps): JSX.Element {
  const [faults, setFaults] = useState<FieldFault[]>([]);
  const [summary, setSummary] = useState<FieldFault[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const first = k_questions[0];
  const steps = useMemo(() => state.steps ?? first?.steps ?? [], [state.steps, first]);
  const name = state.steps === null ? (first?.name ?? "") : state.name;
  const scenario = scenario_toml(name, steps);
  const parameters = parameters_toml(state.settings);
  const times = Number(state.pairs) * (state.over === "ensemble" ? model.ensemble.members : 1);
  const run = (): void => {
    const found = faults_of(state, steps, model);
    setFaults(found);
    setSummary(found);
    setProblem(null);
    if (found.length > 0) return;
    const body = {
      over: state.over,
      scenario,
      ...(parameters === "" ? {} : { parameters }),
      world: state.world,
      days: String(Number(state.years) * 365),
      replicates: state.pairs,
      seed: state.seed,
      every: state.every,
    };
    ask("post", "/api/simulate/comparisons", { body })
      .then((job) => change({ name, steps: [...steps], job: job.job }, { replace: state.job !== "" }))
      .catch((error: unknown) => setProblem(problem_of(error)));
  };
  const edit: ChangeState<DecideState> = (part, options) => {
    setFaults([]);
    change(part, options);
  };
  return (
    <>
      <Questions steps={steps} state={state} change={edit} />
      <ErrorSummary faults={summary} />
      <Builder state={state} steps={steps} name={name} model={model} faults={faults} change={edit} />
      <div class="tl-decide__run tl-no-print">
        <button class="govuk-button" type="button" onClick={run}>
          Run it {Number.isFinite(times) ? number_words(times) : state.pairs} times with and without
        </button>
      </div>
      {problem !== null && <Trouble problem={problem} again={run} />}
      {state.job === "" ? (
        <p class="tl-quiet tl-no-print">
          What differs appears here: in numbers with their intervals, over time, and by area.
        </p>
      ) : (
        <Outcome
          key={state.job}
          state={state}
          model={model}
          asked={{
            over: state.over,
            scenario,
            parameters,
            world: state.world,
            days: Number(state.years) * 365,
            every: state.every,
          }}
          change={change}
          again={run}
        />
      )}
      <ModelSays model={model} />
    </>
  );
}

interface QuestionsProps {
  steps: DecideState["steps"] & object;
  state: DecideState;
  change: ChangeState<DecideState>;
}

// Questions that somebody has worked out; the one that stands below is marked.
function Questions({ steps, state, change }: QuestionsProps): JSX.Element {
  const here = question_of(steps);
  return (
    <section class="tl-section tl-no-print" aria-labelledby="questions-title">
      <h2 class="govuk-heading-m" id="questions-title">
        A question to begin with
      </h2>
      <ul class="tl-decide__questions">
        {k_questions.map((question) => (
          <li key={question.key}>
            <button
              type="button"
              aria-pressed={here?.key === question.key}
              onClick={() => change({ name: question.name, steps: question.steps, job: "" })}
            >
              <strong>{question.words}</strong>
              <span>{question.note}</span>
            </button>
          </li>
        ))}
      </ul>
      {here === null && state.steps !== null && (
        <p class="tl-quiet">A scenario of your own stands below. The address holds it: keep it, or send it.</p>
      )}
      <p class="tl-quiet">
        <Link href={`/decide/protocol?world=${encodeURIComponent(state.world)}`}>How the model works</Link>, by its own
        description.
      </p>
    </section>
  );
}

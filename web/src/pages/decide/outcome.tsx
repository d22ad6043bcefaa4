import type { JSX } from "preact";
import type { ChangeState } from "../../address/page_state";
import type { Comparison, MarketModel } from "../../api/types";
import { useAnswer } from "../../api/use_answer";
import { Answer } from "../../parts/answer";
import { ProblemView, Waiting } from "../../parts/problem_view";
import { Progress, useJob } from "../../parts/progress";
import { AreasFigure } from "./areas_figure";
import { CourseFigure } from "./course_figure";
import { Differences } from "./differences";
import { Files } from "./files";
import { Headline } from "./headline";
import { Rivals } from "./rivals";
import type { DecideState, Over } from "./state";

// What stands in the form, to be told apart from what was run.
export interface Asked {
  over: Over;
  scenario: string;
  parameters: string;
  world: string;
  days: number;
  every: string;
}

interface OutcomeProps {
  state: DecideState;
  model: MarketModel;
  asked: Asked;
  change: ChangeState<DecideState>;
  again: () => void;
}

// How far the run is, and what came of it.
export function Outcome({ state, model, asked, change, again }: OutcomeProps): JSX.Element {
  const { job, problem } = useJob(state.job);
  if (problem !== null) {
    return (
      <ProblemView problem={problem}>
        <p>
          The address still holds the scenario: run again, it gives the same figures.{" "}
          <button class="tl-text-button tl-no-print" type="button" onClick={again}>
            Run it again
          </button>
        </p>
      </ProblemView>
    );
  }
  if (job === null) return <Waiting what="Asking how far it is" />;
  if (job.state !== "done") return <Progress job={job} />;
  return <Compared state={state} model={model} asked={asked} change={change} again={again} />;
}

function Compared({ state, model, asked, change, again }: OutcomeProps): JSX.Element {
  const answered = useAnswer("/api/simulate/comparisons/{job}", { path: { job: state.job } });
  return (
    <Answer answered={answered} what="Fetching what differs">
      {(comparison) => (
        <div class="tl-decide__answer">
          {!is_same(comparison, asked, state) && <Edited again={again} />}
          <Headline comparison={comparison} model={model} state={state} change={change} />
          <Differences comparison={comparison} model={model} where={state.where} />
          <Rivals comparison={comparison} model={model} />
          <CourseFigure comparison={comparison} model={model} state={state} change={change} />
          <AreasFigure comparison={comparison} model={model} state={state} change={change} />
          <Files comparison={comparison} job={state.job} />
        </div>
      )}
    </Answer>
  );
}

function is_same(comparison: Comparison, asked: Asked, state: DecideState): boolean {
  const { over, scenario, parameters, world, days, every } = comparison;
  return (
    JSON.stringify({ over, scenario, parameters, world, days, every }) === JSON.stringify(asked) &&
    String(comparison.replicates) === state.pairs &&
    comparison.seed === state.seed
  );
}

function Edited({ again }: { again: () => void }): JSX.Element {
  return (
    <div class="tl-told" role="status">
      <p>
        What stands above was edited after this run: the figures below are of the scenario as it was then.{" "}
        <button class="tl-text-button tl-no-print" type="button" onClick={again}>
          Run it as it stands now
        </button>
      </p>
    </div>
  );
}

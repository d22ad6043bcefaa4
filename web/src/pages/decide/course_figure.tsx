import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { ChangeState } from "../../address/page_state";
import type { Comparison, MarketModel } from "../../api/types";
import { signed_words } from "../../format/numbers";
import { FieldFrame } from "../../parts/field";
import { FigureFrame } from "../../parts/figure_frame";
import { Picture } from "../../parts/picture";
import { k_groups } from "./groups";
import type { plot_course } from "./plot_course";
import type { DecideState } from "./state";
import {
  baseline_words,
  decimals_of,
  interval_words,
  kind_words,
  limits_head,
  period_words,
  sets_of,
  verdict_of,
  verdict_words,
  what_words,
  type Outcome,
} from "./words";

export interface CoursePoint {
  from: Date;
  words: string;
  baseline: number;
  difference: number;
  low: number | null;
  high: number | null;
}

type Course = Comparison["courses"][number];

export function course_points(comparison: Comparison, course: Course): CoursePoint[] {
  return comparison.periods.map(({ from, days }, at) => ({
    from: new Date(`${from}T00:00:00Z`),
    words: period_words(from, days),
    baseline: course.baseline[at] ?? 0,
    difference: course.difference[at] ?? 0,
    low: course.low[at] ?? null,
    high: course.high[at] ?? null,
  }));
}

interface CourseFigureProps {
  comparison: Comparison;
  model: MarketModel;
  state: DecideState;
  change: ChangeState<DecideState>;
}

// One outcome's difference over time, with its band: what comes back shows here.
export function CourseFigure({ comparison, model, state, change }: CourseFigureProps): JSX.Element | null {
  const course = comparison.courses.find((each) => each.outcome === state.outcome) ?? comparison.courses[0];
  const outcome = model.outcomes.find((each) => each.name === course?.outcome);
  const points = useMemo(() => (course === undefined ? [] : course_points(comparison, course)), [comparison, course]);
  if (course === undefined || outcome === undefined) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Over time, everywhere</h2>
      <OutcomeChoice
        id="course-outcome"
        outcomes={model.outcomes.filter((each) => comparison.courses.some(({ outcome: name }) => name === each.name))}
        value={outcome.name}
        change={(name) => change({ outcome: name }, { replace: true })}
      />
      <FigureFrame
        title={`Difference by period: ${what_words(outcome)}`}
        look={state.course}
        choose={(course_look) => change({ course: course_look }, { replace: true })}
        picture={<CoursePicture points={points} outcome={outcome} comparison={comparison} />}
        table={<CourseTable points={points} outcome={outcome} comparison={comparison} />}
      />
    </>
  );
}

interface OutcomeChoiceProps {
  id: string;
  outcomes: readonly Outcome[];
  value: string;
  change: (name: string) => void;
}

// The outcomes, in the groups of the table.
export function OutcomeChoice({ id, outcomes, value, change }: OutcomeChoiceProps): JSX.Element {
  return (
    <div class="tl-no-print">
      <FieldFrame id={id} label="Outcome">
        <select
          class="govuk-select tl-decide__choice"
          id={id}
          value={value}
          onChange={(event) => change(event.currentTarget.value)}
        >
          {k_groups.map((group) => {
            const own = [...group.first, ...group.more].flatMap(
              (name) => outcomes.find((each) => each.name === name) ?? [],
            );
            return own.length === 0 ? null : (
              <optgroup key={group.title} label={group.title}>
                {own.map((each) => (
                  <option key={each.name} value={each.name}>
                    {what_words(each)}
                  </option>
                ))}
              </optgroup>
            );
          })}
        </select>
      </FieldFrame>
    </div>
  );
}

interface CourseProps {
  points: readonly CoursePoint[];
  outcome: Outcome;
  comparison: Comparison;
}

function CourseTable({ points, outcome, comparison }: CourseProps): JSX.Element {
  return (
    <div class="tl-table">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label="Difference by period">
        <table class="govuk-table">
          <thead>
            <tr>
              <th scope="col">Period</th>
              <th scope="col" class="tl-number">
                As it is
              </th>
              <th scope="col" class="tl-number">
                Difference
              </th>
              <th scope="col">{limits_head(comparison)}</th>
              <th scope="col">It says</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => {
              const decimals = decimals_of(outcome, point);
              return (
                <tr key={point.words}>
                  <th scope="row">{point.words}</th>
                  <td class="tl-number">{baseline_words(outcome, point.baseline)}</td>
                  <td class="tl-number">{signed_words(point.difference, decimals)}</td>
                  <td class="tl-nowrap">{interval_words(point, decimals)}</td>
                  <td class="tl-nowrap">{verdict_words(verdict_of(point))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const load_course = (): Promise<typeof plot_course> => import("./plot_course").then((module) => module.plot_course);
const k_heights = { narrow: 240, wide: 280, print: 240 };

function caption_of(comparison: Comparison, outcome: Outcome): string {
  const sets = sets_of(comparison);
  if (sets === null) {
    return `The line is the mean difference over pairs (${kind_words(outcome)}), the band its 95 per cent interval. Where the band covers nought it cannot be told apart from chance.`;
  }
  const band =
    comparison.limits === "outermost" ? "reaches from the lowest to the highest" : "holds the middle 95 per cent";
  return `The line is the mean difference over ${sets} sets of parameters (${kind_words(outcome)}), the band ${band} of them. Where the band covers nought the sets do not agree.`;
}

function CoursePicture({ points, outcome, comparison }: CourseProps): JSX.Element {
  return (
    <Picture
      load={load_course}
      data={points}
      label={`Difference in ${what_words(outcome)}, period by period, with its interval. The table holds the same figures.`}
      heights={k_heights}
      caption={caption_of(comparison, outcome)}
    />
  );
}

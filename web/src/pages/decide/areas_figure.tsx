import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChangeState } from "../../address/page_state";
import type { Comparison, MarketModel } from "../../api/types";
import { signed_words } from "../../format/numbers";
import { FigureFrame } from "../../parts/figure_frame";
import { AreasMap } from "./areas_map";
import { OutcomeChoice } from "./course_figure";
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
  type Difference,
  type Outcome,
} from "./words";

// One area at one place of the slider.
export interface AreaRow extends Difference {
  code: string;
  name: string;
  force: string;
  is_hub: boolean;
  is_acted_on: boolean;
}

// Of the whole run at 0, of a period after that.
export function area_rows(comparison: Comparison, model: MarketModel, outcome: string, at: number): AreaRow[] {
  return model.areas.flatMap(({ code, name, force, is_hub }) => {
    const is_own = (each: { outcome: string; area: string | null }): boolean =>
      each.outcome === outcome && each.area === code;
    const total = comparison.area_totals.find(is_own);
    const course = comparison.areas.find(is_own);
    if (total === undefined || course === undefined) return [];
    const place = at - 1;
    const of: Difference =
      at === 0
        ? total
        : {
            baseline: course.baseline[place] ?? 0,
            difference: course.difference[place] ?? 0,
            low: course.low[place] ?? null,
            high: course.high[place] ?? null,
          };
    const { baseline, difference, low, high } = of;
    const is_acted_on = comparison.acted_on.includes(code);
    return [{ code, name, force, is_hub, is_acted_on, baseline, difference, low, high }];
  });
}

// The largest difference of any area, by which marks are sized: over the whole run, or over all periods alike.
function largest(comparison: Comparison, outcome: string, is_whole: boolean): number {
  const own = is_whole
    ? comparison.area_totals.filter((each) => each.outcome === outcome).map((each) => each.difference)
    : comparison.areas.filter((each) => each.outcome === outcome).flatMap((each) => each.difference);
  return own.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}

interface AreasFigureProps {
  comparison: Comparison;
  model: MarketModel;
  state: DecideState;
  change: ChangeState<DecideState>;
}

// Where it differs: what moves to neighbours shows here.
export function AreasFigure({ comparison, model, state, change }: AreasFigureProps): JSX.Element | null {
  const [at, setAt] = useState(0);
  const mapped = model.outcomes.filter((each) => each.is_mapped);
  const outcome = mapped.find((each) => each.name === state.mapped) ?? mapped[0];
  const name = outcome?.name ?? "";
  const rows = useMemo(() => area_rows(comparison, model, name, at), [comparison, model, name, at]);
  const most = useMemo(() => largest(comparison, name, at === 0), [comparison, name, at === 0]);
  if (outcome === undefined) return null;
  const period = comparison.periods[at - 1];
  const when = period === undefined ? "the whole run" : period_words(period.from, period.days);
  return (
    <>
      <h2 class="govuk-heading-m">By area</h2>
      <OutcomeChoice
        id="mapped-outcome"
        outcomes={mapped}
        value={outcome.name}
        change={(next) => change({ mapped: next }, { replace: true })}
      />
      <TimeSlider periods={comparison.periods} at={at} when={when} go={setAt} />
      <FigureFrame
        title={`${outcome.what}, ${when}`}
        look={state.map}
        choose={(map) => change({ map }, { replace: true })}
        picture={<AreasMap rows={rows} most={most} outcome={outcome} when={when} sets={sets_of(comparison)} />}
        table={<AreasTable rows={rows} outcome={outcome} limits={limits_head(comparison)} />}
      />
    </>
  );
}

const k_step_ms = 900;

interface TimeSliderProps {
  periods: Comparison["periods"];
  at: number;
  when: string;
  go: (at: number) => void;
}

// The whole run, or one period after another; it plays when asked, once through.
function TimeSlider({ periods, at, when, go }: TimeSliderProps): JSX.Element {
  const [is_playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!is_playing) return undefined;
    const timer = setTimeout(() => (at >= periods.length ? setPlaying(false) : go(at + 1)), k_step_ms);
    return () => clearTimeout(timer);
  }, [is_playing, at, periods.length]);
  const play = (): void => {
    if (!is_playing && at >= periods.length) go(0);
    setPlaying(!is_playing);
  };
  return (
    <div class="tl-decide__time tl-no-print">
      <label class="govuk-label" for="map-time">
        When
      </label>
      <input
        id="map-time"
        type="range"
        min={0}
        max={periods.length}
        value={at}
        aria-valuetext={when}
        onInput={(event) => {
          setPlaying(false);
          go(Number(event.currentTarget.value));
        }}
      />
      <output for="map-time">{when}</output>
      <button class="tl-text-button" type="button" onClick={play}>
        {is_playing ? "Pause" : "Play"}
      </button>
    </div>
  );
}

interface AreasTableProps {
  rows: readonly AreaRow[];
  outcome: Outcome;
  limits: string;
}

function AreasTable({ rows, outcome, limits }: AreasTableProps): JSX.Element {
  return (
    <div class="tl-table">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label="Difference by area">
        <table class="govuk-table">
          <thead>
            <tr>
              <th scope="col">Area</th>
              <th scope="col">Force</th>
              <th scope="col" class="tl-number">
                As it is, {kind_words(outcome)}
              </th>
              <th scope="col" class="tl-number">
                Difference
              </th>
              <th scope="col">{limits}</th>
              <th scope="col">It says</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const decimals = decimals_of(outcome, row);
              return (
                <tr key={row.code}>
                  <th scope="row">
                    {row.name}
                    <span class="tl-quiet">{notes_of(row)}</span>
                  </th>
                  <td>{row.force}</td>
                  <td class="tl-number">{baseline_words(outcome, row.baseline)}</td>
                  <td class="tl-number">{signed_words(row.difference, decimals)}</td>
                  <td class="tl-nowrap">{interval_words(row, decimals)}</td>
                  <td class="tl-nowrap">{verdict_words(verdict_of(row))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function notes_of(row: AreaRow): string {
  return `${row.is_hub ? ", hub" : ""}${row.is_acted_on ? ", acted on" : ""}`;
}

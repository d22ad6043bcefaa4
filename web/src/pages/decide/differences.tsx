import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Comparison, MarketModel } from "../../api/types";
import { signed_words } from "../../format/numbers";
import { k_groups, type Group } from "./groups";
import { where_words, wheres_of } from "./headline";
import type { Where } from "./state";
import {
  baseline_words,
  decimals_of,
  interval_words,
  kind_words,
  per_cent_of,
  verdict_of,
  verdict_words,
  what_words,
  type Outcome,
} from "./words";

type Total = Comparison["totals"][number];

interface Row {
  outcome: Outcome;
  total: Total;
}

interface DifferencesProps {
  comparison: Comparison;
  model: MarketModel;
  where: Where;
}

// Every outcome with its paired difference, its interval and a whisker, in groups.
export function Differences({ comparison, model, where: wanted }: DifferencesProps): JSX.Element {
  const [is_whole, setWhole] = useState(false);
  const where = wheres_of(comparison).includes(wanted) ? wanted : "everywhere";
  const rows_of = (group: Group): Row[] =>
    [...group.first, ...(is_whole ? group.more : [])].flatMap((name) => {
      const outcome = model.outcomes.find((each) => each.name === name);
      const total = comparison.totals.find((each) => each.outcome === name && each.where === where);
      return outcome === undefined || total === undefined ? [] : [{ outcome, total }];
    });
  return (
    <section class="tl-figure" aria-labelledby="differences-title">
      <h2 class="govuk-heading-s" id="differences-title">
        {where_words(where)}: as it is, and the difference
      </h2>
      <div class="tl-table tl-decide__differences">
        <div class="tl-table__scroll" tabIndex={0} role="region" aria-labelledby="differences-title">
          <table>
            <thead>
              <tr>
                <th scope="col">Outcome</th>
                <th scope="col" class="tl-number">
                  As it is
                </th>
                <th scope="col" class="tl-number">
                  Difference
                </th>
                <th scope="col">95% interval</th>
                <th scope="col">It says</th>
                <th scope="col" class="tl-decide__scale">
                  Per cent of as it is
                </th>
              </tr>
            </thead>
            {k_groups.map((group) => (
              <GroupRows key={group.title} title={group.title} rows={rows_of(group)} />
            ))}
          </table>
        </div>
      </div>
      <p class="tl-table__foot">
        <button class="tl-text-button" type="button" onClick={() => setWhole(!is_whole)}>
          {is_whole ? "Show fewer outcomes" : "Show all outcomes"}
        </button>
        <span>The files below hold all of them.</span>
      </p>
    </section>
  );
}

// The ends of the scale that holds every interval of the group, at most 100 per cent each way.
export function scale_of(rows: readonly { total: Pick<Total, "baseline" | "low" | "high" | "difference"> }[]): number {
  const ends = rows.flatMap(({ total }) =>
    [total.low, total.high].map((end) => Math.abs(per_cent_of(total, end ?? 0) ?? 0)),
  );
  const widest = Math.max(0, ...ends);
  return [1, 2, 5, 10, 20, 50].find((step) => widest <= step) ?? 100;
}

function GroupRows({ title, rows }: { title: string; rows: readonly Row[] }): JSX.Element | null {
  if (rows.length === 0) return null;
  const scale = scale_of(rows);
  return (
    <tbody>
      <tr class="tl-decide__group">
        <th scope="rowgroup" colSpan={5}>
          {title}
        </th>
        <td class="tl-decide__scale" aria-hidden="true">
          <span>{signed_words(-scale)}%</span>
          <span>0</span>
          <span>{signed_words(scale)}%</span>
        </td>
      </tr>
      {rows.map((row) => (
        <OutcomeRow key={row.outcome.name} row={row} scale={scale} />
      ))}
    </tbody>
  );
}

function OutcomeRow({ row: { outcome, total }, scale }: { row: Row; scale: number }): JSX.Element {
  const decimals = decimals_of(outcome, total);
  const verdict = verdict_of(total);
  return (
    <tr data-outcome={outcome.name}>
      <th scope="row">
        {what_words(outcome)}
        <span class="tl-quiet"> {kind_words(outcome)}</span>
      </th>
      <td class="tl-number" data-label="As it is">
        {baseline_words(outcome, total.baseline)}
      </td>
      <td class="tl-number" data-label="Difference">
        <strong>{verdict === "same" ? "0" : signed_words(total.difference, decimals)}</strong>
      </td>
      <td class="tl-nowrap" data-label="95% interval">
        {interval_words(total, decimals)}
      </td>
      <td class={`tl-nowrap tl-decide__says tl-decide__says--${verdict.replace(" ", "-")}`} data-label="It says">
        {verdict_words(verdict)}
      </td>
      <td class="tl-decide__scale">
        <Whisker total={total} scale={scale} />
      </td>
    </tr>
  );
}

// The difference with its interval, about nought. What sticks out of the scale ends in an arrow.
function Whisker({ total, scale }: { total: Total; scale: number }): JSX.Element {
  const [low, middle, high] = [total.low, total.difference, total.high].map((value) =>
    value === null ? null : per_cent_of(total, value),
  );
  if (low === null || low === undefined || high === null || high === undefined) return <Base />;
  const at = (value: number): number => 50 + (48 * Math.max(-scale, Math.min(scale, value))) / scale;
  const is_out = (value: number): boolean => Math.abs(value) > scale;
  const way = verdict_of(total) === "cannot tell" ? 6 : total.difference > 0 ? 2 : 1;
  return (
    <svg class={`tl-whisker tl-decide__whisker tl-decide__stroke--${way}`} width="100%" height="18" aria-hidden="true">
      <line class="tl-whisker__base" x1="50%" x2="50%" y1="1" y2="17" />
      <line x1={`${at(low)}%`} x2={`${at(high)}%`} y1="9" y2="9" stroke-width="2" />
      {[low, high].map((end) => (
        <text key={end} x={`${at(end)}%`} y="13" text-anchor="middle" class="tl-decide__end">
          {is_out(end) ? (end < 0 ? "◂" : "▸") : "|"}
        </text>
      ))}
      <circle cx={`${at(middle ?? 0)}%`} cy="9" r="4" />
    </svg>
  );
}

function Base(): JSX.Element {
  return (
    <svg class="tl-whisker" width="100%" height="18" aria-hidden="true">
      <line class="tl-whisker__base" x1="50%" x2="50%" y1="1" y2="17" />
    </svg>
  );
}

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Comparison, MarketModel } from "../../api/types";
import { number_words, signed_words } from "../../format/numbers";
import { NoWhisker, Whisker } from "../../parts/whisker";
import { k_groups, type Group } from "./groups";
import { where_words, wheres_of } from "./headline";
import type { Where } from "./state";
import {
  baseline_words,
  decimals_of,
  interval_words,
  kind_words,
  limits_head,
  per_cent_of,
  sets_of,
  sets_words,
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
  const is_shared = is_whole && sets_of(comparison) !== null;
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
                <th scope="col">{limits_head(comparison)}</th>
                <th scope="col">It says</th>
                {is_shared && (
                  <th scope="col" class="tl-number">
                    By parameters
                  </th>
                )}
                <th scope="col" class="tl-decide__scale">
                  Per cent of as it is
                </th>
              </tr>
            </thead>
            {k_groups.map((group) => (
              <GroupRows key={group.title} title={group.title} rows={rows_of(group)} of={{ comparison, is_shared }} />
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
      <p class="tl-note">
        {whisker_words(comparison)}
        {is_shared &&
          " By parameters: of the variance of one pair’s difference, how much lies between the sets. Near 100% only knowing the parameters would tell more; near 0% more pairs would."}
      </p>
    </section>
  );
}

function whisker_words(comparison: Comparison): string {
  const sets = sets_of(comparison);
  if (sets === null) return "The dot is the mean difference over pairs, the line its 95 per cent interval.";
  return comparison.limits === "outermost"
    ? `The dot is the mean over the ${sets} sets of parameters, the line reaches from the lowest to the highest of them.`
    : `The dot is the mean over the ${sets} sets of parameters, the line holds the middle 95 per cent of them.`;
}

// The ends of the scale that holds every interval of the group, at most 100 per cent each way.
export function scale_of(rows: readonly { total: Pick<Total, "baseline" | "low" | "high" | "difference"> }[]): number {
  const ends = rows.flatMap(({ total }) =>
    [total.low, total.high].map((end) => Math.abs(per_cent_of(total, end ?? 0) ?? 0)),
  );
  const widest = Math.max(0, ...ends);
  return [1, 2, 5, 10, 20, 50].find((step) => widest <= step) ?? 100;
}

interface RowsOf {
  comparison: Comparison;
  is_shared: boolean; // With how much the parameters make.
}

interface GroupRowsProps {
  title: string;
  rows: readonly Row[];
  of: RowsOf;
}

function GroupRows({ title, rows, of }: GroupRowsProps): JSX.Element | null {
  if (rows.length === 0) return null;
  const scale = scale_of(rows);
  return (
    <tbody>
      <tr class="tl-decide__group">
        <th scope="rowgroup" colSpan={of.is_shared ? 6 : 5}>
          {title}
        </th>
        <td class="tl-decide__scale" aria-hidden="true">
          <span>{signed_words(-scale)}%</span>
          <span>0</span>
          <span>{signed_words(scale)}%</span>
        </td>
      </tr>
      {rows.map((row) => (
        <OutcomeRow key={row.outcome.name} row={row} scale={scale} of={of} />
      ))}
    </tbody>
  );
}

interface OutcomeRowProps {
  row: Row;
  scale: number;
  of: RowsOf;
}

function OutcomeRow({ row: { outcome, total }, scale, of: { comparison, is_shared } }: OutcomeRowProps): JSX.Element {
  const sets = sets_of(comparison);
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
      <td class="tl-nowrap" data-label={limits_head(comparison)}>
        {interval_words(total, decimals)}
      </td>
      <td class={`tl-nowrap tl-decide__says tl-decide__says--${verdict.replace(" ", "-")}`} data-label="It says">
        {verdict_words(verdict)}
        {sets !== null && verdict !== "same" && <span class="tl-decide__sets">{sets_words(total, sets)}</span>}
      </td>
      {is_shared && (
        <td class="tl-number" data-label="By parameters">
          {total.share_between === null ? "" : `${number_words(100 * total.share_between)}%`}
        </td>
      )}
      <td class="tl-decide__scale">
        <DifferenceWhisker total={total} scale={scale} />
      </td>
    </tr>
  );
}

// The difference with its interval, about nought.
function DifferenceWhisker({ total, scale }: { total: Total; scale: number }): JSX.Element {
  const about = { from: -scale, to: scale };
  const [low, middle, high] = [total.low, total.difference, total.high].map((value) =>
    value === null ? null : per_cent_of(total, value),
  );
  if (low === null || low === undefined || high === null || high === undefined) return <NoWhisker scale={about} />;
  const way = verdict_of(total) === "cannot tell" ? 6 : total.difference > 0 ? 2 : 1;
  return <Whisker low={low} high={high} at={middle ?? 0} scale={about} tone={`tl-decide__stroke--${way}`} />;
}

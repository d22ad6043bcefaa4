import type { JSX } from "preact";
import type { Comparison, MarketModel } from "../../api/types";
import { number_words, signed_words } from "../../format/numbers";
import {
  decimals_of,
  interval_words,
  k_told_first,
  sets_words,
  told_name,
  verdict_of,
  verdict_words,
  type Outcome,
} from "./words";

type Rival = Comparison["rivals"][number];
type Total = Rival["totals"][number];

// A parameter with the figures that sources give for it, in their order.
export interface RivalGroup {
  parameter: string;
  unit: string;
  figures: Rival[];
}

const k_titles: Record<string, string> = {
  "line.revenue_per_year": "What a line takes in a year",
  "market.price_heroin": "What a gram of heroin costs",
};

// Those with a title first, in its order.
function place_of({ parameter }: RivalGroup): number {
  const place = Object.keys(k_titles).indexOf(parameter);
  return place < 0 ? Object.keys(k_titles).length : place;
}

export function rival_groups(rivals: readonly Rival[]): RivalGroup[] {
  const groups: RivalGroup[] = [];
  for (const rival of rivals) {
    const own = groups.find((each) => each.parameter === rival.parameter);
    if (own === undefined) groups.push({ parameter: rival.parameter, unit: rival.unit, figures: [rival] });
    else own.figures.push(rival);
  }
  return groups.toSorted((a, b) => place_of(a) - place_of(b));
}

// "£80 000 per line and year".
export function figure_words({ figure, unit }: Pick<Rival, "figure" | "unit">): string {
  const number = number_words(figure, Number.isInteger(figure) ? 0 : 2);
  return unit.startsWith("GBP ") ? `£${number} ${unit.slice("GBP ".length)}` : `${number} ${unit}`;
}

function total_of(rival: Rival, outcome: string): Total | undefined {
  return rival.totals.find((each) => each.outcome === outcome);
}

// Of fewer sets all may lie on one side by luck: of six that happens once in thirty-two times.
const k_sets_least = 6;

// Nothing is told apart by one group saying something and the other not: of the sets that all but one say the same, the
// odd one lies in one group of any two. Where no pair differs there are no limits, and the mean is nought.
function are_apart(one: Total, other: Total): boolean {
  const verdicts = [verdict_of(one), verdict_of(other)];
  if (verdicts.includes("more") && verdicts.includes("less")) return true;
  return (one.mean_high ?? 0) < (other.mean_low ?? 0) || (other.mean_high ?? 0) < (one.mean_low ?? 0);
}

// Of what is told first: where the answer is another under another figure. One says more and another less, or their
// means lie apart, by 95 per cent limits that do not meet. Null where too few sets hold one of the figures.
export function hangs_on({ figures }: RivalGroup): string[] | null {
  if (figures.length < 2 || figures.some(({ members }) => members < k_sets_least)) return null;
  return k_told_first.filter((name) => {
    const totals = figures.flatMap((rival) => total_of(rival, name) ?? []);
    return totals.some((one, at) => totals.slice(at + 1).some((other) => are_apart(one, other)));
  });
}

export function hanging_words(group: RivalGroup): string {
  const hanging = hangs_on(group);
  if (group.figures.length < 2) {
    return "Fewer than two sets hold the other figure: what it would be under that cannot be told.";
  }
  if (hanging === null) {
    return "Fewer than six sets hold one of the figures: whether the answer hangs on it cannot be told.";
  }
  if (hanging.length === 0) {
    return "Whether the answer hangs on it cannot be told: what the sets say under one figure does not part from what they say under the other.";
  }
  return `The answer hangs on it for: ${hanging.map(told_name).join(", ")}. For what else stands here that cannot be told.`;
}

// What the answer is under each of the figures that sources do not agree on.
export function Rivals({ comparison, model }: { comparison: Comparison; model: MarketModel }): JSX.Element | null {
  const groups = rival_groups(comparison.rivals);
  if (groups.length === 0) return null;
  return (
    <section class="tl-section" aria-labelledby="rivals-title">
      <h2 class="govuk-heading-m" id="rivals-title">
        Where sources do not agree
      </h2>
      <p>
        An accepted set holds a figure near one or the other. Below stands what differs, everywhere, under each: the
        mean over the sets that hold it, from the lowest of them to the highest.
      </p>
      {groups.map((group) => (
        <RivalTable key={group.parameter} group={group} outcomes={model.outcomes} />
      ))}
    </section>
  );
}

function RivalTable({ group, outcomes }: { group: RivalGroup; outcomes: readonly Outcome[] }): JSX.Element {
  const { parameter, figures } = group;
  const title = k_titles[parameter] ?? parameter;
  const shown = k_told_first.flatMap((name) => outcomes.find((each) => each.name === name) ?? []);
  return (
    <section class="tl-decide__rivals">
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="tl-list">
        {figures.map((rival) => (
          <li key={rival.figure}>
            {figure_words(rival)}: {number_words(rival.members)} sets. {rival.source}
          </li>
        ))}
      </ul>
      <p>{hanging_words(group)}</p>
      <div class="tl-table tl-decide__differences">
        <div class="tl-table__scroll" tabIndex={0} role="region" aria-label={`${title}: what differs under each`}>
          <table class="govuk-table">
            <thead>
              <tr>
                <th scope="col">Outcome</th>
                {figures.map((rival) => (
                  <th scope="col" key={rival.figure}>
                    {figure_words(rival)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((outcome) => (
                <tr key={outcome.name} data-rival={outcome.name}>
                  <th scope="row">{told_name(outcome.name)}</th>
                  {figures.map((rival) => (
                    <RivalCell key={rival.figure} rival={rival} outcome={outcome} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function RivalCell({ rival, outcome }: { rival: Rival; outcome: Outcome }): JSX.Element {
  const total = total_of(rival, outcome.name);
  if (total === undefined) return <td />;
  const decimals = decimals_of(outcome, total);
  const verdict = verdict_of(total);
  if (verdict === "same") return <td data-label={figure_words(rival)}>{verdict_words(verdict)}</td>;
  return (
    <td data-label={figure_words(rival)}>
      <strong>{signed_words(total.difference, decimals)}</strong> ({interval_words(total, decimals)})
      <span class="tl-decide__sets">
        {verdict === "cannot tell" ? `${verdict}: ` : ""}
        {sets_words(total, rival.members)}
      </span>
    </td>
  );
}

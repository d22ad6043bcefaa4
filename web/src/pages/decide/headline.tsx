import type { JSX } from "preact";
import type { ChangeState } from "../../address/page_state";
import type { Comparison, MarketModel } from "../../api/types";
import { day_words } from "../../format/dates";
import { count_words } from "../../format/numbers";
import type { DecideState, Where } from "./state";
import { sets_of, told_of, years_words } from "./words";

interface HeadlineProps {
  comparison: Comparison;
  model: MarketModel;
  state: DecideState;
  change: ChangeState<DecideState>;
}

const k_where: Record<Where, string> = {
  everywhere: "Everywhere",
  "acted on": "Where it acts",
  elsewhere: "Elsewhere",
};

export function where_words(where: Where): string {
  return k_where[where];
}

// The places apart, where the scenario leaves some alone.
export function wheres_of(comparison: Comparison): Where[] {
  const told = new Set(comparison.totals.map((total) => total.where));
  return (Object.keys(k_where) as Where[]).filter((where) => told.has(where));
}

// What differs, what cannot be told apart from chance and what is the same, in sentences.
export function Headline({ comparison, model, state, change }: HeadlineProps): JSX.Element {
  const wheres = wheres_of(comparison);
  const where = wheres.includes(state.where) ? state.where : "everywhere";
  const sets = sets_of(comparison);
  const told = told_of(comparison.totals, { outcomes: model.outcomes, where, sets });
  return (
    <section class="tl-section" aria-labelledby="headline-title">
      <h2 class="govuk-heading-m" id="headline-title" tabIndex={-1}>
        {comparison.name}: what differs
      </h2>
      <p class="tl-lead">
        {sets === null
          ? `${count_words(comparison.replicates, "pair")} of runs`
          : `${count_words(sets, "accepted set")} of parameters, ${count_words(comparison.replicates, "pair")} of runs each,`}{" "}
        over {years_words(comparison.days)} from {day_words(comparison.starts)}, in the world “{comparison.world}”, seed{" "}
        {comparison.seed}. Both runs of a pair share their chance.
      </p>
      {comparison.changed.length > 0 && (
        <p>
          With figures of your own:{" "}
          {comparison.changed.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(", ")}.
        </p>
      )}
      {wheres.length > 1 && (
        <div class="tl-toggle tl-decide__where" role="group" aria-label="Where">
          {wheres.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={where === each}
              onClick={() => change({ where: each }, { replace: true })}
            >
              {k_where[each]}
            </button>
          ))}
        </div>
      )}
      <p class={wheres.length > 1 ? "tl-print-only" : "tl-quiet"}>
        {where === "everywhere" ? "In all areas together." : `${k_where[where]}.`}
      </p>
      {told.differs.length > 0 ? (
        <ul class="tl-list tl-decide__told">
          {told.differs.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : (
        <p>
          Of what is told first, nothing differs{" "}
          {sets === null
            ? "beyond chance"
            : comparison.limits === "outermost"
              ? "the same way in all sets"
              : "beyond what the sets leave open"}
          .
        </p>
      )}
      {told.cannot_tell.length > 0 && (
        <p>
          <strong>Cannot tell</strong>, for{" "}
          {comparison.limits === "outermost" ? "not all sets say the same" : "their intervals cover nought"}:{" "}
          {told.cannot_tell.join(", ")}.
        </p>
      )}
      {told.same.length > 0 && <p>The same in every pair: {told.same.join(", ")}.</p>}
      <p role="status" class="govuk-visually-hidden">
        The comparison is done.
      </p>
      <p class="tl-note">
        {comparison.limits_words}{" "}
        {sets === null
          ? "Of twenty outcomes that a change leaves alone, one will look different by chance: a small difference that stands by itself is no finding."
          : "An accepted set is one that nothing it was held against contradicts. That all of them agree proves nothing of what they share."}
      </p>
    </section>
  );
}

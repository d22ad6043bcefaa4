import type { JSX } from "preact";
import type { Change, Figure, SeriesAnswer } from "../../api/types";
import { sentence_with_dates, span_words } from "../../format/dates";
import { number_words } from "../../format/numbers";
import { TraceLink } from "../../parts/trace_link";
import { Whisker } from "../../parts/whisker";
import type { Show } from "./state";
import { change_words, decimals_of, interval_words, is_chance, shown, unit_words } from "./words";

// The areas side by side, in the order in which they were chosen. Police activity is never ranked, so nothing sorts here.
export function Comparison({ answer, show }: { answer: SeriesAnswer; show: Show }): JSX.Element {
  const span = span_words(answer.from, answer.to);
  const highest = Math.max(1, ...answer.totals.map((total) => shown(total, show).interval?.high ?? 0));
  return (
    <section class="tl-figure" aria-labelledby="comparison-title">
      <h2 class="govuk-heading-s" id="comparison-title">
        Side by side, {unit_words(answer, show)}, {span}
      </h2>
      <div class="tl-table tl-comparison">
        <div class="tl-table__scroll" tabIndex={0} role="region" aria-labelledby="comparison-title">
          <table>
            <thead>
              <tr>
                <th scope="col">Area</th>
                <th scope="col" class="tl-number">
                  {show === "rate" ? "Rate" : "Count"}
                </th>
                <th scope="col">95% interval</th>
                <th scope="col" class="tl-comparison__scale">
                  Drawn from nought
                </th>
                <th scope="col">Against the same months a year before</th>
                <th scope="col">
                  <span class="govuk-visually-hidden">Trace</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.areas.map((area, index) => {
                const total = answer.totals[index];
                const change = answer.changes[index];
                return total === undefined || change === undefined ? null : (
                  <Row
                    key={area.code}
                    name={area.name}
                    index={index}
                    total={total}
                    change={change}
                    show={show}
                    highest={highest}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

interface RowProps {
  name: string;
  index: number;
  total: Figure;
  change: Change;
  show: Show;
  highest: number;
}

function Row({ name, index, total, change, show, highest }: RowProps): JSX.Element {
  const { value, interval, reason } = shown(total, show);
  const decimals = decimals_of(show);
  return (
    <tr>
      <th scope="row">
        <span class={`tl-swatch tl-swatch--${index + 1}`} aria-hidden="true" />
        {name}
      </th>
      {value === null ? (
        <td colSpan={3} class="tl-cannot">
          <strong>Cannot tell.</strong> {sentence_with_dates(reason)}.{missing_words(total)}
        </td>
      ) : (
        <>
          <td class="tl-number">
            <strong>{number_words(value, decimals)}</strong>
          </td>
          <td class="tl-nowrap tl-comparison__interval">{interval_words(interval, decimals)}</td>
          <td class="tl-comparison__scale">
            <Whisker
              at={value}
              low={interval?.low ?? value}
              high={interval?.high ?? value}
              scale={{ from: 0, to: highest }}
              tone={`tl-stroke--${index + 1}`}
            />
          </td>
        </>
      )}
      <td class="tl-comparison__change">
        {change_words(change)}
        {is_chance(change) && <span class="tl-quiet">; chance alone may explain it</span>}
        {change.percent !== null && (
          <span class="tl-quiet">
            {" "}
            from {number_words(change.before.count ?? 0)} in {span_words(change.before.from, change.before.to)}
          </span>
        )}
        {change.refusal !== null && <span class="tl-quiet"> – {sentence_with_dates(change.refusal.reason)}</span>}
      </td>
      <td>
        <TraceLink name={total.cell} of={`About the total of ${name}`} />
      </td>
    </tr>
  );
}

function missing_words(total: Figure): string {
  if (total.missing.length === 0) return "";
  return ` ${total.missing.length} months are missing; the others hold ${number_words(total.received_count)}.`;
}

import type { JSX } from "preact";
import type { Figure, SeriesAnswer } from "../../api/types";
import { month_words, months_between } from "../../format/dates";
import { number_words } from "../../format/numbers";
import { TraceLink } from "../../parts/trace_link";
import type { Show } from "./state";
import { decimals_of, interval_words, shown, unit_words } from "./words";

// The picture as a table: months down, areas across. Each figure leads to its trace; a month that was not received says so.
export function MonthlyTable({ answer, show }: { answer: SeriesAnswer; show: Show }): JSX.Element {
  const figure_at = new Map(answer.figures.map((figure) => [`${figure.area}/${figure.from}`, figure]));
  return (
    <div class="tl-table tl-monthly">
      <div class="tl-table__scroll" tabIndex={0} role="region" aria-label="The monthly figures">
        <table>
          <caption class="govuk-visually-hidden">
            Month by month, {unit_words(answer, show)}, each with its 95 per cent interval
          </caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              {answer.areas.map((area, index) => (
                <th key={area.code} scope="colgroup" colSpan={2} class="tl-monthly__area">
                  <span class={`tl-swatch tl-swatch--${index + 1}`} aria-hidden="true" />
                  {area.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months_between(answer.from, answer.to).map((month) => (
              <tr key={month}>
                <th scope="row" class="tl-nowrap">
                  {month_words(month)}
                </th>
                {answer.areas.map((area) => (
                  <Cell
                    key={area.code}
                    figure={figure_at.get(`${area.code}/${month}`)}
                    show={show}
                    of={`${area.name}, ${month_words(month)}`}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cell({ figure, show, of }: { figure: Figure | undefined; show: Show; of: string }): JSX.Element {
  if (figure === undefined)
    return (
      <td colSpan={2} class="tl-cannot">
        –
      </td>
    );
  const { value, interval, reason } = shown(figure, show);
  if (value === null)
    return (
      <td colSpan={2} class="tl-cannot" title={reason}>
        {figure.missing.length > 0 ? "not received" : "cannot tell"}
      </td>
    );
  const words = number_words(value, decimals_of(show));
  return (
    <>
      <td class="tl-number">
        <TraceLink name={figure.cell} of={`(${of}): how do we know?`}>
          {words}
        </TraceLink>
      </td>
      <td class="tl-nowrap tl-quiet">{interval_words(interval, decimals_of(show))}</td>
    </>
  );
}

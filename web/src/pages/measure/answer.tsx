import type { JSX } from "preact";
import type { ChangeState } from "../../address/page_state";
import type { SeriesAnswer } from "../../api/types";
import { day_words, sentence_with_dates, span_words } from "../../format/dates";
import { number_words, with_thin_spaces } from "../../format/numbers";
import { CaveatChips, CaveatSentences } from "../../parts/caveat_chips";
import { FigureFrame } from "../../parts/figure_frame";
import { PrintButton } from "../../parts/print_button";
import { TraceLink } from "../../parts/trace_link";
import { Comparison } from "./comparison";
import { MonthlyPicture } from "./monthly_picture";
import { MonthlyTable } from "./monthly_table";
import type { MeasureState } from "./state";
import { legend_words, title_words, unit_words } from "./words";

interface AnswerProps {
  answer: SeriesAnswer;
  address: string;
  state: MeasureState;
  change: ChangeState<MeasureState>;
  is_late: boolean; // A newer answer is on its way.
}

export function Answer({ answer, address, state, change, is_late }: AnswerProps): JSX.Element {
  return (
    <div class={is_late ? "tl-answer tl-answer--late" : "tl-answer"} aria-busy={is_late}>
      <header class="tl-answer__head">
        <h2 class="govuk-heading-m">{title_words(answer)}</h2>
        <PrintButton label="Print this page" />
      </header>
      {answer.measure.is_police_activity && (
        <p class="tl-activity">
          These are counts of <strong>police activity</strong>: what the police found and recorded. They do not say how
          much crime there is.
        </p>
      )}
      <CaveatChips caveats={answer.caveats} is_printed={false} />
      <Headline answer={answer} />
      <Comparison answer={answer} show={state.show} />
      <FigureFrame
        title={`Month by month, ${unit_words(answer, state.show)}`}
        look={state.look}
        choose={(look) => change({ look })}
        answer_address={address}
        picture={<MonthlyPicture answer={answer} show={state.show} />}
        table={<MonthlyTable answer={answer} show={state.show} />}
      />
      <CaveatSentences caveats={answer.caveats} />
      <Basis answer={answer} />
    </div>
  );
}

// In words, an area a sentence, in the order in which they were chosen: nobody is first.
function Headline({ answer }: { answer: SeriesAnswer }): JSX.Element {
  return (
    <ul class="tl-headline">
      {answer.areas.map((area, index) => {
        const total = answer.totals[index];
        return (
          <li key={area.code}>
            <span class={`tl-swatch tl-swatch--${index + 1}`} aria-hidden="true" />
            <p>
              {with_thin_spaces(answer.words[index] ?? area.name)}{" "}
              {total && (
                <TraceLink name={total.cell} of={`About the total of ${area.name}`} class="govuk-link tl-how" />
              )}
              {total && <span class="tl-print-only tl-id">{total.cell}</span>}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

// The rule that the figures follow. On paper it makes the page stand by itself.
function Basis({ answer }: { answer: SeriesAnswer }): JSX.Element {
  const { measure } = answer;
  const rows: [string, string][] = [
    ["Out of", measure.universe],
    ["By date", measure.date_basis],
    ["By area", measure.area_basis],
    ["Areas", answer.geography],
    ["From", answer.release],
    ["Revised", measure.revision],
    ["Intervals", legend_words()],
    ["As of", answer.as_of === null ? "when this was asked" : `the end of ${day_words(answer.as_of)}`],
    ["Audit log", `${number_words(answer.head.entries)} entries when this was answered; root ${answer.head.root}`],
  ];
  return (
    <section class="tl-basis" aria-labelledby="basis-title">
      <h2 class="govuk-heading-s" id="basis-title">
        What these figures are, {span_words(answer.from, answer.to)}
      </h2>
      <dl>
        {rows.map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{sentence_with_dates(words)}</dd>
          </div>
        ))}
        <div class="tl-print-only">
          <dt>Address</dt>
          <dd class="tl-id">{location.href}</dd>
        </div>
      </dl>
    </section>
  );
}

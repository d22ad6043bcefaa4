import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Table } from "../../api/types";
import { DataTable } from "../../parts/data_table";
import { FigureFrame, type FigureLook } from "../../parts/figure_frame";
import { bits_words, reach_of, share_in, steps_of, type Reach, type Step } from "./waterfall";

interface WaterfallProps {
  evidence: Table;
  // None: no downloads.
  answer_address?: string;
}

// What speaks for one person and what against, in bits: each bit doubles the odds or halves them.
export function Waterfall({ evidence, answer_address }: WaterfallProps): JSX.Element {
  const [look, setLook] = useState<FigureLook>("picture");
  return (
    <FigureFrame
      title={evidence.title}
      look={look}
      choose={setLook}
      picture={<Bars steps={steps_of(evidence)} />}
      table={
        <DataTable
          table={evidence}
          caption={evidence.title}
          {...(answer_address === undefined ? {} : { answer_address })}
        />
      }
    />
  );
}

function step_words(step: Step): string {
  return `${step.comparison}: ${step.finding}, ${bits_words(step.bits)} bits`;
}

function Bars({ steps }: { steps: Step[] }): JSX.Element {
  const reach = reach_of(steps);
  const end = steps.at(-1)?.to ?? 0;
  const whole: Step = { comparison: "all together", finding: "", bits: end, from: 0, to: end };
  return (
    <>
      <div class="tl-fall" role="img" aria-label={[...steps, whole].map(step_words).join(". ")}>
        {[...steps, whole].map((step) => (
          <Bar key={step.comparison} step={step} reach={reach} is_whole={step === whole} />
        ))}
      </div>
      <p class="tl-quiet">
        In bits: each bit to the right doubles the odds that the two are one person, each to the left halves them.
      </p>
    </>
  );
}

function Bar({ step, reach, is_whole }: { step: Step; reach: Reach; is_whole: boolean }): JSX.Element {
  const [left, right] = [Math.min(step.from, step.to), Math.max(step.from, step.to)];
  const look = is_whole ? "whole" : step.bits < 0 ? "against" : "for";
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  return (
    <div class={`tl-fall__row${is_whole ? " tl-fall__row--whole" : ""}`}>
      <span class="tl-fall__what">
        {step.comparison}
        {step.finding !== "" && <span class="tl-quiet"> {step.finding}</span>}
      </span>
      <div class="tl-fall__track">
        <span class="tl-fall__nought" style={{ left: percent(share_in(reach, 0)) }} />
        <span
          class={`tl-fall__bar tl-fall__bar--${look}`}
          style={{
            left: percent(share_in(reach, left)),
            width: percent(share_in(reach, right) - share_in(reach, left)),
          }}
        />
      </div>
      <span class="tl-fall__bits">{bits_words(step.bits)}</span>
    </div>
  );
}

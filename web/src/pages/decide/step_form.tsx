import type { JSX } from "preact";
import type { MarketModel } from "../../api/types";
import { day_words } from "../../format/dates";
import { described_by, FieldFrame, type FieldFault } from "../../parts/field";
import { AreaField } from "./area_field";
import { field_id, last_day } from "./check";
import type { Change, Step, Strike } from "./state";

interface StepFormProps {
  step: Step;
  at: number;
  model: MarketModel;
  years: string;
  faults: readonly FieldFault[];
  change: (step: Step) => void;
  remove: () => void;
}

// One change of the scenario: what, how much, when and where.
export function StepForm({ step, at, model, years, faults, change, remove }: StepFormProps): JSX.Element {
  const of = `change ${at + 1}`;
  const parts = { at, model, years, fault: (id: string) => faults.find((each) => each.id === id)?.words };
  const is_strike = step.kind === "strike";
  return (
    <fieldset class="tl-decide__step">
      <legend>
        {is_strike ? "On one day" : "From a day on"}
        <span class="govuk-visually-hidden">, {of}</span>
      </legend>
      {step.kind === "change" ? (
        <ChangeFields step={step} change={change} {...parts} />
      ) : (
        <StrikeFields step={step} change={change} {...parts} />
      )}
      <AreaField
        id={field_id(at, "area")}
        of={of}
        model={model}
        areas={step.areas}
        change={(areas) => change({ ...step, areas })}
        error={parts.fault(field_id(at, "area"))}
      />
      <button class="tl-text-button" type="button" onClick={remove}>
        Remove<span class="govuk-visually-hidden"> {of}</span>
      </button>
    </fieldset>
  );
}

interface FieldsProps<Of extends Step> {
  step: Of;
  at: number;
  model: MarketModel;
  years: string;
  fault: (id: string) => string | undefined;
  change: (step: Step) => void;
}

function ChangeFields({ step, at, model, years, fault, change }: FieldsProps<Change>): JSX.Element {
  const days = { model, years, fault };
  return (
    <>
      <Choice
        id={field_id(at, "lever")}
        label="What"
        words={model.levers}
        value={step.lever}
        change={(lever) => change({ ...step, lever })}
      />
      <NumberField
        id={field_id(at, "multiply")}
        label="Times as it is"
        hint="1 is as it is"
        value={step.multiply}
        error={fault(field_id(at, "multiply"))}
        change={(multiply) => change({ ...step, multiply })}
      />
      <DayField
        id={field_id(at, "from")}
        label="From"
        hint="Empty: the first day"
        value={step.from}
        {...days}
        change={(from) => change({ ...step, from })}
      />
      <DayField
        id={field_id(at, "until")}
        label="Until"
        hint="Empty: the end"
        value={step.until}
        {...days}
        change={(until) => change({ ...step, until })}
      />
    </>
  );
}

function StrikeFields({ step, at, model, years, fault, change }: FieldsProps<Strike>): JSX.Element {
  return (
    <>
      <Choice
        id={field_id(at, "target")}
        label="What"
        words={model.strikes}
        value={step.target}
        change={(target) => change({ ...step, target })}
      />
      <NumberField
        id={field_id(at, "share")}
        label="Share of them"
        hint="0.5 is half, 1 all"
        value={step.share}
        error={fault(field_id(at, "share"))}
        change={(share) => change({ ...step, share })}
      />
      <DayField
        id={field_id(at, "date")}
        label="Day"
        hint={`${day_words(model.starts)} or later`}
        value={step.date}
        model={model}
        years={years}
        fault={fault}
        change={(date) => change({ ...step, date })}
      />
    </>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  words: readonly { name: string; what: string }[];
  value: string;
  change: (value: string) => void;
}

function Choice({ id, label, words, value, change }: ChoiceProps): JSX.Element {
  const is_known = words.some((each) => each.name === value);
  return (
    <FieldFrame id={id} label={label}>
      <select class="govuk-select" id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {!is_known && <option value={value}>{value}</option>}
        {words.map((each) => (
          <option key={each.name} value={each.name}>
            {each.what}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

interface NumberFieldProps {
  id: string;
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}

export function NumberField({ id, label, hint, value, error, change }: NumberFieldProps): JSX.Element {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        class={`govuk-input tl-decide__number${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={value}
        {...described_by({ id, hint, error })}
        {...(error === undefined ? {} : { "aria-invalid": true })}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

interface DayFieldProps {
  id: string;
  label: string;
  hint: string;
  value: string;
  model: MarketModel;
  years: string;
  fault: (id: string) => string | undefined;
  change: (value: string) => void;
}

function DayField({ id, label, hint, value, model, years, fault, change }: DayFieldProps): JSX.Element {
  const error = fault(id);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        class={`govuk-input tl-decide__day${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        type="date"
        min={model.starts}
        max={last_day(model, years)}
        value={value}
        {...described_by({ id, hint, error })}
        {...(error === undefined ? {} : { "aria-invalid": true })}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

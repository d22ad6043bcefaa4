import type { JSX } from "preact";
import type { ChangeState } from "../../address/page_state";
import type { MeasureKnown } from "../../api/types";
import { month_words, months_between } from "../../format/dates";
import type { MeasureState, Question, Show } from "./state";

interface QuestionFormProps {
  question: Question;
  measures: readonly MeasureKnown[];
  show: Show;
  change: ChangeState<MeasureState>;
}

interface Choice {
  value: string;
  words: string;
}

// What, when and how it is shown. Each choice takes effect at once and stands in the address.
export function QuestionForm({ question, measures, show, change }: QuestionFormProps): JSX.Element {
  const { known, category, from, to } = question;
  const months = months_between(known.first ?? "", known.last ?? "");
  const measure_choices = measures.map((each) => ({ value: each.measure.name, words: each.measure.title }));
  const category_choices = [
    { value: "all", words: "All together" },
    ...known.categories.map((each) => ({ value: each.slug, words: each.words })),
  ];
  const month_choices = (extra: string): Choice[] =>
    (months.includes(extra) ? months : [...months, extra].sort()).map((month) => ({
      value: month,
      words: month_words(month),
    }));
  return (
    <form class="tl-question tl-no-print" onSubmit={(event) => event.preventDefault()}>
      <Choose
        id="measure"
        label="What is counted"
        value={known.measure.name}
        choices={measure_choices}
        choose={(measure) => change({ measure, category: "", areas: [], from: "", to: "" })}
      />
      <Choose
        id="category"
        label={known.measure.unit === "search" ? "Object of search" : "Offence"}
        value={category}
        choices={category_choices}
        choose={(next) => change({ category: next })}
      />
      <Choose
        id="from"
        label="From"
        value={from}
        choices={month_choices(from)}
        choose={(next) => change({ from: next, to: next > to ? next : to })}
      />
      <Choose
        id="to"
        label="To, included"
        value={to}
        choices={month_choices(to)}
        choose={(next) => change({ to: next, from: next < from ? next : from })}
      />
      <div class="tl-question__show">
        <span class="govuk-label" id="show-label">
          Shown as
        </span>
        <div class="tl-toggle" role="group" aria-labelledby="show-label">
          <button type="button" aria-pressed={show === "count"} onClick={() => change({ show: "count" })}>
            Counts
          </button>
          <button type="button" aria-pressed={show === "rate"} onClick={() => change({ show: "rate" })}>
            Per 100,000 residents
          </button>
        </div>
      </div>
    </form>
  );
}

interface ChooseProps {
  id: string;
  label: string;
  value: string;
  choices: readonly Choice[];
  choose: (value: string) => void;
}

function Choose({ id, label, value, choices, choose }: ChooseProps): JSX.Element {
  const is_known = choices.some((each) => each.value === value);
  return (
    <div class={`tl-question__${id}`}>
      <label class="govuk-label" for={`choose-${id}`}>
        {label}
      </label>
      <select
        class="govuk-select"
        id={`choose-${id}`}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!is_known && <option value={value}>{value}</option>}
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.words}
          </option>
        ))}
      </select>
    </div>
  );
}

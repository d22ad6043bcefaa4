import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go, useAddress } from "../../address/address";
import type { PersonAsked } from "../../api/types";
import { usePosted } from "../../api/use_posted";
import { with_dates_in_words } from "../../format/dates";
import { EmptyState } from "../../parts/empty_state";
import { Field } from "../../parts/field";
import { PageHead } from "../../parts/page_head";
import { Waiting } from "../../parts/problem_view";
import { asked_in, k_details, put_right, type Detail } from "./asked";
import { LinksTrouble } from "./trouble";
import { WhoAnswer } from "./who_answer";

interface Carried {
  text: string;
  corrected: PersonAsked;
}

// What was typed is kept with the history entry, so that going back finds it again, and never in the address.
function carried_in(carried: unknown): Carried | null {
  const is_ours = typeof carried === "object" && carried !== null && "text" in carried && "corrected" in carried;
  return is_ours ? (carried as Carried) : null;
}

export function WhoPage(): JSX.Element {
  const carried = carried_in(useAddress().carried);
  return (
    <>
      <PageHead
        title="Who else knows this person?"
        lead="Which agencies hold something, in what capacity, how sure that is, and whom to ring; nothing more."
      />
      <WhoForm key={JSON.stringify(carried)} carried={carried} />
      {carried === null ? (
        <BeforeAsking />
      ) : (
        <Asked asked={put_right(asked_in(carried.text, year()), carried.corrected)} />
      )}
    </>
  );
}

function year(): number {
  return new Date().getFullYear();
}

function BeforeAsking(): JSX.Element {
  return (
    <EmptyState title="What can be asked">
      <p>
        A name, a date of birth with something beside it, or a number: “Fictonby, Inventa 20/4/2009”, “07700 900132”,
        “Blink, 2009, ZZ8 9FU”. Part of it is enough, and it may be misspelt. Brothers, sisters and namesakes are shown
        as themselves. Every question is an entry of the log, with your purpose; what you typed is not in it.
      </p>
    </EmptyState>
  );
}

function WhoForm({ carried }: { carried: Carried | null }): JSX.Element {
  const [text, setText] = useState(carried?.text ?? "");
  const [corrected, setCorrected] = useState<PersonAsked>(carried?.corrected ?? {});
  const read = asked_in(text, year());
  const asked = put_right(read, corrected);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (Object.keys(asked).length > 0) go(location.pathname + location.search, { carried: { text, corrected } });
  };
  return (
    <form class="tl-who" onSubmit={submit} autocomplete="off">
      <div class="tl-filter">
        <div class="govuk-form-group">
          <label class="govuk-label" for="who">
            Names, date of birth, phone, address, postcode: what is known, in any order
          </label>
          <input
            class="govuk-input"
            id="who"
            type="search"
            autocomplete="off"
            spellcheck={false}
            maxLength={300}
            value={text}
            aria-describedby="who-read"
            onInput={(event) => {
              setText(event.currentTarget.value);
              setCorrected({});
            }}
          />
        </div>
        <button class="govuk-button" type="submit">
          Ask
        </button>
      </div>
      <Understood asked={asked} />
      <details class="tl-details" open={Object.keys(corrected).length > 0}>
        <summary>Put it right field by field</summary>
        <div class="tl-who__fields">
          {k_details.map(({ name, words, hint }) => (
            <Field
              key={name}
              id={`who-${name}`}
              label={words}
              {...(hint === undefined ? {} : { hint })}
              value={corrected[name] ?? read[name] ?? ""}
              change={(value) => setCorrected({ ...corrected, [name]: value })}
              input={{ autocomplete: "off", spellcheck: false, maxLength: 120 }}
            />
          ))}
        </div>
      </details>
    </form>
  );
}

// What was made of the words, as they are typed.
function Understood({ asked }: { asked: PersonAsked }): JSX.Element {
  const known = k_details.filter(({ name }) => asked[name] !== undefined);
  return (
    <p class="tl-who__read" id="who-read" aria-live="polite">
      {known.length > 0 && <span class="tl-quiet">Read as </span>}
      {known.map(({ name, words }) => (
        <span key={name} class="tl-who__detail">
          {words.toLowerCase()} <strong>{detail_words(name, asked)}</strong>
        </span>
      ))}
    </p>
  );
}

function detail_words(name: Detail, asked: PersonAsked): string {
  const value = asked[name] ?? "";
  return name === "birth" ? with_dates_in_words(value) : value;
}

function Asked({ asked }: { asked: PersonAsked }): JSX.Element {
  const { body: report, problem, again } = usePosted("/api/people/who", asked);
  if (problem !== null) return <LinksTrouble problem={problem} again={again} />;
  if (report === null) return <Waiting what="Asking who knows this person" />;
  return <WhoAnswer report={report} />;
}

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { go, query_text, useAddress, type Address } from "../../address/address";
import { Link } from "../../address/link";
import type { SearchAnswer } from "../../api/types";
import { usePosted } from "../../api/use_posted";
import { count_words } from "../../format/numbers";
import { EmptyState } from "../../parts/empty_state";
import { PageHead } from "../../parts/page_head";
import { Waiting } from "../../parts/problem_view";
import { Trouble } from "../../parts/refusal";
import "./search.scss";

// The words are kept with the history entry, so that going back finds them again, and never in the address.
function carried_text({ carried }: Address): string {
  const has_text =
    typeof carried === "object" && carried !== null && "text" in carried && typeof carried.text === "string";
  return has_text ? (carried as { text: string }).text : "";
}

export default function SearchPage(): JSX.Element {
  const address = useAddress();
  const text = carried_text(address);
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const seek = (words: string): void => {
    if (words.trim() !== "") go(address.path + query_text(address.query), { carried: { text: words.trim() } });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    seek(typed);
  };
  return (
    <>
      <PageHead title="Search" is_printed={false} />
      <form class="tl-filter tl-seek" onSubmit={submit}>
        <div class="govuk-form-group">
          <label class="govuk-label" for="seek">
            Places, offences, sources, extracts, records, figures, accounts, entries
          </label>
          <input
            class="govuk-input"
            id="seek"
            type="search"
            autocomplete="off"
            maxLength={200}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button class="govuk-button" type="submit">
          Search
        </button>
      </form>
      {text === "" ? (
        <EmptyState title="What can be found">
          <p>
            A place (“Southend”), a code (E06000033), an offence (“drugs”), a source or a file, an extract or a record
            by its first digits, a figure by its name, an entry by its number. Misspellings are forgiven. People in
            records are not searched.
          </p>
        </EmptyState>
      ) : (
        <Results text={text} seek={seek} />
      )}
    </>
  );
}

function Results({ text, seek }: { text: string; seek: (words: string) => void }): JSX.Element {
  const { body: answer, problem, again } = usePosted("/api/search", { text });
  if (problem !== null) return <Trouble problem={problem} again={again} />;
  if (answer === null) return <Waiting what="Searching" />;
  const found = answer.groups.reduce((sum, group) => sum + group.hits.length, 0);
  const { meant } = answer;
  return (
    <>
      <p role="status" class="tl-quiet">
        {found === 0 ? `Nothing was found for “${text}”.` : `${count_words(found, "result")} for “${text}”`}
      </p>
      {meant !== null && meant !== "" && (
        <p>
          Did you mean{" "}
          <button class="tl-text-button" type="button" onClick={() => seek(meant)}>
            {meant}
          </button>
          ?
        </p>
      )}
      {found === 0 && (meant === null || meant === "") && (
        <p class="tl-note">
          Fewer or other words may find more. Files and their sources are all listed under{" "}
          <Link href="/sources">Sources</Link>.
        </p>
      )}
      <Hits answer={answer} />
    </>
  );
}

// Arrow keys go from hit to hit, as in a list.
function Hits({ answer }: { answer: SearchAnswer }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    const way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const links = [...(root.current?.querySelectorAll("a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    const next = links[at + way];
    if (way === 0 || at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div ref={root} onKeyDown={step}>
      {answer.groups.map((group) => (
        <section key={group.kind + group.title} class="tl-hits">
          <h2 class="govuk-heading-s">{group.title}</h2>
          <ul class="tl-plain-list">
            {group.hits.map((hit) => (
              <li key={hit.page + hit.title}>
                <Link href={hit.page}>{hit.title}</Link> <span class="tl-quiet">{hit.detail}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

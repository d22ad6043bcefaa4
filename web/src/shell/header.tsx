import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { go, keeping_as_of, useAddress } from "../address/address";
import { Link } from "../address/link";
import { k_pages, page_at } from "../pages/registry";
import { Popover } from "../parts/popover";
import { useSession } from "../session/session";
import { keep_theme, kept_theme, type Theme } from "./theme";
import { Wordmark } from "./wordmark";

const k_role_words = {
  administrator: "Administrator",
  analyst: "Analyst",
  practitioner: "Practitioner",
  auditor: "Auditor",
} as const;

export function Header(): JSX.Element {
  const session = useSession();
  const here = page_at(useAddress().path);
  const is_in = session.state?.signed_in === true;
  return (
    <header class="tl-header">
      <div class="tl-header__in">
        <Link href="/" class="tl-header__home" aria-label="Throughline, home">
          <Wordmark />
        </Link>
        {is_in && (
          <nav class="tl-nav" aria-label="Pages">
            <ul>
              {k_pages
                .filter((page) => page.in_menu)
                .map((page) => (
                  <li key={page.path}>
                    <Link
                      href={page.path}
                      class="tl-nav__link"
                      {...(here === page ? { "aria-current": "page" as const } : {})}
                    >
                      {page.name}
                    </Link>
                  </li>
                ))}
            </ul>
          </nav>
        )}
        {is_in && <SearchBox />}
        <div class="tl-header__end">{is_in ? <AccountMenu /> : <ThemeChoice />}</div>
      </div>
    </header>
  );
}

// The words go with the history entry and not into the address: they may name a person.
function SearchBox(): JSX.Element | null {
  const [text, setText] = useState("");
  const as_of = useAddress().query.get("as_of");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A stroke of "/" goes to the search, unless it is being typed somewhere.
    const seek = (event: KeyboardEvent): void => {
      const is_typing =
        event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || is_typing) return;
      if (document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", seek);
    return () => removeEventListener("keydown", seek);
  }, []);
  if (!k_pages.some((page) => page.path === "/search")) return null;
  const search = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== "") go(keeping_as_of("/search", as_of), { carried: { text: text.trim() } });
  };
  return (
    <form class="tl-search" role="search" onSubmit={search}>
      <label class="govuk-visually-hidden" for="search-text">
        Search places, offences, extracts, records and log entries
      </label>
      <input
        id="search-text"
        ref={input}
        type="search"
        autocomplete="off"
        maxLength={200}
        placeholder="Search"
        aria-keyshortcuts="/"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" aria-label="Search">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="6.5" cy="6.5" r="4.5" fill="none" stroke="currentColor" stroke-width="2" />
          <path d="M10 10l5 5" stroke="currentColor" stroke-width="2" />
        </svg>
      </button>
    </form>
  );
}

function AccountMenu(): JSX.Element | null {
  const session = useSession();
  const account = session.state?.account;
  if (!account) return null;
  const roles = account.roles.map((role) => k_role_words[role]).join(", ");
  return (
    <Popover
      name="Account"
      align="right"
      label={
        <span class="tl-account">
          {account.agency} <span aria-hidden="true">·</span> {roles === "" ? "no role" : roles}
        </span>
      }
    >
      {(close) => (
        <>
          <p class="tl-menu__who">
            <strong>{account.person_name}</strong>
            <br />
            <span class="tl-quiet">
              {account.name}, {account.agency}
              <br />
              {roles}
            </span>
          </p>
          <p>
            <Link href="/account">Your account and password</Link>
          </p>
          <ThemeChoice />
          <button
            class="govuk-button govuk-button--secondary"
            type="button"
            onClick={() => {
              close();
              void session.sign_out();
            }}
          >
            Sign out
          </button>
        </>
      )}
    </Popover>
  );
}

const k_themes: readonly { theme: Theme; words: string }[] = [
  { theme: "system", words: "As the system" },
  { theme: "light", words: "Light" },
  { theme: "dark", words: "Dark" },
];

function ThemeChoice(): JSX.Element {
  const [theme, setTheme] = useState(kept_theme);
  const choose = (next: Theme): void => {
    keep_theme(next);
    setTheme(next);
  };
  return (
    <div class="tl-toggle" role="group" aria-label="Colours">
      {k_themes.map((each) => (
        <button key={each.theme} type="button" aria-pressed={each.theme === theme} onClick={() => choose(each.theme)}>
          {each.words}
        </button>
      ))}
    </div>
  );
}

import type { ComponentChildren, JSX } from "preact";
import { go, keeping_as_of, useAddress } from "./address";

interface LinkProps {
  href: string;
  children: ComponentChildren;
  class?: string;
  "aria-current"?: "page" | "true";
  "aria-label"?: string;
}

// A click with a modifier, or of another button, is the browser's own: a new tab, a download.
export function is_plain_click(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

// A link to a page of this site: goes there without loading everything again.
export function Link({ href, children, class: name = "govuk-link", ...rest }: LinkProps): JSX.Element {
  const target = keeping_as_of(href, useAddress().query.get("as_of"));
  const follow = (event: MouseEvent): void => {
    if (!is_plain_click(event) || event.defaultPrevented) return;
    event.preventDefault();
    go(target);
    scrollTo(0, 0);
  };
  return (
    <a {...rest} class={name} href={target} onClick={follow}>
      {children}
    </a>
  );
}

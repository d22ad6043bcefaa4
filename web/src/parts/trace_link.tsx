import type { ComponentChildren, JSX } from "preact";
import { go, useAddress, with_query } from "../address/address";
import { is_plain_click } from "../address/link";

export type TraceKind = "figure" | "extract" | "record";

// What can be traced has a name of a shape that nothing else has.
export function trace_kind(name: string): TraceKind | null {
  if (/^[0-9a-f]{16}$/.test(name)) return "extract";
  if (/^[0-9a-f]{16}:\d+$/.test(name)) return "record";
  if (/^[a-z-]+\/[a-z0-9-]+\/[A-Z]\d{8}\/[0-9Q.-]+(@\d{4}-\d{2}-\d{2})?$/.test(name)) return "figure";
  return null;
}

interface TraceLinkProps {
  name: string;
  children?: ComponentChildren;
  // Said to those who do not see where the link stands.
  of?: string;
  class?: string;
}

// Opens the trace of a figure, record or extract beside the page. It is a link: it can be opened in a tab, copied and sent.
export function TraceLink({ name, children, of, class: look = "govuk-link" }: TraceLinkProps): JSX.Element {
  const address = useAddress();
  const href = with_query(address, { trace: name });
  const open = (event: MouseEvent): void => {
    if (!is_plain_click(event)) return;
    event.preventDefault();
    go(href);
  };
  // A trace that names itself leads nowhere.
  if (address.query.get("trace") === name) return <span class="tl-id">{children ?? name}</span>;
  return (
    <a class={look} href={href} onClick={open}>
      {children ?? "How do we know?"}
      {of !== undefined && <span class="govuk-visually-hidden"> {of}</span>}
    </a>
  );
}

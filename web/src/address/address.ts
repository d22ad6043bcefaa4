// The address bar holds the state of every page: what is seen can be left, shared, printed and come back to.
import { useEffect, useState } from "preact/hooks";

export interface Address {
  path: string;
  query: URLSearchParams;
  // What may hold a personal value, such as the words of a search, travels with the history entry and never in the address.
  carried: unknown;
}

export interface Going {
  replace?: boolean;
  carried?: unknown;
}

const listeners = new Set<() => void>();

export function current_address(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search), carried: history.state as unknown };
}

function tell(): void {
  for (const listener of listeners) listener();
}

export function go(href: string, { replace = false, carried = null }: Going = {}): void {
  if (replace) history.replaceState(carried, "", href);
  else history.pushState(carried, "", href);
  tell();
}

export function watch_address(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

// The address as it is now; the component is drawn again when it changes.
export function useAddress(): Address {
  const [address, setAddress] = useState(current_address);
  useEffect(() => {
    const see = (): void => setAddress(current_address());
    addEventListener("popstate", see);
    const forget = watch_address(see);
    see();
    return () => {
      removeEventListener("popstate", see);
      forget();
    };
  }, []);
  return address;
}

// A query with readable commas, slashes and colons, which need no escape in a query.
export function query_text(query: URLSearchParams): string {
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

// The address with some of its query changed; null and "" take a name out.
export function with_query(address: Pick<Address, "path" | "query">, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(address.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  return address.path + query_text(query);
}

// A link within the site keeps the date as of which everything is seen, unless it names its own.
export function keeping_as_of(href: string, as_of: string | null): string {
  if (as_of === null || !href.startsWith("/") || href.startsWith("/api/")) return href;
  const [before_hash = "", hash = ""] = href.split("#", 2);
  const [path = "", query = ""] = before_hash.split("?", 2);
  const parts = new URLSearchParams(query);
  if (!parts.has("as_of")) parts.set("as_of", as_of);
  return path + query_text(parts) + (hash === "" ? "" : `#${hash}`);
}

import { useMemo } from "preact/hooks";
import { go, query_text, useAddress } from "./address";

// How a page's state is written into the query and read from it. Whatever a person may type into the address is read as
// something that can be shown; what is as it would be anyway is not written.
export interface StateCodec<State> {
  read: (query: URLSearchParams) => State;
  write: (state: State, query: URLSearchParams) => void;
}

// Into the query, unless it is as it would be anyway.
export function write_unless(query: URLSearchParams, name: string, value: string, usual: string): void {
  if (value === usual) query.delete(name);
  else query.set(name, value);
}

export type ChangeState<State> = (change: Partial<State>, options?: { replace?: boolean }) => void;

export function usePageState<State extends object>(codec: StateCodec<State>): [State, ChangeState<State>] {
  const address = useAddress();
  const text = address.query.toString();
  const state = useMemo(() => codec.read(new URLSearchParams(text)), [codec, text]);
  const change: ChangeState<State> = (part, { replace = false } = {}) => {
    const query = new URLSearchParams(location.search);
    codec.write({ ...codec.read(query), ...part }, query);
    go(location.pathname + query_text(query), { replace });
  };
  return [state, change];
}

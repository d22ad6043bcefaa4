import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

interface Handling {
  words: string;
  set: (words: string) => void;
}

const HandlingContext = createContext<Handling>({ words: "", set: () => undefined });

const k_unmarked = "Nothing on this page carries a mark";

export function HandlingProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const [words, set] = useState(k_unmarked);
  return <HandlingContext.Provider value={{ words, set }}>{children}</HandlingContext.Provider>;
}

// A page says here the strictest mark of anything on it, in words. When it is left, the mark goes with it.
export function useHandling(words: string): void {
  const { set } = useContext(HandlingContext);
  useEffect(() => {
    set(words);
    return () => set(k_unmarked);
  }, [words, set]);
}

export function HandlingLine(): JSX.Element {
  return (
    <p class="tl-handling">
      <span class="tl-handling__label">Handling:</span> {useContext(HandlingContext).words}
    </p>
  );
}

// The mark of data by their class, in words.
export function handling_words(data_class: string | null): string {
  switch (data_class) {
    case "published":
      return "Published; may be shared under its licence";
    case "personal":
      return "Personal data: for your purpose alone, not to be passed on";
    case "sensitive":
      return "Sensitive personal data: for your purpose alone, not to be passed on";
    default:
      return k_unmarked;
  }
}

import { useEffect } from "preact/hooks";

// What the tab, the history and the top of a print say.
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Throughline" : `${title} – Throughline`;
  }, [title]);
}

import type { ComponentChildren, JSX } from "preact";

interface EmptyStateProps {
  title: string; // What belongs here.
  children: ComponentChildren; // What fills it: a button, a link, a command.
}

// A page without data teaches what belongs there and how it gets there.
export function EmptyState({ title, children }: EmptyStateProps): JSX.Element {
  return (
    <div class="tl-empty">
      <p class="tl-empty__title">{title}</p>
      {children}
    </div>
  );
}

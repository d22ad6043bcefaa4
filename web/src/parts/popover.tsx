import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

interface PopoverProps {
  label: ComponentChildren; // On the button.
  name: string; // What opens, for those who do not see it.
  align?: "left" | "right";
  children: (close: () => void) => ComponentChildren;
}

// A button that opens a small panel below it. Escape and a click elsewhere close it; the button gets the focus back.
export function Popover({ label, name, align = "left", children }: PopoverProps): JSX.Element {
  const [is_open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!is_open) return undefined;
    root.current?.querySelector<HTMLElement>(".tl-popover__panel :is(input, select, textarea, a, button)")?.focus();
    const outside = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [is_open]);
  return (
    <div
      class="tl-popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === "Escape" && is_open) close();
      }}
    >
      <button
        class="tl-popover__button"
        type="button"
        aria-expanded={is_open}
        aria-controls={id}
        onClick={() => setOpen(!is_open)}
      >
        {label}
        <span class="tl-popover__mark" aria-hidden="true">
          ▾
        </span>
      </button>
      {is_open && (
        <div class={`tl-popover__panel tl-popover__panel--${align}`} id={id} role="group" aria-label={name}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

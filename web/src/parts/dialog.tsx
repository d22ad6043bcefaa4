import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  close: () => void; // On Escape too.
  children: ComponentChildren;
}

// A small window over the page. The browser keeps the focus inside, closes it on Escape and gives the focus back.
export function Dialog({ title, close, children }: DialogProps): JSX.Element {
  const shown = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = shown.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const cancelled = (event: Event): void => {
    event.preventDefault();
    close();
  };
  return (
    <dialog class="tl-dialog" ref={shown} aria-labelledby={id} onCancel={cancelled}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}

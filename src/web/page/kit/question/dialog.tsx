import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly size?: 'large' | undefined;
  /** Called when it is closed, by the Escape key too. */
  readonly onClose: () => void;
  /** Asked before the Escape key, or a gesture that means the same, closes it. */
  readonly mayClose?: () => boolean;
}

const always = () => true;

/** A question that has to be answered first. The browser keeps the focus in it, and gives it back afterwards. */
export function Dialog({ title, children, size, onClose, mayClose = always }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={size}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        // Left to the browser, a second Escape would close it without being asked.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (mayClose()) onClose();
      }}
      onCancel={(event) => {
        if (event.target === event.currentTarget && !mayClose()) event.preventDefault();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

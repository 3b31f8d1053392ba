import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { announce } from '../announcements.js';
import { useForm } from '../form/form.js';
import { Question } from './question.js';

interface AskedButtonProps {
  /** What it does: on the button, and as the title of the question. */
  readonly name: string;
  /** What else a screen reader says of it, where several have the same name. */
  readonly label?: string;
  /** What comes of it. */
  readonly about: string;
  /** Said once it is done. */
  readonly done: string;
  /** Whether something is lost by it. */
  readonly isDanger?: boolean;
  /** More to be said or shown in the question, such as fields. */
  readonly children?: ComponentChildren;
  readonly act: (fields: Readonly<Record<string, string>>) => Promise<unknown>;
}

/** A button for what is done only after it was asked. */
export function AskedButton({ name, label, about, done, isDanger = false, children, act }: AskedButtonProps) {
  const isAsked = useSignal(false);
  const close = () => {
    isAsked.value = false;
  };
  const form = useForm(async (fields) => {
    await act(fields);
    close();
    announce(done);
  });
  const open = () => {
    form.problem.value = null;
    isAsked.value = true;
  };
  return (
    <>
      <button type="button" aria-label={label} onClick={open}>
        {name}
      </button>
      {isAsked.value && (
        <Question title={label ?? name} action={name} isDanger={isDanger} form={form} onClose={close}>
          <p>{about}</p>
          {children}
        </Question>
      )}
    </>
  );
}

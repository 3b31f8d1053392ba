import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { say } from '../texts.js';
import { announce } from './announcements.js';
import { Dialog } from './dialog.js';
import { useForm } from './form.js';
import { ProblemText } from './problem-text.js';

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
export function AskedButton({ name, label, about, done, isDanger, children, act }: AskedButtonProps) {
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
        <Dialog title={label ?? name} onClose={close}>
          <p>{about}</p>
          <form class="fields" onSubmit={form.submit}>
            <ProblemText problem={form.problem.value} />
            {children}
            <div class="buttons">
              <button type="button" onClick={close}>
                {say('shell.cancel')}
              </button>
              <button type="submit" class={isDanger ? 'main danger' : 'main'} disabled={form.isBusy.value}>
                {name}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}

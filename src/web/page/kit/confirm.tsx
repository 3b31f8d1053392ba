import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Conflict, sendAgainst } from '../api/send-against.js';
import { say } from '../texts.js';
import { ConflictText } from './conflict-text.js';
import { Dialog } from './dialog.js';
import { useForm } from './form.js';
import { ProblemText } from './problem-text.js';

interface ConfirmProps {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  readonly children: ComponentChildren;
  /** What of the settings it changes, as seen at a version: whoever has not seen what others changed of it is told before. */
  readonly place: readonly string[];
  readonly version: number;
  readonly send: (basis: number, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Something that cannot be undone by a click is asked for first. */
export function Confirm({ title, action, children, place, version, send, onDone, onClose }: ConfirmProps) {
  const basis = useRef(version);
  const conflict = useSignal<Conflict | null>(null);
  const form = useForm(async (fields) => {
    conflict.value = null;
    try {
      await sendAgainst(place, basis.current, (seen) => send(seen, fields));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      basis.current = error.version;
      conflict.value = error;
      return;
    }
    onDone();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="editor" onSubmit={form.submit}>
        {children}
        <ProblemText problem={form.problem.value} />
        <ConflictText conflict={conflict.value} />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main danger" disabled={form.isBusy.value}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

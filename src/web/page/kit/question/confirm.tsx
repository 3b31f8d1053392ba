import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Conflict, sendAgainst } from '../../api/send-against.js';
import { useForm } from '../form/form.js';
import { Question } from './question.js';

interface ConfirmProps {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  readonly children: ComponentChildren;
  /** What of the settings it changes, as seen at a version: whoever has not seen what others changed of it is told before. */
  readonly place: readonly string[];
  readonly version: number;
  readonly send: (basis: number, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  /** The question waits for it. */
  readonly onDone: () => unknown;
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
    await onDone();
  });
  return (
    <Question title={title} action={action} isDanger form={form} conflict={conflict.value} onClose={onClose}>
      {children}
    </Question>
  );
}

import type { ComponentChildren } from 'preact';
import { say } from '../../texts.js';
import { announce } from '../announcements.js';
import { Confirm } from './confirm.js';

interface RemoveEntryProps {
  readonly title: string;
  /** What the button says, where it says more. */
  readonly action?: string;
  /** What comes of it. */
  readonly children: ComponentChildren;
  /** Said once it is gone. */
  readonly gone: string;
  readonly place: readonly string[];
  readonly version: number;
  readonly send: (basis: number, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly onClose: () => void;
  /** The question waits for it. */
  readonly onRemoved: () => unknown;
}

/** Asks before an entry of a list goes. */
export function RemoveEntry({ action = say('form.remove'), gone, onRemoved, ...question }: RemoveEntryProps) {
  return (
    <Confirm
      {...question}
      action={action}
      onDone={() => {
        announce(gone);
        return onRemoved();
      }}
    />
  );
}

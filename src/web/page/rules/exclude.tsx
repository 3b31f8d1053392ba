import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Fault } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';

export type ExcludedKind = 'extensions' | 'numbers';

/** Whoever is excluded. */
export interface Excluded {
  readonly kind: ExcludedKind;
  readonly number: string;
}

interface ExcludeFormProps {
  readonly kind: ExcludedKind;
  /** The form waits for it. */
  readonly onExcluded: () => Promise<void>;
  /** The field for the number, with what is wrong with it. */
  readonly children: (fault: Fault | undefined) => ComponentChildren;
}

/** Excludes somebody, at once. */
export function ExcludeForm({ kind, onExcluded, children }: ExcludeFormProps) {
  // The field is a new one after each that was taken, and so empty again.
  const taken = useSignal(0);
  const form = useForm(async ({ number: typed = '' }) => {
    const number = typed.replaceAll(/[\s/()-]/g, '');
    if (number === '') return;
    await ask('PUT', '/exclusions/{kind}/{number}', { kind, number }, '*');
    announce(say('rules.isExcluded', { number }));
    await onExcluded();
    taken.value += 1;
  });
  return (
    <form class="exclude" {...form.on}>
      <div key={taken.value}>{children(form.problem.value?.faultAt('number'))}</div>
      <ProblemText problem={form.problem.value} fields={['number']} />
      <button type="submit" disabled={form.isBusy.value}>
        {say('rules.exclude')}
      </button>
    </form>
  );
}

interface IncludeProps {
  readonly excluded: Excluded;
  readonly version: number;
  readonly onClose: () => void;
  readonly onDone: () => unknown;
}

/** Asks before somebody can be listened to again. */
export function Include({ excluded: { kind, number }, version, onClose, onDone }: IncludeProps) {
  return (
    <RemoveEntry
      title={say('rules.include', { number })}
      place={['exclusions', kind]}
      version={version}
      send={(basis) => ask('DELETE', '/exclusions/{kind}/{number}', { kind, number }, basis)}
      onClose={onClose}
      gone={say('rules.isIncluded', { number })}
      onRemoved={onDone}
    >
      <p>{say('rules.includeAbout')}</p>
    </RemoveEntry>
  );
}

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type ApiProblem, asProblem, type Fault } from '../../api/api-problem.js';
import { Conflict, sendAgainst } from '../../api/send-against.js';
import { checkAfterMs } from './check-after.js';
import { nameOfField } from './named-field.js';

/** How something is sent: against which version, and whether it is only to be checked. */
export interface How {
  readonly basis: number | '*';
  readonly dryRun: boolean;
}

export interface EditOptions<Sent, Answer> {
  /** The version of the settings that the form was filled from. */
  readonly version: number;
  /** What of the settings it is about, such as `['extensions', '101']`. */
  readonly place: (sent: Sent) => readonly string[];
  /** What the fields say. */
  readonly read: (data: FormData) => Sent;
  readonly send: (sent: Sent, how: How) => Promise<Answer>;
  /** What follows from it; the form waits for that too. */
  readonly onSaved: (answer: Answer, sent: Sent) => unknown;
}

/** A form that changes something which others may change at the same time. */
export interface Edit {
  /** Why it was not taken. */
  readonly problem: Signal<ApiProblem | null>;
  /** What others have changed since. */
  readonly conflict: Signal<Conflict | null>;
  readonly isBusy: Signal<boolean>;
  /** Whether there is something to lose. */
  readonly isChanged: Signal<boolean>;
  /** What is wrong with a field that was filled in, or with any once it was sent. */
  faultAt(field: string): Fault | undefined;
  readonly onInput: (event: Event) => void;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/** The version that a change has made, where it has one. */
function versionIn(answer: unknown): number | undefined {
  const { version } = Object(answer);
  return typeof version === 'number' ? version : undefined;
}

/** Fields are checked by the box a moment after they were typed in, and taken by it when the form is sent. */
export function useEdit<Sent, Answer>({ version, place, read, send, onSaved }: EditOptions<Sent, Answer>): Edit {
  const problem = useSignal<ApiProblem | null>(null);
  const found = useSignal<ApiProblem | null>(null);
  const conflict = useSignal<Conflict | null>(null);
  const isBusy = useSignal(false);
  const isChanged = useSignal(false);
  const state = useRef({ basis: version, touched: new Set<string>(), isSent: false, checks: 0, timer: 0 });
  const { current: now } = state;
  useEffect(() => () => clearTimeout(now.timer), [now]);

  async function check(sent: Sent): Promise<void> {
    now.checks += 1;
    const { checks } = now;
    const result = await send(sent, { basis: '*', dryRun: true }).then(() => null, asProblem);
    if (checks === now.checks) found.value = result;
  }

  async function save(sent: Sent): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    clearTimeout(now.timer);
    now.checks += 1;
    try {
      [problem.value, conflict.value] = [null, null];
      const answer = await sendAgainst(place(sent), now.basis, (basis) => send(sent, { basis, dryRun: false }));
      isChanged.value = false;
      found.value = null;
      now.basis = versionIn(answer) ?? now.basis;
      await onSaved(answer, sent);
    } catch (error) {
      if (error instanceof Conflict) {
        conflict.value = error;
        now.basis = error.version;
      } else {
        problem.value = asProblem(error);
        found.value = problem.value;
        now.isSent = true;
      }
    }
    isBusy.value = false;
  }

  return {
    problem,
    conflict,
    isBusy,
    isChanged,
    faultAt(field) {
      // Read in any case, so that whoever shows it hears of what the box finds.
      const fault = found.value?.faultAt(field);
      return now.isSent || now.touched.has(field) ? fault : undefined;
    },
    onInput({ target, currentTarget: form }) {
      if (!(form instanceof HTMLFormElement)) return;
      isChanged.value = true;
      const field = nameOfField(target);
      if (field !== null) now.touched.add(field);
      clearTimeout(now.timer);
      now.timer = window.setTimeout(() => void check(read(new FormData(form))), checkAfterMs);
    },
    onSubmit(event) {
      event.preventDefault();
      const { currentTarget: form } = event;
      if (form instanceof HTMLFormElement) void save(read(new FormData(form)));
    },
  };
}

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type ApiProblem, asProblem, type Fault } from '../../api/api-problem.js';
import { checkAfterMs } from './check-after.js';
import { nameOfField } from './named-field.js';

export interface Form {
  /** Why it was not taken. */
  readonly problem: Signal<ApiProblem | null>;
  readonly isBusy: Signal<boolean>;
  /** What is wrong with a field: with any once it was sent, and with one that was filled in where the form is checked while it is typed. */
  faultAt(field: string): Fault | undefined;
  /** What every such form heeds. */
  readonly on: {
    readonly onSubmit: (event: SubmitEvent) => void;
    /** What is wrong with a field is not said any more once it is filled in anew. */
    readonly onInput: (event: Event) => void;
  };
  /** As if these fields had been sent. */
  send(fields: Fields): void;
}

type Fields = Readonly<Record<string, string>>;

/**
 * A form that is sent once at a time; what the box says to it stays until it is sent again, or for a field until that changes. Where it has several
 * buttons, theirs is the field that says which.
 * @param check Made a moment after something was typed; what it throws is said at the fields that were filled in.
 */
export function useForm(
  send: (fields: Fields, data: FormData) => Promise<unknown>,
  check?: (fields: Fields, data: FormData) => unknown,
): Form {
  const problem = useSignal<ApiProblem | null>(null);
  const found = useSignal<ApiProblem | null>(null);
  const isBusy = useSignal(false);
  const { current: typing } = useRef({ touched: new Set<string>(), checks: 0, timer: 0 });
  useEffect(() => () => clearTimeout(typing.timer), [typing]);

  const sendOnce = async (data: FormData) => {
    if (isBusy.value) return;
    isBusy.value = true;
    clearTimeout(typing.timer);
    typing.checks += 1;
    try {
      [problem.value, found.value] = [null, null];
      await send(fieldsOf(data), data);
    } catch (error) {
      problem.value = asProblem(error);
    }
    isBusy.value = false;
  };

  const checkSoon = (form: HTMLFormElement) => {
    clearTimeout(typing.timer);
    typing.timer = window.setTimeout(async () => {
      typing.checks += 1;
      const { checks } = typing;
      const data = new FormData(form);
      const result = await Promise.resolve(fieldsOf(data))
        .then((fields) => check?.(fields, data))
        .then(() => null, asProblem);
      if (checks === typing.checks) found.value = result;
    }, checkAfterMs);
  };

  return {
    problem,
    isBusy,
    faultAt(field) {
      // Both are read in any case, so that whoever shows it hears of what is found.
      const [sent, typed] = [problem.value?.faultAt(field), found.value?.faultAt(field)];
      return sent ?? (typing.touched.has(field) ? typed : undefined);
    },
    send(fields) {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      void sendOnce(data);
    },
    on: {
      onInput({ target, currentTarget: form }) {
        const field = nameOfField(target);
        if (field !== null) {
          problem.value = problem.value?.without(field) ?? null;
          typing.touched.add(field);
        }
        if (check && form instanceof HTMLFormElement) checkSoon(form);
      },
      onSubmit(event) {
        event.preventDefault();
        const { currentTarget, submitter } = event;
        if (currentTarget instanceof HTMLFormElement) void sendOnce(new FormData(currentTarget, submitter));
      },
    },
  };
}

const fieldsOf = (data: FormData): Fields =>
  Object.fromEntries([...data].map(([name, value]): [string, string] => [name, String(value)]));

import { type Signal, useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../../api/api-problem.js';

export interface Form {
  /** Why it was not taken. */
  readonly problem: Signal<ApiProblem | null>;
  readonly isBusy: Signal<boolean>;
  /** What every such form heeds. */
  readonly on: {
    readonly onSubmit: (event: SubmitEvent) => void;
    /** What is wrong with a field is not said any more once it is filled in anew. */
    readonly onInput: (event: Event) => void;
  };
  /** As if these fields had been sent. */
  send(fields: Readonly<Record<string, string>>): void;
}

/**
 * A form that is sent once at a time; what the box says to it stays until it is sent again, or for a field until that changes. Where it has several
 * buttons, theirs is the field that says which.
 */
export function useForm(send: (fields: Readonly<Record<string, string>>, data: FormData) => Promise<unknown>): Form {
  const problem = useSignal<ApiProblem | null>(null);
  const isBusy = useSignal(false);
  const sendOnce = async (data: FormData) => {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      problem.value = null;
      await send(fieldsOf(data), data);
    } catch (error) {
      problem.value = asProblem(error);
    }
    isBusy.value = false;
  };
  return {
    problem,
    isBusy,
    send(fields) {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      void sendOnce(data);
    },
    on: {
      onInput({ target }) {
        problem.value = problem.value?.without(Reflect.get(Object(target), 'name') ?? '') ?? null;
      },
      onSubmit(event) {
        event.preventDefault();
        const { currentTarget, submitter } = event;
        if (currentTarget instanceof HTMLFormElement) void sendOnce(new FormData(currentTarget, submitter));
      },
    },
  };
}

const fieldsOf = (data: FormData) =>
  Object.fromEntries([...data].map(([name, value]): [string, string] => [name, String(value)]));

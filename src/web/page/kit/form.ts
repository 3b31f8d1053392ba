import { type Signal, useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api/api-problem.js';

export interface Form {
  /** Why it was not taken. */
  readonly problem: Signal<ApiProblem | null>;
  readonly isBusy: Signal<boolean>;
  submit(event: SubmitEvent): void;
}

/** A form that is sent once at a time; what the box says to it stays until it is sent again. */
export function useForm(send: (fields: Readonly<Record<string, string>>) => Promise<unknown>): Form {
  const problem = useSignal<ApiProblem | null>(null);
  const isBusy = useSignal(false);
  const submit = async (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
    isBusy.value = true;
    try {
      problem.value = null;
      await send(Object.fromEntries(fields));
    } catch (error) {
      problem.value = asProblem(error);
    }
    isBusy.value = false;
  };
  return {
    problem,
    isBusy,
    submit(event) {
      event.preventDefault();
      if (!isBusy.value && event.currentTarget instanceof HTMLFormElement) void submit(event.currentTarget);
    },
  };
}

import type { ComponentChildren } from 'preact';
import type { Form } from '../kit/form/form.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { StepCount } from './step-count.js';
import { after, type LaterStep, pathOf } from './steps.js';

interface StepFrameProps {
  readonly step: LaterStep;
  readonly title: string;
  readonly about: string;
  /** Null where there is nothing to be sent yet. */
  readonly form: Form | null;
  /** Those of its fields that say themselves what is wrong with them. */
  readonly fields?: readonly string[];
  readonly send?: string;
  /** The words of the way past a form; null where it cannot wait. */
  readonly later?: string | null;
  readonly children?: ComponentChildren;
}

/** A step: what it is about, its form, and the way past it. */
export function StepFrame({
  step,
  title,
  about,
  form,
  fields = [],
  send = say('setUp.next'),
  later = say('setUp.later'),
  children,
}: StepFrameProps) {
  const past = form ? later : say('setUp.next');
  return (
    <form class="card" {...form?.on}>
      <div>
        <StepCount step={step} />
        <Heading>{title}</Heading>
      </div>
      <p>{about}</p>
      <ProblemText problem={form?.problem.value ?? null} fields={fields} />
      {children}
      <div class="buttons">
        <span role="status" class="note">
          {form?.isBusy.value && say('setUp.saving')}
        </span>
        {past !== null && (
          <a class={form ? 'button' : 'button main'} href={pathOf(after(step))}>
            {past}
          </a>
        )}
        {form && (
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {send}
          </button>
        )}
      </div>
    </form>
  );
}

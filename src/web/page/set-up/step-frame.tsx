import type { ComponentChildren } from 'preact';
import type { Form } from '../kit/form.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { after, type LaterStep, numberOf, pathOf, steps } from './steps.js';

interface StepFrameProps {
  readonly step: LaterStep;
  readonly title: string;
  readonly about: string;
  /** Null where there is nothing to be sent yet. */
  readonly form: Form | null;
  readonly send?: string;
  readonly children?: ComponentChildren;
}

/** A step: what it is about, its form, and the way past it. */
export function StepFrame({ step, title, about, form, send = say('setUp.next'), children }: StepFrameProps) {
  return (
    <form class="card" onSubmit={form?.submit}>
      <div>
        <p class="note">{say('setUp.stepOf', { number: numberOf(step), of: steps.length })}</p>
        <Heading>{title}</Heading>
      </div>
      <p>{about}</p>
      <ProblemText problem={form?.problem.value ?? null} />
      {children}
      <div class="buttons">
        <a class={form ? 'button' : 'button main'} href={pathOf(after(step))}>
          {say(form ? 'setUp.later' : 'setUp.next')}
        </a>
        {form && (
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {send}
          </button>
        )}
      </div>
    </form>
  );
}

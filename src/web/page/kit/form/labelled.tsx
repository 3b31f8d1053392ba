import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Fault } from '../../api/api-problem.js';
import { faultText } from '../fault-text.js';

/** What every field has. */
export interface Labels {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What the box says is wrong with it. */
  readonly fault?: Fault | undefined;
}

/** What ties a field to its label and to what is said about it. */
export interface Ties {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface LabelledProps extends Labels {
  readonly children: (ties: Ties) => ComponentChildren;
}

/** A field with its label, what it means, and at it what the box has found wrong. */
export function Labelled({ label, hint = '', fault, children }: LabelledProps) {
  const id = useId();
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`];
  const describedBy = [fault ? faultId : '', hint === '' ? '' : hintId].filter((each) => each !== '').join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault ? true : undefined,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      })}
      {fault && (
        <p id={faultId} class="fault">
          {faultText(fault)}
        </p>
      )}
      {hint !== '' && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

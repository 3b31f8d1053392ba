import { useEffect, useId, useRef } from 'preact/hooks';
import type { Fault } from '../api/api-problem.js';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password';
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly isNeeded?: boolean;
  /** Whether the focus goes there when it appears. */
  readonly isFirst?: boolean;
  /** What the box says is wrong with it. */
  readonly fault?: Fault | undefined;
}

/** JSX knows the type of a field by one word only. */
const passwordType = { type: 'password' } as const;
const textType = { type: 'text' } as const;

/** A field of a form with its label, and at it what the box has found wrong. */
export function Field({
  name,
  label,
  type = 'text',
  hint,
  autocomplete = 'off',
  maxLength,
  isNeeded,
  isFirst,
  fault,
}: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const notes = [fault ? `${fault.text} ${fault.remedy ?? ''}` : '', hint ?? ''].filter((text) => text !== '');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        {...(type === 'password' ? passwordType : textType)}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        maxLength={maxLength}
        required={isNeeded}
        aria-invalid={fault ? true : undefined}
        aria-describedby={notes.length > 0 ? `${id}-notes` : undefined}
      />
      {notes.length > 0 && (
        <p id={`${id}-notes`} class={fault ? 'fault' : 'hint'}>
          {notes.join(' ')}
        </p>
      )}
    </div>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { Labelled, type Labels } from './labelled.js';

interface FieldProps extends Labels {
  readonly name: string;
  readonly type?: keyof typeof types;
  /** What stands in it at first. */
  readonly value?: string | number | undefined;
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly isNeeded?: boolean;
  /** Whether the focus goes there when it appears. */
  readonly isFirst?: boolean;
}

/** JSX knows the type of a field by one word only. A number is a text of digits: browsers turn the others by the wheel of the mouse. */
const types = {
  text: { type: 'text' },
  password: { type: 'password' },
  digits: { type: 'text', inputMode: 'numeric' },
  pin: { type: 'password', inputMode: 'numeric' },
  time: { type: 'time' },
} as const;

/** A field of a form. */
export function Field({
  name,
  type = 'text',
  value,
  autocomplete = 'off',
  maxLength,
  isNeeded,
  isFirst,
  ...labels
}: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <Labelled {...labels}>
      {(ties) => (
        <input
          ref={input}
          {...ties}
          name={name}
          {...types[type]}
          defaultValue={value}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          maxLength={maxLength}
          required={isNeeded}
        />
      )}
    </Labelled>
  );
}

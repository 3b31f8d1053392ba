import { Labelled, type Labels } from './labelled.js';

export type Choice = readonly [value: string, name: string];

interface SelectProps extends Labels {
  readonly name: string;
  readonly value?: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChange?: (value: string, form: HTMLFormElement | null) => void;
}

/** A field with a few values to choose from. */
export function Select({ name, value, choices, onChange, ...labels }: SelectProps) {
  return (
    <Labelled {...labels}>
      {(ties) => (
        <select
          {...ties}
          name={name}
          onChange={({ currentTarget }) => onChange?.(currentTarget.value, currentTarget.form)}
        >
          {choices.map(([each, text]) => (
            <option key={each} value={each} selected={each === value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

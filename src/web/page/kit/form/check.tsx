import { useId } from 'preact/hooks';

interface CheckProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly isChecked: boolean;
  readonly kind?: 'checkbox' | 'radio';
  readonly onChange?: () => void;
}

/** Something that is so, or is not. */
export function Check({ name, label, hint = '', value = 'yes', isChecked, kind = 'checkbox', onChange }: CheckProps) {
  const id = useId();
  const described = hint === '' ? {} : { 'aria-describedby': `${id}-hint` };
  const common = { id, name, value, defaultChecked: isChecked, onChange: () => onChange?.(), ...described };
  return (
    <div class="check">
      {kind === 'radio' ? <input type="radio" {...common} /> : <input type="checkbox" {...common} />}
      <label for={id}>{label}</label>
      {hint !== '' && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

import { useId } from 'preact/hooks';

interface DayFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
}

/** A day of the calendar, as the browser lets it be chosen. */
export function DayField({ name, label, value }: DayFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="date" name={name} defaultValue={value} />
    </div>
  );
}

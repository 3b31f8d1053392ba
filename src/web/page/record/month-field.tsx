import { useId } from 'preact/hooks';
import { monthForm } from '../../../primitives/calendar.js';

interface MonthFieldProps {
  readonly label: string;
  readonly value: string;
  onChange(month: string): void;
}

/** A month of the calendar, as the browser lets it be chosen; some let it be typed, such as 2026-11. */
export function MonthField({ label, value, onChange }: MonthFieldProps) {
  const id = useId();
  const changed = (typed: string) => {
    if (monthForm.test(typed)) onChange(typed);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="month" value={value} onChange={(event) => changed(event.currentTarget.value)} />
    </div>
  );
}

import { useId } from 'preact/hooks';
import type { Fault } from '../../api/api-problem.js';
import { faultText } from '../fault-text.js';
import { Check } from './check.js';

interface ChoicesProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly values: readonly Value[];
  readonly labelOf: (value: Value) => string;
  /** What is chosen at first; null where a person has to decide. */
  readonly value: Value | null;
  readonly fault?: Fault | undefined;
}

/** One of a few, all of which are seen at once. */
export function Choices<Value extends string>({ name, legend, values, labelOf, value, fault }: ChoicesProps<Value>) {
  const id = useId();
  return (
    <fieldset class="choices" aria-describedby={fault && id}>
      <legend>{legend}</legend>
      {fault && (
        <p id={id} class="fault">
          {faultText(fault)}
        </p>
      )}
      {values.map((each) => (
        <Check key={each} kind="radio" name={name} value={each} label={labelOf(each)} isChecked={each === value} />
      ))}
    </fieldset>
  );
}

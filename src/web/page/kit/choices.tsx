import { Check } from './check.js';

interface ChoicesProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly values: readonly Value[];
  readonly labelOf: (value: Value) => string;
  /** What is chosen at first. */
  readonly value: Value;
}

/** One of a few, all of which are seen at once. */
export function Choices<Value extends string>({ name, legend, values, labelOf, value }: ChoicesProps<Value>) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {values.map((each) => (
        <Check key={each} kind="radio" name={name} value={each} label={labelOf(each)} isChecked={each === value} />
      ))}
    </fieldset>
  );
}

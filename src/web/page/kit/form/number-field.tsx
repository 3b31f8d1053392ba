import { say } from '../../texts.js';
import { Field } from './field.js';
import type { Labels } from './labelled.js';

interface NumberFieldProps extends Labels {
  readonly name: string;
  /** What it may be; said before anybody gets it wrong. */
  readonly bounds: { readonly from: number; readonly to: number };
  readonly value: number | null | undefined;
}

/** A field for a whole number. */
export function NumberField({ bounds, value, hint, ...field }: NumberFieldProps) {
  const hints = [say('form.bounds', bounds), hint].filter((each) => each !== undefined);
  return (
    <Field {...field} type="digits" hint={hints.join(' ')} value={value ?? ''} maxLength={String(bounds.to).length} />
  );
}

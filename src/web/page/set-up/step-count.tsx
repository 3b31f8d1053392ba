import { say } from '../texts.js';
import { numberOf, type Step, steps } from './steps.js';

/** Which step it is, of how many. */
export const StepCount = ({ step }: { readonly step: Step }) => (
  <p class="note">{say('setUp.stepOf', { number: numberOf(step), of: steps.length })}</p>
);

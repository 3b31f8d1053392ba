import { expect, it } from 'vitest';
import { isTicked, type Missing, type Step, steps } from '../../../../src/web/page/set-up/steps.js';

const tickedAt = (present: Step, missing: readonly Missing[]) =>
  steps.filter((step) => isTicked(step, present, missing));

it('ticks no step that nobody has got to, though the box brings telephones and a licence along', () => {
  expect(tickedAt('country', ['country', 'moderator', 'profile'])).toEqual(['language', 'admin']);
  expect(tickedAt('phones', ['moderator', 'profile'])).toEqual(['language', 'admin', 'country']);
  expect(tickedAt('moderator', ['moderator', 'profile'])).toEqual(['language', 'admin', 'country', 'phones']);
});

it('ticks what was left behind, and all once nothing is missing', () => {
  expect(tickedAt('licence', ['licence'])).toEqual(['language', 'admin', 'country', 'phones', 'moderator', 'notice']);
  expect(tickedAt('phones', [])).toEqual(steps);
});

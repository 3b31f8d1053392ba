import { expect, test } from 'vitest';
import { courseOf } from '../../../src/update/rules/course.js';

const begun = { version: '1.3.0', slot: 'A', boot: 'first', isInstalled: false, fault: null };
const installed = { ...begun, isInstalled: true };
const still = { slot: 'A', boot: 'first' };

test.each([
  ['is being installed', begun, still, 'running'],
  ['could not be installed', { ...begun, fault: 'No space left' }, still, 'failed'],
  ['could not be installed, and stays so', { ...begun, fault: 'No space left' }, { ...still, boot: 'next' }, 'failed'],
  ['was cut off by a start of the machine', begun, { ...still, boot: 'next' }, 'interrupted'],
  ['waits for one', installed, still, 'waiting'],
  ['is in use after one', installed, { slot: 'B', boot: 'next' }, 'inUse'],
  ['did not come up', installed, { slot: 'A', boot: 'next' }, 'fellBack'],
] as const)('an update %s', (_what, update, now, course) => {
  expect(courseOf(update, now)).toBe(course);
});

import { expect, test } from 'vitest';
import { versionOrder } from '../../../src/update/rules/version-order.js';

/** From the oldest to the newest, as `dpkg --compare-versions` has it. */
const ordered = [
  '0.9.0',
  '1.2.0~202611291200.ab12cd3',
  '1.2.0~202612011200.0000000',
  '1.2.0~beta.1',
  '1.2.0~beta.2',
  '1.2.0~beta.10',
  '1.2.0',
  '1.2.0+202611291200.ab12cd3',
  '1.2.1~1',
  '1.2.1',
  '1.10.0',
  '10.0.0',
];

test.each(ordered)('%s is newer than all before it, older than all after it, and the same as itself', (version) => {
  const orders = ordered.map((other) => Math.sign(versionOrder(version, other)));
  expect(orders).toEqual(ordered.map((_, at) => Math.sign(ordered.indexOf(version) - at)));
});

test('zeros in front of a number say nothing', () => {
  expect(versionOrder('1.02.0', '1.2.0')).toBe(0);
});

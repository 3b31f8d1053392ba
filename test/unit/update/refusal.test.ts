import { expect, test } from 'vitest';
import { refusalOf } from '../../../src/update/rules/refusal.js';

const board = 'modcall-pi4';
const running = { board, version: '2.3.1' };

test.each(['2.3.1', '2.4.0', '3.0.0', '2.3.0', '2.3.1~202611291200.ab12cd3', '10.0.0+202611291200.ab12cd3'])(
  '%s is for a box that runs 2.3.1',
  (version) => {
    expect(refusalOf({ board, version }, running)).toBeNull();
  },
);

test.each([
  ['1.9.9', 'olderMajor'],
  ['0.1.0~202611291200.ab12cd3', 'olderMajor'],
  ['', 'noVersion'],
  ['newest', 'noVersion'],
  ['3', 'noVersion'],
])('“%s” is refused as %s', (version, refusal) => {
  expect(refusalOf({ board, version }, running)).toBe(refusal);
});

test('one for another board is refused, whatever its version', () => {
  expect(refusalOf({ board: 'modcall-pi5', version: '2.4.0' }, running)).toBe('otherBoard');
});

import { expect, test } from 'vitest';
import { boxSpeech, codeSpeech } from '../../../src/gateway/box-speech.js';
import type { BoxState } from '../../../src/gateway/box-state.js';
import { inWords } from '../monitoring/desk.js';

const quiet: BoxState = {
  phones: 12,
  trunksUp: 1,
  trunksDown: 0,
  calls: 3,
  moderators: 1,
  isLicensed: true,
  privateForSeconds: null,
  agreement: null,
};
const said = (state: BoxState, hardwareId: string | null, ...addresses: string[]) =>
  boxSpeech({ hardwareId, addresses }, state)
    .filter(({ kind }) => kind !== 'pause')
    .map(inWords);

test('says the box’s identity, addresses and state', () => {
  expect(said(quiet, 'MH1-7F7NG', '192.168.1.5', 'fd00::5')).toEqual([
    'box-hardware-id',
    'MH1-7F7NG',
    'box-address',
    '192.168.1.5',
    'box-address',
    'fd00::5',
    'box-phones',
    '12',
    'box-calls',
    '3',
    'box-moderators',
    '1',
    'box-licensed',
  ]);
});

test('leaves out what is unknown, and says what is wrong', () => {
  expect(said({ ...quiet, isLicensed: false, privateForSeconds: 840 }, null).slice(-2)).toEqual([
    'box-not-licensed',
    'box-private',
  ]);
  expect(said(quiet, null)[0]).toBe('box-phones');
});

test('says with which works agreement it goes', () => {
  const agreement = 'ab12cd34ef567890'.padEnd(64, '7');
  expect(said({ ...quiet, agreement }, null).slice(-2)).toEqual(['box-agreement', 'AB12-CD34-EF56-7890']);
});

test('says a one-time code twice, so that it can be written down', () => {
  const said = codeSpeech('1234-5678-9012').filter(({ kind }) => kind !== 'pause');
  expect(said.map(inWords)).toEqual(['box-code', '1234-5678-9012', 'box-code', '1234-5678-9012']);
});

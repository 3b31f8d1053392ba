import { describe, expect, it } from 'vitest';
import { nextTry } from '../../../src/engine/pjsua/emergency-tries.js';
import {
  encryptionInEmergency,
  encryptionOver,
  type PossibleEncryption,
} from '../../../src/engine/pjsua/encrypted-calls.js';
import { type Encryption, encryptions } from '../../../src/primitives/encryption.js';

describe('the encryption of a call', () => {
  it.each<[boolean, Encryption, PossibleEncryption]>([
    [true, 'off', 'off'],
    [true, 'offered', 'offered'],
    [true, 'required', 'required'],
    [false, 'off', 'off'],
    [false, 'offered', 'off'],
    [false, 'required', 'keysInClear'],
  ])('over TLS (%s), where it is %s, is %s', (isTls, wanted, protection) => {
    expect(encryptionOver(isTls, wanted)).toBe(protection);
  });

  it('never keeps an emergency call in', () => {
    for (const isTls of [true, false])
      for (const wanted of encryptions)
        expect(['off', 'offered']).toContain(encryptionInEmergency(encryptionOver(isTls, wanted)));
  });
});

describe('an emergency call that was refused', () => {
  it.each([
    [421, {}, { sessionTimer: true }],
    [422, { encryption: 'offered' }, { encryption: 'offered', sessionTimer: true }],
    [422, { sessionTimer: true }, undefined],
    [488, { encryption: 'offered' }, { encryption: 'required' }],
    [606, { encryption: 'required', sessionTimer: true }, { encryption: 'off', sessionTimer: true }],
    [488, { encryption: 'off' }, undefined],
    [415, {}, undefined],
    [486, { encryption: 'offered' }, undefined],
  ] as const)('with %d, having been made with %j, is made again with %j', (status, options, again) => {
    expect(nextTry(options, status)).toEqual(again);
  });
});

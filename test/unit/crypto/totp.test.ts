import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32, totpAddress, totpCode, totpStep } from '../../../src/crypto/totp.js';

/** RFC 6238 appendix B, of whose eight digits an app shows the last six. */
const secret = Buffer.from('12345678901234567890');
const known: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

describe('a code of an authenticator app', () => {
  test.each(known)('at %i s is that of RFC 6238', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(totpCode(secret, step)).toBe(code);
    expect(totpStep(secret, code, seconds * 1000, null)).toBe(step);
  });

  test('counts a step early and late, and no further', () => {
    const step = 50_000_000;
    const at = (offset: number) => totpStep(secret, totpCode(secret, step), (step + offset) * 30_000, null);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, step, step, step, null]);
  });

  test('opens once, and no earlier one does after it', () => {
    const now = 1_800_000_000_000;
    const step = now / 30_000;
    const code = (offset: number) => totpCode(secret, step + offset);
    expect(totpStep(secret, code(0), now, step)).toBeNull();
    expect(totpStep(secret, code(-1), now, step)).toBeNull();
    expect(totpStep(secret, code(1), now, step)).toBe(step + 1);
  });

  test('is nothing else, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        fc.pre(!/^\d{6}$/.test(typed));
        expect(totpStep(secret, typed, 1_800_000_000_000, null)).toBeNull();
      }),
    );
    expect(totpStep(secret, '000000', -1, null)).toBeNull();
  });
});

test('a secret is shown as an app reads it', () => {
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  expect(totpAddress(secret, 'Ada & Co')).toBe(
    'otpauth://totp/Modcall%3AAda%20%26%20Co?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Modcall',
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SignInLimits } from '../../../../src/store/users/sign-in-limits.js';
import { sourceNetwork } from '../../../../src/store/users/source-network.js';

const minute = 60_000;
const ada = { source: '192.0.2.1', account: 'ada' };

/** Tries once where that is allowed; says whether it was. */
const tryOnce = (limits: SignInLimits, attempt: typeof ada, now: number): boolean => {
  if (limits.waitMs(attempt, now) > 0) return false;
  limits.begin(attempt, now);
  return true;
};

describe('whoever guesses', () => {
  test('waits twice as long each time, up to a quarter of an hour', () => {
    const limits = new SignInLimits();
    const waits = Array.from({ length: 16 }, () => {
      limits.begin(ada, 0);
      return limits.waitMs(ada, 0) / 1000;
    });
    expect(waits).toEqual([0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  test('has some hundred tries a day in the long run', () => {
    const limits = new SignInLimits();
    const day = Array.from({ length: 24 * 60 * 60 }, (_, seconds) => tryOnce(limits, ada, seconds * 1000));
    expect(day.filter(Boolean).length).toBeLessThan(120);
  });

  test('gains nothing by many at once, nor by many accounts', () => {
    const limits = new SignInLimits();
    expect(Array.from({ length: 1000 }, () => tryOnce(limits, ada, 0)).filter(Boolean)).toHaveLength(5);
    const many = Array.from({ length: 1000 }, (_, n) => tryOnce(limits, { ...ada, account: `user${n}` }, 0));
    expect(many.filter(Boolean).length).toBeLessThan(20);
  });

  test('never keeps the right person out from another address', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(120 * minute)), { maxLength: 300 }), (guesses) => {
        const limits = new SignInLimits();
        let now = 0;
        for (const [host, pause] of guesses) {
          now += pause;
          tryOnce(limits, { source: `198.51.100.${host}`, account: 'ada' }, now);
          expect(limits.waitMs(ada, now)).toBe(0);
        }
      }),
    );
  });

  test('from many addresses has one try at each, once it is seen', () => {
    const limits = new SignInLimits();
    const from = (host: number) => ({ source: `198.51.100.${host}`, account: 'ada' });
    for (let host = 0; host < 30; host += 1) limits.begin(from(host), 0);
    const later = Array.from({ length: 10 }, () => tryOnce(limits, from(99), 0)).filter(Boolean);
    expect(later).toHaveLength(2);
    expect(limits.waitMs(ada, 0)).toBe(0);
  });
});

describe('whoever knows the password', () => {
  test('begins anew', () => {
    const limits = new SignInLimits();
    for (let n = 0; n < 4; n += 1) limits.begin(ada, 0);
    limits.succeeded(ada);
    expect([limits.failures(ada, 0), limits.waitMs(ada, 0)]).toEqual([0, 0]);
  });

  test('wins no further guesses at another account by it', () => {
    const limits = new SignInLimits();
    let guesses = 0;
    for (let n = 0; n < 200; n += 1) {
      if (tryOnce(limits, { ...ada, account: 'own' }, 0)) limits.succeeded({ ...ada, account: 'own' });
      if (tryOnce(limits, { ...ada, account: 'victim' }, 0)) guesses += 1;
    }
    expect(guesses).toBe(5);
  });

  test('is forgiven with time', () => {
    const limits = new SignInLimits();
    for (let n = 0; n < 5; n += 1) limits.begin(ada, 0);
    expect(limits.failures(ada, 31 * minute)).toBe(2);
  });
});

test('the table is bounded: the oldest go', () => {
  const limits = new SignInLimits();
  limits.begin(ada, 0);
  for (let n = 0; n < 20_000; n += 1) limits.begin({ source: `s${n}`, account: 'x' }, 0);
  expect(limits.failures(ada, 0)).toBe(0);
  expect(limits.failures({ source: 's19999', account: 'x' }, 0)).toBe(1);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1::6', '2001:db8:1:0::/64'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(sourceNetwork(address)).toBe(network);
});

import { describe, expect, test } from 'vitest';
import { callerHeaders } from '../../../src/engine/pjsua/caller-headers.js';
import { callerIdentities } from '../../../src/primitives/caller-identity.js';

const place = { account: '1234567t0', host: 'provider.example' };
const anna = { number: '+4930555101', name: 'Anna "A\\B"' };
const nobody = { number: '', name: '' };
const anonymous = { user: 'anonymous', displayName: 'Anonymous' };
const nowhere = { ...anonymous, host: 'anonymous.invalid' };
const told = '<sip:+4930555101@provider.example>';
const asTold = `"Anna \\"A\\\\B\\"" ${told}`;

describe('a trunk is told who calls', () => {
  test('in From, which is asserted, too', () => {
    expect(callerHeaders('from', anna, place)).toEqual({
      from: { user: anna.number, displayName: anna.name },
      assertIdentity: true,
      headers: {},
    });
  });

  test.each([
    ['preferred', 'P-Preferred-Identity'],
    ['asserted', 'P-Asserted-Identity'],
  ] as const)('as %s identity, with the account in From', (kind, header) => {
    expect(callerHeaders(kind, anna, place)).toEqual({
      from: { user: place.account, displayName: anna.name },
      headers: { [header]: asTold },
    });
    expect(callerHeaders(kind, { ...anna, name: '' }, place).headers).toEqual({ [header]: told });
    expect(callerHeaders(kind, anna, { ...place, account: undefined }).from.user).toBe(anna.number);
  });

  test('by a name in one line', () => {
    const { headers } = callerHeaders('asserted', { ...anna, name: 'An\r\nna' }, place);
    expect(headers).toEqual({ 'P-Asserted-Identity': `"An  na" ${told}` });
  });
});

describe('a withheld number', () => {
  test.each([
    ['from', anonymous],
    ['preferred', nowhere],
    ['asserted', nowhere],
  ] as const)('is nowhere with %s', (kind, from) => {
    expect(callerHeaders(kind, nobody, place)).toEqual({ from, headers: { Privacy: 'id' } });
  });

  test.each([
    ['from', anonymous, 'P-Asserted-Identity'],
    ['preferred', nowhere, 'P-Preferred-Identity'],
    ['asserted', nowhere, 'P-Asserted-Identity'],
  ] as const)('is told a trusted trunk with %s beside the wish not to show it', (kind, from, header) => {
    expect(callerHeaders(kind, { ...nobody, asserted: anna.number }, place)).toEqual({
      from,
      headers: { Privacy: 'id', [header]: told },
    });
  });

  test('is no way to learn the account', () => {
    for (const kind of callerIdentities)
      expect(JSON.stringify(callerHeaders(kind, nobody, place))).not.toContain(place.account);
  });
});

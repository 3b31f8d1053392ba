import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressesIn, addressIn } from '../../../src/engine/pjsua/sip-address.js';
import {
  calledIn,
  callerIn,
  claimedBy,
  type LaterFields,
  laterIdentityIn,
} from '../../../src/engine/pjsua/sip-identity.js';

const from = '"Doctor" <sip:+4989555111@p.test>;tag=1';
const invite = (headers: Record<string, readonly string[]>, requestUri = 'sip:100@box') => ({
  requestUri,
  headers: { from: [from], ...headers },
});

describe('an address', () => {
  test.each([
    ['"A, \\"B\\"" <sip:1@h>, <tel:+2;npdi>', ['A, "B"|1', '|+2;npdi']],
    ['sip:1;npdi@h;tag=x', ['|1;npdi']],
    ['Anna <sips:1:secret@[::1]:5061>', ['Anna|1']],
    ['<sip:%2A55@h>', ['|*55']],
    ['<sip:h>', ['|']],
    ['nonsense', ['|']],
  ])('in %s', (text, read) => {
    expect(addressesIn(text).map(({ name, user }) => `${name}|${user}`)).toEqual(read);
  });

  test('is read from whatever text there is', () => {
    fc.assert(fc.property(fc.string(), (text) => addressIn(text).user.length <= 512));
  });
});

describe('what an extension’s phone says of itself', () => {
  test.each<[Record<string, readonly string[]>, boolean]>([
    [{}, false],
    [{ privacy: ['none'] }, false],
    [{ privacy: ['id'] }, true],
    [{ privacy: ['header;user;id;critical'] }, true],
    [{ from: ['"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1'] }, true],
  ])('with %o: that it is not to be shown: %s', (headers, isPrivate) => {
    expect(claimedBy(invite(headers)).isPrivate).toBe(isPrivate);
  });
});

describe('who calls over a trunk', () => {
  test.each([
    'sip:+4989555111@p.test;user=phone',
    'tel:+4989555111',
    'tel:+49-89-555-111',
    'tel:555111;phone-context=+4989',
    'sip:+49.89.555.111@p.test',
    'sip:+4989555111;npdi;rn=+4930@p.test',
    'sip:+4989555111;isub=1@p.test',
    'SIP:+4989555111@P.TEST',
  ])('is known as %s', (uri) => {
    const named = { number: '+4989555111', name: 'Doctor', known: ['+4989555111'] };
    expect(callerIn(invite({ from: [`"Doctor" <${uri}>;tag=1`] }))).toEqual(named);
    expect(callerIn(invite({ 'p-asserted-identity': [`"Doctor" <${uri}>`] }))).toEqual(named);
  });

  test('is unread if an identity stands in a field that is too long to read', () => {
    const told = callerIn(invite({ 'p-asserted-identity': [''] }));
    expect(told).toMatchObject({ known: ['+4989555111'], isUnreadable: true });
  });

  test('is unread where the network asserts somebody without a number, whatever the caller claims', () => {
    for (const field of ['p-asserted-identity', 'remote-party-id'])
      expect(callerIn(invite({ [field]: ['<sip:anna@p.test>'] }))).toMatchObject({ isUnread: true });
  });

  test('is known by each of several identities, in one field or in two', () => {
    const both = { number: '+4930', known: ['+4930', '+4989555111'] };
    const [sip, tel] = ['<sip:anna@p.test>', '<tel:+4930>'];
    for (const fields of [[`${sip}, ${tel}`], [sip, tel]])
      expect(callerIn(invite({ 'p-asserted-identity': fields }))).toMatchObject(both);
  });

  test.each([
    [{ privacy: ['id'] }],
    [{ privacy: ['ID'] }],
    [{ privacy: ['header; id;critical'] }],
    [{ privacy: ['critical', 'user'] }],
    [{ from: ['"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1'] }],
    [{ 'remote-party-id': ['<sip:+4989777000@p.test>;party=calling;privacy=full'] }],
  ])('is withheld by %o, and known all the same', (headers) => {
    const caller = callerIn(invite({ 'p-asserted-identity': ['"Mrs Secret" <sip:+4989777000@p.test>'], ...headers }));
    expect(caller).toMatchObject({ number: '', name: '' });
    expect(caller.known[0]).toBe('+4989777000');
  });

  test('is shown where nothing is to be withheld', () => {
    const fields = { privacy: ['none'], 'remote-party-id': ['<sip:+4930@p.test>;privacy=off'] };
    expect(callerIn(invite(fields))).toMatchObject({ number: '+4930', known: ['+4930', '+4989555111'] });
  });

  test('keeps an unreadable number as a name only', () => {
    expect(callerIn(invite({ from: ['<sip:anna@p.test>;tag=1'] }))).toEqual({ number: '', name: 'anna', known: [] });
  });
});

describe('who is there by now', () => {
  const doctor = '<sip:+4989555111@p.test>';
  const nobody = '<sip:anonymous@anonymous.invalid>;tag=1';
  const later = (headers: Record<string, readonly string[]>, change: Partial<LaterFields> = {}) =>
    laterIdentityIn({ headers, isForwarded: false, hasNewFrom: true, isIncomplete: false, ...change });

  test.each([
    ['p-asserted-identity', [doctor]],
    ['remote-party-id', [`${doctor};party=called;privacy=off`]],
    ['history-info', [`<sip:089@p.test>;index=1, ${doctor};index=1.1`]],
    ['from', [`${doctor};tag=1`]],
  ])('is read from %s', (name, values) => {
    const identity = later({ [name]: values });
    expect(identity).toMatchObject({ number: '+4989555111', isUnread: false });
    expect(identity.known).toContain('+4989555111');
  });

  test.each<[string, Record<string, readonly string[]>]>([
    ['an identity without a number', { 'p-asserted-identity': ['<sip:anna@p.test>'], from: [from] }],
    ['one that is withheld', { privacy: ['id'], from: [from] }],
    ['a From without one', { from: [nobody] }],
    ['a way whose end is hidden', { 'history-info': [`${doctor};index=1, <sip:x@p.test>;index=1.1`] }],
    ['a way with one hidden end', { 'history-info': ['<sip:anonymous@anonymous.invalid>;index=1'], from: [from] }],
    [
      'the way, where the end is withheld',
      { privacy: ['id'], 'history-info': [`${doctor};index=1, ${doctor};index=1.1`] },
    ],
  ])('cannot be read from %s', (_, headers) => {
    expect(later(headers).isUnread).toBe(true);
  });

  test.each<[string, Record<string, readonly string[]>]>([
    ['an empty field', { 'remote-party-id': [''], from: [from] }],
    ['more identities than are looked at', { 'p-asserted-identity': Array.from({ length: 9 }, () => doctor) }],
  ])('can never be read again after %s', (_, headers) => {
    expect(later(headers).isUnreadable).toBe(true);
  });

  test('can never be read again after something was missed', () => {
    expect(later({}, { isIncomplete: true }).isUnreadable).toBe(true);
  });

  test.each<[string, Record<string, readonly string[]>]>([
    ['a From that repeats whom the call began with', { from: [from] }],
    ['the word that nothing is withheld', { privacy: ['none'], from: [from] }],
    ['a way without forwarding', { 'history-info': ['<sip:+4930@p.test>;index=1'] }],
  ])('is not told by %s', (_, headers) => {
    expect(later(headers, { hasNewFrom: false })).toMatchObject({ number: '', isUnread: undefined });
  });

  test('is unknown while the call is being forwarded, whoever is named', () => {
    expect(later({ 'p-asserted-identity': [doctor] }, { isForwarded: true }).isUnread).toBe(true);
  });

  test('is not shown where it is withheld, and known all the same', () => {
    const identity = later({ 'p-asserted-identity': [doctor], privacy: ['id'] });
    expect(identity).toEqual({ number: '', name: '', known: ['+4989555111'], isUnread: false, isUnreadable: false });
  });

  test('is as before where nothing is withheld or told', () => {
    expect(later({ privacy: ['none'] })).toEqual({
      number: '',
      name: '',
      known: [],
      isUnread: undefined,
      isUnreadable: false,
    });
  });
});

describe('what was dialled', () => {
  const fields = invite(
    { to: ['<tel:+4930123499>'], 'p-called-party-id': ['<sip:+4930123498@p.test>'] },
    'sip:4930-1;npdi@box',
  );

  test('stands in the request of a phone and of a trunk known by its address', () => {
    expect(calledIn(fields, 'user')).toEqual(['49301']);
    expect(calledIn(fields, 'peer')).toEqual(['49301', '+4930123498', '+4930123499']);
  });

  test('stands elsewhere in that of a registered trunk', () => {
    expect(calledIn(fields, 'account')).toEqual(['+4930123498', '+4930123499', '49301']);
  });
});

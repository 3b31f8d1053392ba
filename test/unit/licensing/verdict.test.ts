import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockList } from '../../../src/licensing/block-list.js';
import { type MemberLimit, serverProduct, type Term, tiers } from '../../../src/licensing/licence.js';
import { readLicenceKey } from '../../../src/licensing/licence-key.js';
import { judge, judgeServerKey, sayTheSame, type VerdictInput } from '../../../src/licensing/verdict.js';
import { boxId, circumstances, days, issued, keyOf, licence, otherId, ownId, readingOf, trust } from './vendor.js';

const expires = issued + days(30);
const demo: Term = { kind: 'demo', expires };
const rented: Term = { kind: 'rented', expires, graceDays: 14 };
const nfr: Term = { kind: 'nfr' };

const verdictOn = (changes: Partial<VerdictInput>) => judge(circumstances(changes));
const refusalOf = (changes: Partial<VerdictInput>) => {
  const verdict = verdictOn(changes);
  return verdict.isAllowed ? undefined : verdict.refusal;
};
const onTerm = (term: Term, now: number, more: Partial<VerdictInput> = {}) =>
  verdictOn({ key: readingOf({ term }), now, ...more });

describe('a licence', () => {
  it('that is bought is valid for ever', () => {
    expect(verdictOn({ now: issued + days(40_000) })).toEqual({
      isAllowed: true,
      by: { kind: 'licence', licence: licence() },
      members: 40,
      warnings: [],
    });
  });

  it('is missing', () => {
    expect(refusalOf({ key: undefined })).toEqual({ kind: 'noLicence' });
  });

  it('that could not be read says why', () => {
    const key = readLicenceKey('what?', trust);
    expect(refusalOf({ key })).toEqual({ kind: 'badKey', problem: { kind: 'notALicenceKey' }, ownId });
  });

  it('of another product is refused', () => {
    expect(refusalOf({ key: readingOf({ product: 'faxbox' }) })).toEqual({ kind: 'otherProduct', product: 'faxbox' });
  });

  it('cannot be judged without a hardware ID', () => {
    expect(refusalOf({ hardwareId: undefined })).toEqual({ kind: 'hardwareIdUnknown' });
    expect(refusalOf({ hardwareId: 'unread' })).toEqual({ kind: 'hardwareIdUnread' });
  });
});

describe('the box', () => {
  it('may be any of several', () => {
    const bindings = [otherId, ownId].map((id) => ({ to: 'hardware', id }) as const);
    expect(verdictOn({ key: readingOf({ bindings }) }).isAllowed).toBe(true);
    expect(verdictOn({ key: readingOf({ bindings }), hardwareId: otherId }).isAllowed).toBe(true);
  });

  it.each([
    ['wholly another one', otherId, undefined],
    ['the same board with another host key', boxId('1000000012345678', 'new'), 'key'],
    ['another board with the same host key', boxId('10000000ffffffff'), 'cpu'],
  ] as const)('is refused when it is %s', (_name, hardwareId, changedPart) => {
    expect(refusalOf({ hardwareId })).toEqual({ kind: 'otherBox', ownId: hardwareId, issuedFor: [ownId], changedPart });
  });

  it('may be known by a server licence key', () => {
    const key = readingOf({ bindings: [{ to: 'server', keyNumber: 77 }] });
    const server = { product: serverProduct, keyNumber: 77 };
    expect(refusalOf({ key })).toEqual({ kind: 'otherServer', keyNumbers: [77] });
    expect(verdictOn({ key, serverKey: readingOf(server) }).isAllowed).toBe(true);
    const useless = [
      { ...server, keyNumber: 78 },
      { ...server, product: 'modcall' },
      { ...server, term: demo },
      { ...server, bindings: [{ to: 'hardware', id: otherId } as const] },
    ];
    for (const each of useless) expect(refusalOf({ key, serverKey: readingOf(each) })?.kind).toBe('otherServer');
  });

  it('takes a server licence key only of its own', () => {
    expect(judgeServerKey(licence({ product: serverProduct }), [ownId])).toBeUndefined();
    expect(judgeServerKey(licence({ product: serverProduct }), [otherId])).toMatchObject({ kind: 'otherBox' });
  });
});

describe('the version', () => {
  it.each([
    ['0.9.9', true],
    ['1.0.0', true],
    ['1.99.99-rc.1', true],
    ['2.0.0', false],
    ['10.0.0', false],
  ])('%s with a licence up to 1: %s', (productVersion, isAllowed) => {
    expect(verdictOn({ productVersion }).isAllowed).toBe(isAllowed);
    const refusal = isAllowed ? undefined : { kind: 'updateNotCovered', highestMajor: 1, version: productVersion };
    expect(refusalOf({ productVersion })).toEqual(refusal);
  });
});

describe('the tier', () => {
  const numbered = tiers.filter((tier): tier is number => tier !== 'unlimited');

  it.each(numbered)('of %i is enough for as many extensions and not for one more', (members) => {
    const key = readingOf({ members });
    expect(verdictOn({ key, extensionsSetUp: members })).toMatchObject({ isAllowed: true, members });
    expect(refusalOf({ key, extensionsSetUp: members + 1 })).toEqual({
      kind: 'tierTooSmall',
      members,
      setUp: members + 1,
    });
  });

  it('may be unlimited', () => {
    const members: MemberLimit = 'unlimited';
    expect(verdictOn({ key: readingOf({ members }), extensionsSetUp: 100_000 })).toMatchObject({
      isAllowed: true,
      members,
    });
  });
});

describe('the end', () => {
  it('of a demo comes to the second, without grace', () => {
    expect(onTerm(demo, expires - 1000)).toMatchObject({ isAllowed: true, ends: expires });
    expect(refusalOf({ key: readingOf({ term: demo }), now: expires })).toEqual({
      kind: 'expired',
      licence: 'demo',
      expired: expires,
      ended: expires,
    });
  });

  it('of a rented licence comes after the grace time', () => {
    const ended = expires + days(14);
    expect(onTerm(rented, expires)).toMatchObject({
      isAllowed: true,
      ends: ended,
      warnings: [{ kind: 'inGraceTime', expired: expires, ends: ended, daysLeft: 14 }],
    });
    expect(onTerm(rented, ended - 1000)).toMatchObject({ isAllowed: true, warnings: [{ daysLeft: 1 }] });
    expect(onTerm(rented, ended)).toMatchObject({ refusal: { kind: 'expired', expired: expires, ended } });
  });

  it('of an NFR licence comes only if it has one', () => {
    expect(onTerm(nfr, issued + days(5000)).isAllowed).toBe(true);
    expect(onTerm({ kind: 'nfr', expires }, expires)).toMatchObject({ refusal: { kind: 'expired', licence: 'nfr' } });
  });

  it('is announced from 14 days before', () => {
    const warningsAt = (now: number) => {
      const verdict = onTerm(demo, now);
      return verdict.isAllowed ? verdict.warnings : [];
    };
    expect(warningsAt(expires - days(14) - 1000)).toEqual([]);
    expect(warningsAt(expires - days(14))).toEqual([{ kind: 'expiresSoon', expires, ends: expires, daysLeft: 14 }]);
    expect(warningsAt(expires - 1000)).toEqual([{ kind: 'expiresSoon', expires, ends: expires, daysLeft: 1 }]);
  });
});

describe('the clock', () => {
  const used = { latest: issued + days(20), keyIssued: issued };

  it('set back is refused for a licence that expires', () => {
    const shown = issued + days(2);
    expect(onTerm(demo, shown, { clockMemory: used })).toEqual({
      isAllowed: false,
      refusal: { kind: 'clockSetBack', shown, known: used.latest },
    });
  });

  it('set back after the end does not open again', () => {
    const clockMemory = { latest: expires, keyIssued: issued };
    expect(onTerm(demo, expires - 5000, { clockMemory })).toMatchObject({ refusal: { kind: 'expired' } });
  });

  it.each([0, Date.UTC(2099, 0, 1)])('not set (%i) lets the licence run by the last time known, and warns', (now) => {
    expect(onTerm(rented, now, { clockMemory: used })).toMatchObject({
      isAllowed: true,
      warnings: [{ kind: 'expiresSoon', daysLeft: 10 }, { kind: 'clockNotSet' }],
    });
    expect(onTerm(demo, now)).toMatchObject({ isAllowed: true, warnings: [{ kind: 'clockNotSet' }] });
  });

  it('does not concern a bought licence', () => {
    for (const now of [0, issued - days(500), Date.UTC(2099, 0, 1)]) {
      expect(verdictOn({ now, clockMemory: used })).toMatchObject({ isAllowed: true, warnings: [] });
    }
  });

  it('never lengthens a demo', () => {
    const anyTime = fc.integer({ min: 0, max: expires + days(4000) });
    fc.assert(
      fc.property(anyTime, fc.nat({ max: days(60) }), (now, used) => {
        const clockMemory = { latest: expires + used, keyIssued: issued };
        return !onTerm(demo, now, { clockMemory }).isAllowed;
      }),
    );
  });
});

describe('the block list', () => {
  const blocked = (product = 'modcall'): BlockList => ({ number: 1, issued, entries: [{ product, id: ownId }] });

  it.each([
    ['an NFR licence', { key: readingOf({ term: nfr }) }],
    ['a demo', { key: readingOf({ term: demo }) }],
    ['a rented licence', { key: readingOf({ term: rented }) }],
    ['no licence', { key: undefined }],
    ['a key with a mistake', { key: readLicenceKey(`${keyOf()}X`, trust) }],
    ['the simulated board', { key: undefined, isSimulatedBoard: true }],
  ])('goes before %s', (_name, changes) => {
    expect(refusalOf({ ...changes, blockList: blocked() })).toEqual({ kind: 'blocked', ownId });
  });

  it('does not withdraw what was bought', () => {
    expect(verdictOn({ blockList: blocked() }).isAllowed).toBe(true);
  });

  it('blocks one box and one product', () => {
    const key = readingOf({ term: nfr });
    expect(verdictOn({ key, blockList: blocked('faxbox') }).isAllowed).toBe(true);
    const other: BlockList = { ...blocked(), entries: [{ product: 'modcall', id: otherId }] };
    expect(verdictOn({ key, blockList: other }).isAllowed).toBe(true);
  });
});

describe('the simulated board', () => {
  it('counts as NFR without a key, and says so', () => {
    const verdict = verdictOn({ key: undefined, isSimulatedBoard: true, extensionsSetUp: 1000 });
    expect(verdict).toEqual({ isAllowed: true, by: { kind: 'simulatedBoard' }, members: 'unlimited', warnings: [] });
  });
});

describe('two verdicts', () => {
  it('say the same if only countdowns differ', () => {
    const clockMemory = { latest: issued + days(20), keyIssued: issued };
    const setBack = (now: number) => onTerm(demo, now, { clockMemory });
    expect(sayTheSame(setBack(issued + 1000), setBack(issued + 2000))).toBe(true);
    expect(sayTheSame(setBack(issued + 1000), verdictOn({}))).toBe(false);
    expect(sayTheSame(onTerm(demo, expires - 2000), onTerm(demo, expires - 1000))).toBe(true);
    expect(sayTheSame(onTerm(demo, expires - days(2)), onTerm(demo, expires - 1000))).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKeyPair, verifySignature } from '../../../src/crypto/ed25519.js';
import { fromText, joinBytes } from '../../../src/licensing/bytes.js';
import { fromGroups, toGroups } from '../../../src/licensing/grouped-text.js';
import { hardwareIdFromBytes, hardwareIdText } from '../../../src/licensing/hardware-id.js';
import { type Binding, type Licence, type Term, tiers } from '../../../src/licensing/licence.js';
import { licenceFileText } from '../../../src/licensing/licence-file.js';
import {
  largestLicenceText,
  plainLicenceKey,
  readLicenceKey,
  writeLicenceKey,
} from '../../../src/licensing/licence-key.js';
import { readPayload, writePayload } from '../../../src/licensing/licence-payload.js';
import { issued, keyOf, licence, otherId, ownId, sign, trust } from './vendor.js';

const second = fc.integer({ min: 1_735_689_600, max: 4_102_444_800 }).map((seconds) => seconds * 1000);
const keyNumber = fc.integer({ min: 1, max: 0xffff_ffff });
const binding: fc.Arbitrary<Binding> = fc.oneof(
  fc
    .uint8Array({ minLength: 15, maxLength: 15 })
    .map((bytes): Binding => ({ to: 'hardware', id: hardwareIdFromBytes(bytes, 1) ?? ownId })),
  keyNumber.map((number): Binding => ({ to: 'server', keyNumber: number })),
);
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.constant<Term>({ kind: 'bought' }),
  fc.constant<Term>({ kind: 'nfr' }),
  second.map((expires): Term => ({ kind: 'nfr', expires })),
  second.map((expires): Term => ({ kind: 'demo', expires })),
  fc.tuple(second, fc.nat({ max: 365 })).map(([expires, graceDays]): Term => ({ kind: 'rented', expires, graceDays })),
);
const anyLicence: fc.Arbitrary<Licence> = fc
  .record({
    product: fc.constantFrom('modcall', 'modcall-server', 'faxbox'),
    keyNumber,
    issued: second,
    term,
    bindings: fc.array(binding, { minLength: 1, maxLength: 8 }),
    members: fc.constantFrom(...tiers),
    highestMajor: fc.nat({ max: 255 }),
    more: fc.record(
      { holder: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), replaces: keyNumber },
      { requiredKeys: [] },
    ),
  })
  .map(({ more, ...rest }) => ({ ...rest, ...more }));

const problemOf = (text: string) => {
  const reading = readLicenceKey(text, trust);
  return reading.ok ? 'read' : reading.problem.kind;
};

describe('a licence key', () => {
  it('says what the vendor signed, also as file and however it was typed', () => {
    fc.assert(
      fc.property(anyLicence, (each) => {
        const key = writeLicenceKey(each, sign);
        const expected = { ok: true, licence: each };
        expect(readLicenceKey(key, trust)).toEqual(expected);
        expect(readLicenceKey(licenceFileText(key, [['Holder', 'Ex\nample']]), trust)).toEqual(expected);
        expect(
          readLicenceKey(`\ufeff${key.toLowerCase().replaceAll('0', 'O').replaceAll('-', ' \r\n')} `, trust),
        ).toEqual(expected);
        expect(plainLicenceKey(` ${key.toLowerCase()}`)).toBe(key);
      }),
    );
  });

  it('is accepted with either of two public keys', () => {
    const next = makeKeyPair().publicKey;
    expect(readLicenceKey(keyOf(), { publicKeys: [next, ...trust.publicKeys], verifySignature }).ok).toBe(true);
    expect(readLicenceKey(keyOf(), { publicKeys: [next], verifySignature })).toMatchObject({
      problem: { kind: 'notSigned' },
    });
    expect(readLicenceKey(keyOf(), { publicKeys: [new Uint8Array(3)], verifySignature }).ok).toBe(false);
  });

  it('is refused with any one bit changed', () => {
    const groups = fromGroups(keyOf().slice(4), 0);
    if (!groups.ok) throw new Error('the key must be readable');
    const bits = groups.bytes.length * 8;
    for (let bit = 0; bit < bits; bit++) {
      const bytes = groups.bytes.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(problemOf(`ML1-${toGroups(bytes, 0)}`)).not.toBe('read');
    }
  });

  it('is refused with anything behind it', () => {
    const groups = fromGroups(keyOf().slice(4), 0);
    if (!groups.ok) throw new Error('the key must be readable');
    for (const more of [[1], [0, 0, 0], [0, 1]]) {
      expect(problemOf(`ML1-${toGroups(joinBytes(groups.bytes, Uint8Array.from(more)), 0)}`)).toBe('notSigned');
    }
  });

  it('names the group of a typing mistake', () => {
    const key = keyOf();
    const groupCount = key.split('-').length - 1;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: groupCount }), fc.nat({ max: 4 }), (group, place) => {
        const groups = key.split('-');
        const before = groups[group] ?? '';
        const wrong = before[place] === 'X' ? 'Y' : 'X';
        const typed = groups.with(group, before.slice(0, place) + wrong + before.slice(place + 1)).join('-');
        expect(readLicenceKey(typed, trust)).toMatchObject({ problem: { kind: 'typingMistake', mistake: { group } } });
      }),
    );
  });

  it('that ends early is incomplete', () => {
    const key = keyOf();
    expect(readLicenceKey(key.slice(0, -6), trust)).toMatchObject({
      problem: { kind: 'incomplete', groups: key.split('-').length - 2 },
    });
    expect(problemOf('ML1-')).toBe('incomplete');
  });
});

describe('what is not a licence key', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['white space', ' \r\n\t', 'empty'],
    ['a licence file without its key', 'Modcall licence key\nHolder: X\n\n', 'empty'],
    ['a sentence', 'please unlock', 'notALicenceKey'],
    ['a key without its prefix', keyOf().slice(4), 'notALicenceKey'],
    ['a key with the prefix of a hardware ID', keyOf().replace('ML1', 'MH1'), 'notALicenceKey'],
    ['the box’s own hardware ID', hardwareIdText(ownId), 'hardwareIdInstead'],
    ['another box’s hardware ID', hardwareIdText(otherId).toLowerCase(), 'hardwareIdInstead'],
    ['a hardware ID with a mistake', hardwareIdText(ownId).replace(/.$/, 'U'), 'hardwareIdInstead'],
    [
      'a hardware ID with the prefix of a licence key',
      hardwareIdText(ownId).replace('MH1', 'ML1'),
      'hardwareIdInstead',
    ],
    ['binary garbage', '\u007fELF\u0002\u0001\u0000\u0000', 'notText'],
    ['what was not UTF-8', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]).toString('utf8'), 'notText'],
    ['a text that is far too long', 'A'.repeat(largestLicenceText + 1), 'tooLarge'],
  ])('%s is told apart', (_name, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('never makes reading fail, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => problemOf(text) !== 'read'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => problemOf(`ML1-${toGroups(bytes, 0)}`) !== 'read'),
    );
  });
});

describe('the signed payload', () => {
  const holder = joinBytes(Uint8Array.of(0x0b, 3), fromText('ACM'));

  it('skips unknown fields, except those that must be understood', () => {
    const payload = writePayload(licence());
    expect(readPayload(joinBytes(payload, Uint8Array.of(0x7f, 2, 1, 2), holder))).toEqual({
      ok: true,
      licence: { ...licence(), holder: 'ACM' },
    });
    expect(readPayload(joinBytes(payload, Uint8Array.of(0xff, 0)))).toEqual({ ok: false, problem: 'newerFormat' });
  });

  it('with a binding of a kind not yet known binds to what it does know', () => {
    const unknownVersion = joinBytes(Uint8Array.of(0x05, 3, 2, 9, 9), writePayload(licence()));
    expect(readPayload(unknownVersion)).toEqual({ ok: true, licence: licence() });
  });

  it('without a needed field, or cut off, is unreadable', () => {
    const payload = writePayload(licence());
    expect(readPayload(payload.slice(9))).toEqual({ ok: false, problem: 'unreadable' });
    expect(readPayload(payload.slice(0, -1))).toEqual({ ok: false, problem: 'unreadable' });
    expect(readPayload(new Uint8Array())).toEqual({ ok: false, problem: 'unreadable' });
  });

  it('that makes no sense is unreadable', () => {
    const demo = writePayload(licence({ term: { kind: 'demo', expires: issued } }));
    const endless = demo.slice(0, -6);
    expect(readPayload(endless)).toEqual({ ok: false, problem: 'unreadable' });
    const expiring = joinBytes(writePayload(licence()), demo.slice(-6));
    expect(readPayload(expiring)).toEqual({ ok: false, problem: 'unreadable' });
  });

  it.each([
    ['a holder of more than 255 bytes', { holder: 'ü'.repeat(128) }],
    ['a key number that is too large', { keyNumber: 2 ** 32 }],
    ['a version that is too large', { highestMajor: 256 }],
    ['no binding', { bindings: [] }],
    ['part of a member', { members: 1.5 }],
  ])('is not written with %s', (_name, changes) => {
    expect(() => writePayload(licence(changes))).toThrow(RangeError);
  });
});

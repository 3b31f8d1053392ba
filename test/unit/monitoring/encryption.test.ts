import { describe, expect, it } from 'vitest';
import type { EncryptedListening } from '../../../src/monitoring/profile.js';
import { legId } from '../../../src/primitives/ids.js';
import type { Protection } from '../../../src/switchboard/protection.js';
import { anna, ben, mona } from '../switchboard/office.js';
import { asks, desk1, desk2 } from './asked.js';
import { MonitoringDesk, talking, withProfile } from './desk.js';

/** Of the moderator, the member and the other party; where nothing was told, it is in clear. */
type Lines = readonly [
  moderator: Protection | undefined,
  member: Protection | undefined,
  other: Protection | undefined,
];

const moderators = legId('m1');
const legs = [moderators, legId('a1'), legId('b1')];
const protectionsOf = (lines: Lines) =>
  new Map(lines.flatMap((line, at) => (line === undefined ? [] : [[legs[at] ?? moderators, line] as const])));

/** Anna talks, and all lines are as they are said to be. */
function inACall(encryptedCalls: EncryptedListening, lines: Lines): MonitoringDesk {
  const desk = new MonitoringDesk(withProfile({ encryptedCalls }));
  desk.protections = protectionsOf(lines);
  desk.callsAre(talking(1, anna, '0301'));
  return desk;
}

const permitted: readonly [EncryptedListening, Lines][] = [
  ['protectedLine', ['clear', 'clear', 'clear']],
  ['protectedLine', [undefined, undefined, undefined]],
  ['protectedLine', ['clear', 'local', 'clear']],
  ['protectedLine', ['encrypted', 'encrypted', 'encrypted']],
  ['protectedLine', ['local', 'encrypted', 'encrypted']],
  ['protectedLine', ['encrypted', 'encrypted', 'clear']],
  ['protectedThroughout', ['clear', 'clear', 'local']],
  ['protectedThroughout', ['encrypted', 'encrypted', 'local']],
  ['anyLine', ['clear', 'encrypted', 'encrypted']],
];
const refused: readonly [EncryptedListening, Lines][] = [
  ['protectedLine', ['clear', 'encrypted', 'encrypted']],
  ['protectedLine', [undefined, 'encrypted', 'clear']],
  ['protectedLine', ['clear', 'local', 'encrypted']],
  ['protectedThroughout', ['clear', 'encrypted', 'encrypted']],
  ['protectedThroughout', ['encrypted', 'encrypted', 'clear']],
  ['protectedThroughout', ['local', undefined, 'encrypted']],
];

describe('a call', () => {
  it.each(permitted)('is listened to by "%s" on lines that are %j', (encryptedCalls, lines) => {
    const desk = inACall(encryptedCalls, lines);
    desk.monitoring();
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
  });

  it.each(refused)('is not listened to by "%s" on lines that are %j, and the moderator is told why', (how, lines) => {
    const desk = inACall(how, lines);
    desk.monitoring(anna);
    expect(desk.edges).toEqual([]);
    expect(desk.refusal).toBe('notEncrypted');
    expect(desk.told(moderators)).toContain('not-encrypted');
  });
});

describe('a moderator who listens', () => {
  const safe: Lines = ['encrypted', 'encrypted', 'encrypted'];

  it.each<[string, EncryptedListening, Lines]>([
    ['their own line is encrypted no more', 'protectedLine', ['clear', 'encrypted', 'encrypted']],
    ['the line of a party is encrypted no more', 'protectedThroughout', ['encrypted', 'encrypted', 'clear']],
  ])('hears nothing more at once when %s, and the record says why', (_, how, lines) => {
    const desk = inACall(how, safe);
    const leg = desk.monitoring();
    desk.keys(leg, '6');
    expect(desk.edges).toHaveLength(4);
    desk.records = false;
    desk.protections = protectionsOf(lines);
    desk.callsAre(...desk.calls);
    expect(desk.edges).toEqual([]);
    expect(desk.facts).toMatchObject([
      ...desk.facts.slice(0, -2),
      { type: 'ended', reason: 'notEncrypted' },
      { type: 'refused', reason: 'notEncrypted', moderator: mona, member: anna },
    ]);
    expect(desk.told(leg)).toContain('not-encrypted');
  });

  it('on a line in clear hears nothing more when the call becomes an encrypted one', () => {
    const desk = inACall('protectedLine', ['clear', 'clear', 'clear']);
    desk.monitoring();
    desk.protections = protectionsOf(['clear', 'clear', 'encrypted']);
    desk.callsAre(...desk.calls);
    expect(desk.edges).toEqual([]);
  });

  it('goes on when a party is encrypted no more that the profile does not ask for, or when it allows any line', () => {
    for (const [how, lines] of [
      ['protectedLine', ['encrypted', 'clear', 'encrypted']],
      ['anyLine', ['clear', 'clear', 'encrypted']],
    ] as const) {
      const desk = inACall(how, safe);
      desk.monitoring();
      desk.protections = protectionsOf(lines);
      desk.callsAre(...desk.calls);
      expect(desk.edges).toHaveLength(2);
    }
  });

  it('hears nothing more when the profile becomes stricter, as it says', () => {
    const desk = inACall('anyLine', ['clear', 'encrypted', 'encrypted']);
    desk.monitoring();
    desk.happens({ type: 'policyChanged', policy: withProfile({ encryptedCalls: 'protectedLine' }) });
    expect(desk.edges).toEqual([]);
    expect(desk.refusal).toBe('notEncrypted');
  });

  it('and follows the member passes over a call that may not be heard on this line', () => {
    const desk = inACall('protectedLine', ['clear', 'clear', 'clear']);
    const leg = desk.monitoring();
    desk.keys(leg, '7');
    desk.protections = new Map([[legId('b2'), 'encrypted']]);
    desk.callsAre(talking(2, anna, ben));
    expect(desk.edges).toEqual([]);
    expect(desk.stage(leg)).toBe('monitoring');
    desk.protections = new Map();
    desk.callsAre(talking(3, anna, ben));
    expect(desk.edges).toEqual(['a3>m1', 'b3>m1']);
  });
});

describe('a moderator who is called', () => {
  const asked = (encryptedCalls: EncryptedListening, lines: Lines): MonitoringDesk => {
    const desk = inACall(encryptedCalls, lines);
    desk.happens(asks());
    return desk;
  };

  it('hears the call on the telephone that is encrypted, and is told why on the one that is not', () => {
    for (const [leg, edges] of [
      [desk1, ['a1>asked-1', 'b1>asked-1']],
      [desk2, []],
    ] as const) {
      const desk = asked('protectedLine', [undefined, 'encrypted', 'encrypted']);
      desk.protections = new Map([...desk.protections, [desk1, 'encrypted']]);
      desk.happens({ type: 'answered', leg });
      expect(desk.edges).toEqual(edges);
      expect(desk.refusal).toBe(edges.length > 0 ? undefined : 'notEncrypted');
    }
  });

  it('is not even called for a call that no line of theirs would do for', () => {
    const desk = asked('protectedThroughout', [undefined, 'encrypted', 'clear']);
    expect(desk.refusal).toBe('notEncrypted');
  });
});

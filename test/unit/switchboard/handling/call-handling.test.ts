import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExtensionNumber, extensionNumber, legId } from '../../../../src/primitives/ids.js';
import { desiredLegs, desiredPlaybacks } from '../../../../src/switchboard/desired.js';
import { isComplete } from '../../../../src/switchboard/dial-plan.js';
import { type Group, ringStrategies } from '../../../../src/switchboard/directory.js';
import { type CallHandling, handlingOf, usualHandling } from '../../../../src/switchboard/handling/call-handling.js';
import { orderedTarget } from '../../../../src/switchboard/handling/ordered-target.js';
import { nextDeadline } from '../../../../src/switchboard/switchboard.js';
import {
  anna,
  ben,
  cara,
  city,
  Desk,
  inside,
  mona,
  office,
  out,
  outside,
  phone,
  spare,
  support,
  supportGroup,
} from '../office.js';

const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
/** Whose phones ring, or which number outside. */
const rung = ({ state }: Desk) =>
  [...desiredLegs(state).values()].flatMap((desired) =>
    desired.kind === 'dial'
      ? [desired.to.kind === 'contact' ? desired.to.extension : `outside ${desired.to.number}`]
      : [],
  );
const says = (desk: Desk) =>
  desiredPlaybacks(desk.state, 'de').flatMap(({ items }) =>
    items.map((item) => (item.kind === 'prompt' ? item.name : item.kind === 'digits' ? item.digits : item.kind)),
  );
const wants = (extension: ExtensionNumber, handling: Partial<CallHandling>) =>
  ({ type: 'handlingSet', extension, handling: { ...usualHandling, ...handling }, by: 'ada' }) as const;
const forwards = (desk: Desk) =>
  desk.notes.flatMap((note) =>
    note.type === 'callForwarded' || note.type === 'forwardRefused' ? [`${note.type} ${note.by} ${note.to}`] : [],
  );
const everybody = () => new Desk().withPhones(anna, ben, cara, mona);
const passes = (desk: Desk, ms: number): Desk => {
  desk.now += ms;
  return desk.happens({ type: 'tick' });
};

describe('forwarding always', () => {
  test('rings the number in place of the own phones', () => {
    const desk = everybody().happens(wants(ben, { always: '103' }));
    const caller = desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([cara]);
    expect(desk.notes.slice(1)).toEqual([
      { type: 'callStarted', call: 1, from: '101', route: { kind: 'extension', number: ben } },
      { type: 'callForwarded', call: 1, by: ben, to: '103' },
    ]);
    desk.happens({ type: 'answered', leg: out(1) });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'answer' });
  });

  test('goes to outside numbers, over the next trunk too, and to groups', () => {
    const desk = everybody().happens(wants(cara, { always: '030777' }));
    desk.dials(inside(anna), '103');
    expect(rung(desk)).toEqual(['outside 30777']);
    desk.happens({ type: 'released', leg: out(1), cause: 'congestion' });
    expect(rung(desk)).toEqual(['outside 30777']);
    desk.happens({ type: 'released', leg: out(2), cause: 'busy' }, wants(cara, { always: '600' }));
    desk.dials(inside(mona), '103');
    expect(rung(desk)).toEqual([anna, ben]);
  });

  test('goes before do not disturb', () => {
    const desk = everybody().happens(wants(ben, { always: '103', doNotDisturb: true }));
    desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([cara]);
  });

  test('goes from one to the next, through five at most', () => {
    const people = Array.from({ length: 8 }, (_, index) => extensionNumber(String(301 + index)));
    const extensions = new Map(people.map((number) => [number, { number, name: number }]));
    const chain = (length: number) =>
      new Desk({ ...office, extensions: new Map([...office.extensions, ...extensions]) })
        .withPhones(...people)
        .happens(...people.slice(0, length).map((number, index) => wants(number, { always: String(302 + index) })));
    const short = chain(5);
    short.dials(inside(anna), '301');
    expect(rung(short)).toEqual(['306']);
    const long = chain(6);
    const caller = long.dials(inside(anna), '301');
    expect(rung(long)).toEqual([]);
    expect(desiredOf(long)[caller]).toMatchObject({ kind: 'release' });
    expect(forwards(long).at(-1)).toBe('forwardRefused 306 307');
  });

  test('never rings in a circle', () => {
    const desk = everybody().happens(wants(ben, { always: '103' }), wants(cara, { always: '102' }));
    const caller = desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([]);
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'forbidden' } });
    expect(desk.noteTypes.slice(2)).toEqual(['callStarted', 'forwardRefused', 'forwardRefused', 'callEnded']);
  });

  test.each([
    ['to its own number', '+493055510', '+493055520'],
    ['to that of somebody who always forwards back', '+493055520', '+493055510'],
  ])('never leads out and in again, %s', (_what, number, other) => {
    const numbers = [
      { number, to: { kind: 'extension', number: ben } },
      { number: other, to: { kind: 'extension', number: cara } },
    ] as const;
    const trunks = office.trunks.map((trunk) => (trunk.id === city ? { ...trunk, numbers } : trunk));
    const desk = new Desk({ ...office, trunks }).withPhones(anna, ben, cara);
    desk.happens(wants(ben, { always: '003055510' }), wants(cara, { always: '102' }));
    expect(orderedTarget(desk.state, ben, 'always', '003055510')).toEqual({ cause: 'forbidden', isEndless: true });
    desk.dials(inside(anna), number === '+493055510' ? '102' : '103');
    expect(rung(desk)).not.toContain('outside 03055510');
    expect(forwards(desk).at(-1)).toBe('forwardRefused 102 003055510');
  });

  test('rings the own phones for the one to whom it leads', () => {
    const desk = everybody().happens(wants(ben, { always: '101' }));
    desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([ben]);
    expect(forwards(desk)).toEqual(['forwardRefused 102 101']);
  });

  test.each([
    ['nobody has any more', '777'],
    ['is an emergency number', '112'],
    ['is an emergency number behind a prefix', '0112'],
    ['is a service number', '*90'],
    ['is a code', '*8'],
    ['is of somebody whose phones are gone', '104'],
  ])('to a number that %s rings the own phones, and is noted', (_what, always) => {
    const desk = everybody().happens(wants(ben, { always }));
    desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([ben]);
    expect(forwards(desk)).toEqual([`forwardRefused 102 ${always}`]);
  });

  test('over trunks that are down rings the own phones', () => {
    const desk = everybody().happens(
      wants(ben, { always: '030777' }),
      ...[city, spare].map((trunk) => ({ type: 'trunkDown', trunk, reason: 'gone' }) as const),
    );
    desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([ben]);
  });
});

describe('a number outside at which the provider brings the call in again', () => {
  const trunks = office.trunks.map((trunk) => ({ ...trunk, inbound: { kind: 'extension', number: ben } as const }));
  const looped = (group: Partial<Group>) =>
    new Desk({ ...office, trunks, groups: new Map([[support, { ...supportGroup, ...group }]]) }).withPhones(anna, ben);
  const outgoing = (desk: Desk) =>
    [...desiredLegs(desk.state)].flatMap(([leg, desired]) =>
      desired.kind === 'dial' && desired.to.kind === 'trunk' ? [{ leg, shown: desired.callerId.number }] : [],
    );
  /** Each call that goes out comes in again, as the provider does it and until none does. */
  const goRound = (desk: Desk, rounds = 50): number => {
    const back = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const next = outgoing(desk).find(({ leg }) => !back.has(leg));
      if (!next) return round;
      back.add(next.leg);
      desk.dials(outside(city), '4930556', next.shown);
    }
    return rounds;
  };

  test('takes only a few channels, and then the own phones ring', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    desk.dials(outside(city), '4930556', '0170');
    expect(goRound(desk)).toBeLessThanOrEqual(5);
    expect(rung(desk)).toContain(ben);
    expect(forwards(desk).at(-1)).toBe('forwardRefused 102 030777');
  });

  test('does so also as that of a phone that forwards by itself (302)', () => {
    const desk = looped({});
    desk.dials(outside(city), '4930556', '0170');
    for (let serial = 1; serial < 50; serial += 1) {
      desk.happens({ type: 'redirected', leg: out(serial), number: '030777' });
      goRound(desk, 1);
    }
    expect(outgoing(desk).length).toBeLessThanOrEqual(5);
  });

  test('does so also as that to which a group overflows', () => {
    const desk = looped({ overflow: { to: '030777', afterMs: 5000 }, members: [] });
    desk.happens(wants(ben, { always: '600' }));
    desk.dials(outside(city), '4930556', '0170');
    expect(goRound(desk)).toBeLessThanOrEqual(5);
  });

  test('keeps nobody from it whose own calls it does not concern', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    desk.dials(outside(city), '4930556', '0170');
    goRound(desk);
    desk.dials(outside(city), '4930556', '0171');
    desk.dials(inside(anna), '030777');
    desk.dials(inside(anna), '112');
    expect(
      outgoing(desk)
        .slice(-3)
        .map(({ shown }) => shown),
    ).toHaveLength(3);
    expect(rung(desk).slice(-3)).toEqual(['outside 30777', 'outside 30777', 'outside 112']);
  });

  test('tells callers apart who withhold their numbers, where the provider knows these', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    for (let serial = 1; serial <= 5; serial += 1) {
      const caller = { number: '', name: '', known: [`017${serial}`] };
      desk.comesIn({
        type: 'incoming',
        leg: legId(`from-${serial}`),
        origin: outside(city),
        caller,
        dialled: '4930556',
      });
    }
    expect(rung(desk)).toEqual(Array(5).fill('outside 30777'));
  });

  const anonymous = (desk: Desk, serial: number) =>
    desk.comesIn({
      type: 'incoming',
      leg: legId(`from-${serial}`),
      origin: outside(city),
      caller: { number: '', name: '', known: [] },
      dialled: '4930556',
    });

  test('keeps out no caller without a number while it really rings for the others, up to a bound', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    for (let serial = 1; serial <= 5; serial += 1) {
      anonymous(desk, serial);
      desk.happens({ type: 'ringing', leg: out(serial) });
    }
    expect(rung(desk)).toEqual(Array(5).fill('outside 30777'));
    for (let serial = 6; serial <= 12; serial += 1) anonymous(desk, serial);
    expect(outgoing(desk).length).toBeLessThanOrEqual(6);
  });

  test('takes only a few channels for callers without a number, too, for whom it rings nowhere', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    for (let serial = 1; serial <= 20; serial += 1) anonymous(desk, serial);
    expect(outgoing(desk)).toHaveLength(3);
  });

  test('takes as many calls as come from there, once they are answered', () => {
    const desk = looped({}).happens(wants(ben, { always: '030777' }));
    for (let serial = 1; serial <= 10; serial += 1) {
      desk.dials(outside(city), '4930556', '0170');
      desk.happens({ type: 'answered', leg: out(serial) });
    }
    expect([...desk.state.calls.values()].filter(({ kind }) => kind === 'talking')).toHaveLength(10);
  });
});

describe('do not disturb', () => {
  test('is busy to who calls, and the call has a record', () => {
    const desk = everybody().happens(wants(ben, { doNotDisturb: true }));
    const caller = desk.dials(inside(anna), '102');
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'busy' } });
    expect(desk.notes.slice(1)).toEqual([
      { type: 'callStarted', call: 1, from: '101', route: { kind: 'extension', number: ben } },
      { type: 'callEnded', call: 1, cause: 'busy', talkedMs: 0 },
    ]);
    desk.dials(inside(anna), '103');
    expect([...desk.state.calls.keys()]).toEqual([2]);
  });

  test('goes to the number for busy, but never to the one for no answer', () => {
    const desk = everybody().happens(wants(ben, { doNotDisturb: true, busy: '103', noAnswer: '201' }));
    desk.dials(inside(anna), '102');
    expect(rung(desk)).toEqual([cara]);
  });

  test('of the one to whom somebody forwards is busy, too', () => {
    const desk = everybody().happens(wants(ben, { always: '103' }), wants(cara, { doNotDisturb: true }));
    const caller = desk.dials(inside(anna), '102');
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'busy' } });
  });

  test('ends a transfer as busy, and the transferor keeps the call', () => {
    const desk = everybody().happens(wants(cara, { doNotDisturb: true }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg: out(1), number: '103' });
    expect(desk.signals.at(-1)).toMatchObject({ kind: 'reportTransfer', progress: 'busy' });
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'talking' }]);
  });
});

describe('forwarding when busy', () => {
  test.each(['busy', 'declined'] as const)('follows when the phone is %s', (cause) => {
    const desk = everybody().happens(wants(ben, { busy: '103' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause });
    expect(rung(desk)).toEqual([cara]);
    expect(forwards(desk)).toEqual(['callForwarded 102 103']);
  });

  test('waits for the other phones of the extension, of which one may be free', () => {
    const desk = new Desk().withPhones(ben, ben, cara).happens(wants(ben, { busy: '103', noAnswer: '201' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause: 'busy' });
    expect(rung(desk)).toEqual([ben]);
    desk.happens({ type: 'released', leg: out(2), cause: 'unavailable' });
    expect(rung(desk)).toEqual([cara]);
  });

  test('silences the other phones when one declines', () => {
    const desk = new Desk().withPhones(ben, ben, cara).happens(wants(ben, { busy: '103' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause: 'declined' });
    expect(desiredOf(desk)[out(2)]).toMatchObject({ kind: 'release' });
    expect(rung(desk)).toEqual([cara]);
  });

  test('is not followed by other ends of a call', () => {
    const desk = everybody().happens(wants(ben, { busy: '103' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause: 'unavailable' });
    expect(rung(desk)).toEqual([]);
  });

  test('to a number that is impossible leaves it at busy, and is noted', () => {
    const desk = everybody().happens(wants(ben, { busy: '777' }));
    const caller = desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause: 'busy' });
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'busy' } });
    expect(forwards(desk)).toEqual(['forwardRefused 102 777']);
  });
});

describe('forwarding when nobody answers', () => {
  test('follows after 20 seconds, and the own phones stop', () => {
    const desk = everybody().happens(wants(ben, { noAnswer: '103' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'ringing', leg: out(1) });
    expect(nextDeadline(desk.state)).toBe(desk.now + 20_000);
    passes(desk, 19_999);
    expect(rung(desk)).toEqual([ben]);
    passes(desk, 1);
    expect(rung(desk)).toEqual([cara]);
    expect(desiredOf(desk)[out(1)]).toMatchObject({ kind: 'release' });
    expect(nextDeadline(desk.state)).toBe(desk.now + 30_000);
  });

  test('follows after the ring time where that is shorter', () => {
    const desk = new Desk({ ...office, ringSeconds: 10 }).withPhones(ben, cara);
    desk.happens(wants(ben, { noAnswer: '103' })).dials(inside(anna), '102');
    desk.happens({ type: 'ringing', leg: out(1) });
    passes(desk, 10_000);
    expect(rung(desk)).toEqual([cara]);
  });

  test.each([
    ['whose phones are gone', (desk: Desk) => desk],
    [
      'whose phone cannot be reached',
      (desk: Desk) => desk.withPhones(ben),
      { type: 'released', leg: out(1), cause: 'failure' } as const,
    ],
  ])('follows at once for somebody %s', (_what, prepare, event = undefined) => {
    const desk = prepare(new Desk().withPhones(anna, cara)).happens(wants(ben, { noAnswer: '103' }));
    desk.dials(inside(anna), '102');
    desk.happens(...(event ? [event] : []));
    expect(rung(desk)).toEqual([cara]);
  });

  test('to a number that is impossible lets the phones ring on, and is noted once', () => {
    const desk = everybody().happens(wants(ben, { noAnswer: '777' }));
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'ringing', leg: out(1) });
    passes(desk, 20_000);
    expect(rung(desk)).toEqual([ben]);
    expect(nextDeadline(desk.state)).toBe(desk.now + 10_000);
    passes(desk, 10_000);
    expect(rung(desk)).toEqual([]);
    expect(forwards(desk)).toEqual(['forwardRefused 102 777']);
  });

  test('is what somebody has ordered by then, also while the phone rings', () => {
    const desk = everybody();
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'ringing', leg: out(1) }, wants(ben, { noAnswer: '103' }));
    passes(desk, 20_000);
    expect(rung(desk)).toEqual([cara]);
  });
});

describe('a group', () => {
  test.each([
    ['forwards always', { always: '103' }, [anna]],
    ['does not want to be disturbed', { doNotDisturb: true }, [anna]],
    ['forwards when busy or away', { busy: '103', noAnswer: '103' }, [anna, ben]],
  ])('rings as is right for a member who %s', (_what, handling, phones) => {
    const desk = everybody().happens(wants(ben, handling));
    desk.dials(outside(city), '4930555', '0170');
    expect(rung(desk)).toEqual(phones);
  });

  test('does not follow what its members want of their own calls', () => {
    const desk = everybody().happens(wants(anna, { busy: '103', noAnswer: '103' }));
    desk.dials(outside(city), '4930555', '0170');
    desk.happens({ type: 'released', leg: out(1), cause: 'busy' }, { type: 'ringing', leg: out(2) });
    passes(desk, 20_000);
    expect(rung(desk)).toEqual([ben]);
  });
});

describe('where somebody forwards to whose own forwarding leads nowhere, the log tells of both,', () => {
  const caraIsGone = (handling: Partial<CallHandling>) =>
    new Desk({
      ...office,
      groups: new Map([[support, { ...supportGroup, overflow: { to: '103', afterMs: 5000 } }]]),
    })
      .withPhones(anna, ben)
      .happens(wants(cara, { always: '777' }), wants(ben, handling));
  const both = (by: string) => [`forwardRefused ${by} 103`, 'forwardRefused 103 777'];

  test.each([
    ['always', { always: '103' }],
    ['when busy', { busy: '103' }],
  ])('%s', (_what, handling) => {
    const desk = caraIsGone(handling);
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: out(1), cause: 'busy' });
    expect(forwards(desk)).toEqual(both('102'));
  });

  test('by the phone itself (302)', () => {
    const desk = caraIsGone({});
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'redirected', leg: out(1), number: '103' });
    expect(forwards(desk)).toEqual(both('102'));
  });

  test('as a group that overflows', () => {
    const desk = caraIsGone({});
    desk.dials(outside(city), '4930555', '0170');
    passes(desk, 5000);
    expect(forwards(desk)).toEqual(both('600'));
  });
});

test('what a phone forwards by itself (302) goes the same way on', () => {
  const desk = everybody().happens(wants(cara, { always: '201' }));
  desk.dials(inside(anna), '102');
  desk.happens({ type: 'redirected', leg: out(1), number: '103' });
  expect(rung(desk)).toEqual([mona]);
  expect(forwards(desk)).toEqual(['callForwarded 102 103', 'callForwarded 103 201']);
});

describe('those who are transferred, or come back from it,', () => {
  const annaTalksToACustomer = (desk: Desk) => {
    desk.dials(outside(city), '4930555', '0170');
    return desk.happens({ type: 'answered', leg: out(1) });
  };

  test('are forwarded as any caller', () => {
    const desk = annaTalksToACustomer(everybody().happens(wants(cara, { always: '201' })));
    desk.happens({ type: 'transferTo', leg: out(1), number: '103' });
    expect(rung(desk)).toEqual([mona]);
    expect(desk.noteTypes.slice(-2)).toEqual(['callTransferred', 'callForwarded']);
  });

  test('keep what was tried for them in the log where nobody can be reached', () => {
    const desk = everybody().happens(wants(cara, { always: '777', doNotDisturb: true, busy: '104' }));
    annaTalksToACustomer(desk).happens({ type: 'transferTo', leg: out(1), number: '103' });
    expect(forwards(desk)).toEqual(['forwardRefused 103 777', 'forwardRefused 103 104']);
    expect(desk.noteTypes.at(-1)).toBe('transferRefused');
  });

  test.each([
    ['from a transfer', 'callEnded'],
    ['from parking', 'forwardRefused'],
  ])('keep that too when they come back %s', (what, last) => {
    const desk = annaTalksToACustomer(everybody());
    desk.happens(
      { type: 'transferTo', leg: out(1), number: what === 'from parking' ? '*01' : '103' },
      { type: 'released', leg: out(1), cause: 'normal' },
      { type: 'contactUnbound', extension: anna, contact: phone(anna) },
      wants(anna, { always: '777' }),
      { type: 'released', leg: out(3), cause: 'busy' },
    );
    passes(desk, 120_000);
    expect(forwards(desk)).toEqual(['forwardRefused 101 777']);
    expect(desk.noteTypes.at(-1)).toBe(last);
  });

  /** Anna has sent the customer on to Cara, has hung up, and wants this by the time that Cara declines. */
  const comesBackToAnna = (handling: Partial<CallHandling>, desk = everybody()) =>
    annaTalksToACustomer(desk).happens(
      { type: 'transferTo', leg: out(1), number: '103' },
      { type: 'released', leg: out(1), cause: 'normal' },
      wants(anna, handling),
      { type: 'released', leg: out(3), cause: 'busy' },
    );
  /** Anna has parked the customer, and wants this by the time that they come back. */
  const comesBackFromParking = (handling: Partial<CallHandling>) =>
    passes(
      annaTalksToACustomer(everybody()).happens(
        { type: 'transferTo', leg: out(1), number: '*01' },
        { type: 'released', leg: out(1), cause: 'normal' },
        wants(anna, handling),
      ),
      120_000,
    );

  test.each([
    ['from a transfer', comesBackToAnna],
    ['from parking', comesBackFromParking],
  ])('ring at who has sent them %s, whatever that person wants of other calls', (_what, comesBack) => {
    for (const handling of [{ doNotDisturb: true }, { always: '201' }, { always: '201', doNotDisturb: true }]) {
      const desk = comesBack(handling);
      expect(rung(desk)).toEqual([anna]);
      expect(forwards(desk)).toEqual([]);
    }
  });

  test.each([
    [{ always: '201' }, mona],
    [{ always: '103', noAnswer: '201' }, mona],
    [{ always: '201', doNotDisturb: true }, mona],
  ])('go on to where the transferor forwards when nobody answers there: %o', (handling, reached) => {
    const desk = comesBackToAnna(handling);
    desk.happens({ type: 'ringing', leg: out(4) });
    expect(nextDeadline(desk.state)).toBe(desk.now + 20_000);
    passes(desk, 20_000);
    expect(rung(desk)).toEqual([reached]);
  });

  test.each(['busy', 'declined'] as const)('go on at once when the telephone there is %s', (cause) => {
    const desk = comesBackToAnna({ always: '201' });
    desk.happens({ type: 'released', leg: out(4), cause });
    expect(rung(desk)).toEqual([mona]);
    expect(forwards(desk)).toEqual(['callForwarded 101 201']);
  });

  test('go on at once where no telephone of the transferor is there', () => {
    const desk = everybody();
    annaTalksToACustomer(desk).happens(
      { type: 'transferTo', leg: out(1), number: '103' },
      { type: 'released', leg: out(1), cause: 'normal' },
      { type: 'contactUnbound', extension: anna, contact: phone(anna) },
      wants(anna, { always: '201' }),
      { type: 'released', leg: out(3), cause: 'busy' },
    );
    expect(rung(desk)).toEqual([mona]);
  });

  test('wait at their place again when nobody answers who has parked them', () => {
    const desk = comesBackFromParking({ doNotDisturb: true });
    desk.happens({ type: 'released', leg: out(3), cause: 'busy' });
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'parked', place: 1, by: anna }]);
    expect(desk.notes.at(-1)).toEqual({ type: 'callParked', call: 1, by: anna, place: 1 });
    expect(nextDeadline(desk.state)).toBe(desk.now + 30_000);
    passes(desk, 30_000);
    expect(rung(desk)).toEqual([anna]);
    passes(desk, 30_000);
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'parked' }]);
  });

  test('wait at a free parking place when the transferor is busy, and ring there again soon', () => {
    const desk = everybody();
    desk.dials(inside(mona), '102');
    desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg: out(1), number: '*01' });
    desk.dials(outside(city), '4930555', '0170');
    desk.happens(
      { type: 'answered', leg: out(2) },
      { type: 'transferTo', leg: out(2), number: '103' },
      { type: 'released', leg: out(2), cause: 'normal' },
      { type: 'released', leg: out(4), cause: 'noAnswer' },
    );
    expect(rung(desk)).toEqual([anna]);
    desk.happens({ type: 'released', leg: out(5), cause: 'busy' });
    expect(desk.notes.at(-1)).toEqual({ type: 'callParked', call: 2, by: anna, place: 2 });
    passes(desk, 30_000);
    expect(rung(desk)).toEqual([anna]);
  });

  test('can be taken from their place also while they ring at who has parked them, and nobody else gets it meanwhile', () => {
    const desk = comesBackFromParking({});
    const second = desk.dials(inside(cara), '102');
    desk.happens({ type: 'answered', leg: out(4) }, { type: 'transferTo', leg: out(4), number: '*01' });
    expect(desk.signals.at(-1)).toMatchObject({ leg: out(4), progress: 'busy' });
    const leg = desk.dials(inside(mona), '*01');
    expect(desiredOf(desk)).toMatchObject({ [leg]: { kind: 'answer' }, [out(3)]: { cause: 'answeredElsewhere' } });
    expect([...desk.state.calls.values()]).toMatchObject([
      { kind: 'talking', callee: { number: mona } },
      { kind: 'talking', caller: { leg: second } },
    ]);
  });
});

describe('the codes of call handling', () => {
  const handling = (desk: Desk, extension = anna) => handlingOf(desk.state.handlings, extension);
  const kept = (desk: Desk) => desk.happens({ type: 'handlingsKept', serial: desk.state.handlings.serial });

  test.each([
    ['*21*103#', { always: '103' }, ['forward-always', '103']],
    ['*21*103', { always: '103' }, ['forward-always', '103']],
    ['*67*030777#', { busy: '030777' }, ['forward-busy', '030777']],
    ['*61*600#', { noAnswer: '600' }, ['forward-no-answer', '600']],
    ['*26#', { doNotDisturb: true }, ['do-not-disturb-on']],
    ['*26', { doNotDisturb: true }, ['do-not-disturb-on']],
  ])('%s is answered, and confirmed once it is kept', (code, expected, spoken) => {
    const desk = everybody();
    const leg = desk.dials(inside(anna), code);
    expect(handling(desk)).toEqual({ ...usualHandling, ...expected });
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'answer' } });
    expect(says(desk)).toEqual([]);
    expect(says(kept(desk))).toEqual(spoken);
    const [playback] = desiredPlaybacks(desk.state, 'de');
    if (!playback) throw new Error('nothing is played');
    desk.happens({ type: 'playbackEnded', leg, playback: playback.id });
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'release', cause: 'normal' } });
    expect(desk.notes).toEqual([
      { type: 'handlingChanged', extension: anna, by: null, handling: { ...usualHandling, ...expected } },
    ]);
  });

  test.each([
    ['#21#', 'always', 'forward-always-off'],
    ['#21', 'always', 'forward-always-off'],
    ['#67#', 'busy', 'forward-busy-off'],
    ['#61#', 'noAnswer', 'forward-no-answer-off'],
    ['#26#', 'doNotDisturb', 'do-not-disturb-off'],
  ] as const)('%s undoes it', (code, what, spoken) => {
    const all: CallHandling = { always: '103', busy: '103', noAnswer: '103', doNotDisturb: true };
    const desk = everybody().happens(wants(anna, all));
    desk.dials(inside(anna), code);
    expect(handling(desk)).toEqual({ ...all, [what]: usualHandling[what] });
    expect(says(kept(desk))).toEqual([spoken]);
  });

  test.each([
    ['*#21#', ['forward-always', '103']],
    ['*#21', ['forward-always', '103']],
    ['*#67#', ['forward-busy-off']],
    ['*#61#', ['forward-no-answer-off']],
    ['*#26#', ['do-not-disturb-off']],
  ])('%s asks, and changes nothing', (code, spoken) => {
    const desk = everybody().happens(wants(anna, { always: '103' }));
    const { handlings } = desk.state;
    desk.dials(inside(anna), code);
    expect(says(desk)).toEqual(spoken);
    expect(desk.state.handlings).toBe(handlings);
  });

  test.each([
    ['nobody has', '*21*777#'],
    ['is an emergency number', '*21*112#'],
    ['is an emergency number behind a prefix', '*61*0112#'],
    ['is a service number', '*21**90#'],
    ['is a code', '*21**8#'],
    ['is their own', '*21*101#'],
    ['is a prefix alone', '*21*0#'],
    ['has a time behind it', '*61*030777*10#'],
    ['comes back to them', '*21*103#'],
  ])('a number that %s is refused with a sentence, and changes nothing', (_what, code) => {
    const desk = everybody().happens(wants(cara, { always: '102' }), wants(ben, { always: '101' }));
    const { handlings } = desk.state;
    const leg = desk.dials(inside(anna), code);
    expect(says(desk)).toEqual(['forward-refused']);
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'openEarlyMedia' } });
    expect(desk.state.handlings).toBe(handlings);
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callRefused', from: '101', dialled: code });
  });

  test('are nothing for callers from outside, nor for who is transferred to them', () => {
    const desk = everybody();
    desk.dials(outside(city), '*21*103#', '0170');
    desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg: out(1), number: '*26#' });
    expect(desk.state.handlings.of.size).toBe(0);
  });

  test('are the provider’s behind the prefix of a trunk', () => {
    const desk = everybody();
    desk.dials(inside(anna), '0*21*103#');
    expect(rung(desk)).toEqual(['outside *21*103#']);
  });

  test('are complete only when somebody says so, even where a service number begins like them', () => {
    const services = [
      { ...office.services[0], number: '*2', profile: 'x' as never, from: { kind: 'extensions' } },
    ] as const;
    for (const dialled of ['*2', '*21', '*21*', '*21*103', '#21', '*#21', '*26'])
      expect(isComplete({ ...office, services }, dialled), dialled).toBe(false);
  });
});

test('a forward ends with its extension, and none is made for one that nobody has', () => {
  const desk = everybody().happens(wants(ben, { always: '103' }), wants(extensionNumber('999'), { always: '103' }));
  expect([...desk.state.handlings.of.keys()]).toEqual([ben]);
  const { serial } = desk.state.handlings;
  const extensions = new Map([...office.extensions].filter(([number]) => number !== ben));
  desk.happens({ type: 'directoryChanged', directory: { ...office, extensions } });
  expect(desk.state.handlings.of.size).toBe(0);
  expect(desk.state.handlings.serial).toBeGreaterThan(serial);
  desk.happens({ type: 'directoryChanged', directory: office });
  expect(handlingOf(desk.state.handlings, ben)).toEqual(usualHandling);
});

describe('whatever everybody wants', () => {
  const people = [anna, ben, cara, mona];
  const target = fc.option(fc.constantFrom('101', '102', '103', '201', '600', '030777', '112', '*90', '777'), {
    freq: 3,
  });
  const wishes = fc.tuple(
    ...people.map(() => fc.record({ always: target, busy: target, noAnswer: target, doNotDisturb: fc.boolean() })),
  );
  const happenings = ['busy', 'declined', 'unavailable', 'noAnswer', 'time'] as const;
  // A person may call their own number, which rings their other telephones.
  const numbers = fc.constantFrom('102', '103', '600', '600');

  const groups = fc.record({
    strategy: fc.constantFrom(...ringStrategies),
    overflow: fc.option(fc.record({ to: fc.constantFrom('102', '777'), afterMs: fc.constantFrom(8000, 60_000) })),
  });
  const officeWith = (group: Partial<Group>) =>
    new Desk({
      ...office,
      groups: new Map([[support, { ...supportGroup, members: people, memberMs: 5000, ...group }]]),
    }).withPhones(...people);

  const dueIn = (desk: Desk) => (nextDeadline(desk.state) ?? Number.POSITIVE_INFINITY) - desk.now;
  /** Whoever cannot send a caller on is asked once and not again, so that what is due is soon dealt with. */
  const mostAtOnce = people.length + 1;

  /** The first of the phones that ring ends its call like this, or time passes until something is due. */
  const goesOn = (desk: Desk, happening: (typeof happenings)[number]): void => {
    const leg = [...desiredLegs(desk.state)].find(([, { kind }]) => kind === 'dial')?.[0];
    if (happening !== 'time' && leg !== undefined) desk.happens({ type: 'released', leg, cause: happening });
    if (happening !== 'time' || dueIn(desk) === Number.POSITIVE_INFINITY) return;
    passes(desk, dueIn(desk));
    for (let more = 0; more < mostAtOnce && dueIn(desk) <= 0; more += 1) passes(desk, 0);
    expect(dueIn(desk)).toBeGreaterThan(0);
  };

  /** Never twice at once, never who calls, never who does not want it, and never the emergency services. */
  const expectRight = (desk: Desk, unwilling: readonly string[]): void => {
    const all = rung(desk);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((number) => unwilling.includes(number) || number.startsWith('outside 112'))).toEqual([]);
  };

  test('a call ends, and nobody rings who does not want it or who calls', () => {
    fc.assert(
      fc.property(
        wishes,
        fc.array(fc.constantFrom(...happenings), { maxLength: 30 }),
        numbers,
        groups,
        (each, happened, dialled, group) => {
          const desk = officeWith(group).happens(...people.map((person, index) => wants(person, each[index] ?? {})));
          const unwilling = people.filter((_, index) => each[index]?.doNotDisturb && each[index].always === null);
          desk.dials(inside(anna), dialled);
          expectRight(desk, [...unwilling, anna]);
          for (const happening of [...happened, ...Array.from({ length: 20 }, () => 'busy' as const)]) {
            goesOn(desk, happening);
            expectRight(desk, [...unwilling, anna]);
          }
          expect(desk.state.calls.size).toBe(0);
          expect(forwards(desk).filter((text) => text.startsWith('callForwarded')).length).toBeLessThanOrEqual(5);
        },
      ),
    );
  });
});

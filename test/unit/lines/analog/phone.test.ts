import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { phoneTimes, transition } from '../../../../src/lines/analog/phone.js';
import type { AnalogPhone, PhoneInput, PhoneOutput } from '../../../../src/lines/analog/phone-state.js';
import { desired, legsOf, newPhone, nextDeadline } from '../../../../src/lines/analog/phone-state.js';
import type { PhoneSettings } from '../../../../src/lines/analog-settings.js';
import { extensionNumber, legId, portId } from '../../../../src/primitives/ids.js';
import type { Digit } from '../../../../src/primitives/keys.js';
import { shownCaller } from '../../../../src/switchboard/leg-commands.js';
import { isEmergencyNumber } from '../../../../src/switchboard/numbering.js';

const settings: PhoneSettings = {
  port: portId('fxs1'),
  extension: extensionNumber('120'),
  country: 'de',
  onLift: { kind: 'dialTone' },
  isComplete: (number) => isEmergencyNumber('de', number),
};

const first = legId('fxs1-1');
const second = legId('fxs1-2');
const fromBen = legId('out-7');
const ben = { number: '102', name: 'Ben' };

let phone: AnalogPhone;
let events: PhoneOutput[];
let now: number;

beforeEach(() => {
  phone = newPhone(settings, 1);
  events = [];
  now = 1_000_000;
  happens({ type: 'ready', digits: 'reported', hardware: 'test' });
  events = [];
});

function happens(...inputs: readonly PhoneInput[]): void {
  for (const input of inputs) {
    const step = transition(phone, input, now);
    phone = step.phone;
    events.push(...step.events);
  }
}

const lift = () => happens({ type: 'offHook' });
const hangUp = () => happens({ type: 'onHook' });
const flash = () => happens({ type: 'flash' });
const key = (digits: string) => {
  for (const digit of digits) happens({ type: 'digit', digit: digit as Digit, how: 'dtmf' });
};
const passes = (ms: number) => {
  now += ms;
  happens({ type: 'tick' });
};
const calls = (number: string) => {
  lift();
  key(`${number}#`);
};
const talks = () => {
  calls('102');
  happens({ type: 'answer', leg: first });
  events = [];
};
/** Talks on the second leg, with the first on hold. */
const consults = () => {
  talks();
  flash();
  key('103#');
  happens({ type: 'answer', leg: second });
  events = [];
};
const dialled = (leg: string, number: string) => ({
  type: 'incoming',
  leg,
  origin: { kind: 'extension', number: '120' },
  caller: shownCaller({ number: '120', name: '' }),
  dialled: number,
});

describe('calling from an analog phone', () => {
  it('has dial tone until the first digit', () => {
    lift();
    expect(desired(phone).tone).toBe('dial');
    key('1');
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: null });
    expect(events).toEqual([]);
  });

  it('calls at once after #', () => {
    calls('102');
    expect(events).toEqual([dialled('fxs1-1', '102')]);
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: first });
  });

  it('calls when no digit follows in time', () => {
    lift();
    key('10');
    passes(phoneTimes.nextDigit - 1);
    key('2');
    passes(phoneTimes.nextDigit - 1);
    expect(events).toEqual([]);
    passes(1);
    expect(events).toEqual([dialled('fxs1-1', '102')]);
  });

  it('calls an emergency number with its last digit', () => {
    lift();
    key('112');
    expect(events).toEqual([dialled('fxs1-1', '112')]);
  });

  it('calls after 32 digits, as no number is longer', () => {
    lift();
    key('9'.repeat(32));
    expect(events).toEqual([dialled('fxs1-1', '9'.repeat(32))]);
  });

  it('lets # and * begin a code', () => {
    lift();
    key('#21#');
    expect(events).toEqual([dialled('fxs1-1', '#21')]);
  });

  it('lets *# begin a code', () => {
    lift();
    key('*#21#');
    expect(events).toEqual([dialled('fxs1-1', '*#21')]);
  });

  it('hears ringback, then the other party', () => {
    calls('102');
    happens({ type: 'ring', leg: first });
    expect(desired(phone)).toEqual({ tone: 'ringback', ring: null, leg: first });
    happens({ type: 'answer', leg: first });
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: first });
  });

  it('hears early media instead of ringback', () => {
    calls('0301234');
    happens({ type: 'openEarlyMedia', leg: first });
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: first });
  });

  it('passes keys on while it calls and talks', () => {
    talks();
    key('5#');
    expect(events).toEqual([
      { type: 'digit', leg: first, digit: '5' },
      { type: 'digit', leg: first, digit: '#' },
    ]);
  });

  it('hears congestion, the howler and then nothing when it dials nothing', () => {
    lift();
    passes(phoneTimes.firstDigit);
    expect(desired(phone).tone).toBe('congestion');
    passes(phoneTimes.overTone);
    expect(desired(phone).tone).toBe('howler');
    passes(phoneTimes.howler);
    expect(desired(phone).tone).toBeNull();
    expect(nextDeadline(phone)).toBeUndefined();
    hangUp();
    lift();
    expect(desired(phone).tone).toBe('dial');
  });

  it.each([
    ['busy', 'busy'],
    ['declined', 'busy'],
    ['noAnswer', 'busy'],
    ['notFound', 'congestion'],
    ['unavailable', 'congestion'],
    ['congestion', 'congestion'],
  ] as const)('after %s it hears %s', (cause, tone) => {
    calls('102');
    happens({ type: 'release', leg: first, cause });
    expect(events.at(-1)).toEqual({ type: 'released', leg: first, cause });
    expect(desired(phone)).toEqual({ tone, ring: null, leg: null });
  });

  it('never calls a number with a digit missing', () => {
    lift();
    key('03');
    happens({ type: 'missed' });
    key('1#');
    expect(events).toEqual([]);
    expect(desired(phone).tone).toBe('congestion');
  });

  it('gives each call a leg of its own', () => {
    calls('102');
    hangUp();
    calls('103');
    expect(events.map((event) => 'leg' in event && event.leg)).toEqual([first, first, second]);
  });
});

describe('being called on an analog phone', () => {
  const called = () => happens({ type: 'dial', leg: fromBen, caller: ben });

  it('rings with caller ID, and answers when lifted', () => {
    called();
    expect(desired(phone)).toEqual({ tone: null, ring: ben, leg: null });
    lift();
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: fromBen });
    expect(events).toEqual([
      { type: 'ringing', leg: fromBen },
      { type: 'answered', leg: fromBen },
    ]);
    hangUp();
    expect(events.at(-1)).toEqual({ type: 'released', leg: fromBen, cause: 'normal' });
  });

  it('stops ringing when the caller gives up, and gives a dial tone when lifted', () => {
    called();
    happens({ type: 'release', leg: fromBen, cause: 'cancelled' });
    expect(desired(phone).ring).toBeNull();
    lift();
    expect(desired(phone).tone).toBe('dial');
  });

  it('is busy while it is lifted', () => {
    lift();
    called();
    expect(events).toEqual([{ type: 'released', leg: fromBen, cause: 'busy' }]);
    expect(desired(phone).tone).toBe('dial');
  });

  it('is not available while its port does not work', () => {
    happens({ type: 'lost', reason: 'test', advice: null });
    events = [];
    called();
    expect(events).toEqual([{ type: 'released', leg: fromBen, cause: 'unavailable' }]);
  });
});

describe('the flash key', () => {
  it('puts the call on hold and gives the second dial tone', () => {
    talks();
    flash();
    expect(events).toEqual([{ type: 'held', leg: first, held: true }]);
    expect(desired(phone)).toEqual({ tone: 'recallDial', ring: null, leg: null });
  });

  it('comes back from the dial tone', () => {
    talks();
    flash();
    flash();
    expect(events.at(-1)).toEqual({ type: 'held', leg: first, held: false });
    expect(desired(phone).leg).toBe(first);
  });

  it('lets it be known who is on hold while another number is dialled', () => {
    talks();
    flash();
    key('*01#');
    expect(events.find(({ type }) => type === 'incoming')).toMatchObject({ leg: second, dialled: '*01', holds: first });
  });

  it('comes back from a busy second party', () => {
    talks();
    flash();
    key('103#');
    happens({ type: 'release', leg: second, cause: 'busy' });
    expect(desired(phone).tone).toBe('busy');
    flash();
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: first });
  });

  it('comes back from the second party, whose call ends', () => {
    consults();
    flash();
    expect(events).toEqual([
      { type: 'released', leg: second, cause: 'normal' },
      { type: 'held', leg: first, held: false },
    ]);
    expect(legsOf(phone.state)).toEqual([first]);
  });

  it('does nothing where there is nothing to hold', () => {
    flash();
    lift();
    flash();
    calls('102');
    expect(events.map(({ type }) => type)).toEqual(['incoming']);
  });

  it('leaves the second call alone when the party on hold hangs up', () => {
    consults();
    happens({ type: 'release', leg: first, cause: 'normal' });
    expect(desired(phone).leg).toBe(second);
    hangUp();
    expect(events.map(({ type }) => type)).toEqual(['released', 'released']);
  });
});

describe('hanging up with somebody on hold', () => {
  it('joins the two others', () => {
    consults();
    hangUp();
    expect(events).toEqual([
      { type: 'transfer', held: first, to: second, isHungUp: true },
      { type: 'released', leg: first, cause: 'normal' },
      { type: 'released', leg: second, cause: 'normal' },
    ]);
  });

  it('joins them while the second still rings', () => {
    talks();
    flash();
    key('103#');
    happens({ type: 'ring', leg: second });
    hangUp();
    expect(events.map(({ type }) => type)).toEqual(['held', 'incoming', 'transfer', 'released', 'released']);
  });

  it('rings as a reminder when there is no second party', () => {
    talks();
    flash();
    hangUp();
    expect(desired(phone).ring).toEqual({ number: '', name: '' });
    lift();
    expect(events.at(-1)).toEqual({ type: 'held', leg: first, held: false });
    expect(desired(phone).leg).toBe(first);
  });

  it('gives up reminding after a while', () => {
    talks();
    flash();
    hangUp();
    passes(phoneTimes.recall);
    expect(events.at(-1)).toEqual({ type: 'released', leg: first, cause: 'noAnswer' });
    expect(desired(phone).ring).toBeNull();
  });
});

describe('the moderator’s handset', () => {
  it('calls the service number when lifted', () => {
    phone = { ...phone, settings: { ...settings, onLift: { kind: 'call', number: '800' } } };
    lift();
    expect(events).toEqual([dialled('fxs1-1', '800')]);
    expect(desired(phone).tone).toBeNull();
    happens({ type: 'answer', leg: first });
    key('1234#');
    expect(events.filter(({ type }) => type === 'digit')).toHaveLength(5);
  });
});

describe('a port that breaks', () => {
  it('ends both calls', () => {
    consults();
    happens({ type: 'lost', reason: 'test', advice: null });
    expect(events).toEqual([
      { type: 'released', leg: first, cause: 'failure' },
      { type: 'released', leg: second, cause: 'failure' },
      { type: 'contactUnbound', extension: '120', contact: 'analog-fxs1' },
    ]);
    expect(desired(phone)).toEqual({ tone: null, ring: null, leg: null });
  });

  it('gives a dial tone when it works again and the handset is lifted', () => {
    happens({ type: 'lost', reason: 'test', advice: null }, { type: 'ready', digits: 'reported', hardware: 'test' });
    lift();
    expect(desired(phone).tone).toBe('dial');
  });
});

describe('whatever happens to an analog phone', () => {
  const inputs = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<PhoneInput['type']>('offHook', 'onHook', 'flash', 'tick') },
    fc.constantFrom<PhoneInput['type']>('ready', 'lost', 'missed', 'dial', 'ring', 'answer', 'release', 'digit'),
  );

  it('every leg begins once, and ends once, as its last event', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(inputs, fc.nat({ max: 3 }), fc.nat({ max: 20_000 })), { maxLength: 60 }),
        (steps) => {
          phone = newPhone(settings, 1);
          events = [];
          let serial = 0;
          for (const [type, choice, ms] of steps) {
            now += ms;
            const leg = legsOf(phone.state)[choice] ?? legId('nobody');
            serial += 1;
            happens(inputOf(type, type === 'dial' ? legId(`out-${serial}`) : leg));
          }
          const begun = events.filter(({ type }) => type === 'incoming' || type === 'ringing').map(legOf);
          const ended = events.filter(({ type }) => type === 'released').map(legOf);
          expect(new Set(begun).size).toBe(begun.length);
          expect(new Set(ended).size).toBe(ended.length);
          for (const leg of ended) {
            expect(events.findLastIndex((event) => legOf(event) === leg)).toBe(
              events.findIndex((event) => event.type === 'released' && event.leg === leg),
            );
          }
          expect(new Set(begun.filter((leg) => !ended.includes(leg)))).toEqual(new Set(legsOf(phone.state)));
        },
      ),
    );
  });
});

const legOf = (event: PhoneOutput) => ('leg' in event ? event.leg : undefined);

function inputOf(type: PhoneInput['type'], leg: ReturnType<typeof legId>): PhoneInput {
  switch (type) {
    case 'digit':
      return { type, digit: '1', how: 'dtmf' };
    case 'ready':
      return { type, digits: 'reported', hardware: 'test' };
    case 'lost':
    case 'fault':
      return { type, reason: 'test', advice: null };
    case 'dial':
      return { type, leg, caller: ben };
    case 'release':
      return { type, leg, cause: 'normal' };
    case 'ring':
    case 'openEarlyMedia':
    case 'answer':
      return { type, leg };
    default:
      return { type };
  }
}

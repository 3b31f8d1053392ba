import { beforeEach, describe, expect, it } from 'vitest';
import type { AnalogTrunk, TrunkInput, TrunkOutcome } from '../../../../src/lines/analog/trunk.js';
import {
  isSeized,
  newTrunk,
  nextDeadline,
  talkingLeg,
  transition,
  trunkTimes,
} from '../../../../src/lines/analog/trunk.js';
import { legId, portId, trunkId } from '../../../../src/primitives/ids.js';
import { shownCaller } from '../../../../src/switchboard/leg-commands.js';

const city = trunkId('city');
const incoming = legId('fxo1-1');
const outgoing = legId('out-3');
const anna = { number: '0301234', name: 'Anna' };

let trunk: AnalogTrunk;
let events: TrunkOutcome['events'][number][];
let dialled: string[];
let now: number;

beforeEach(() => {
  trunk = newTrunk({ port: portId('fxo1'), trunk: city, country: 'de' }, 1);
  events = [];
  dialled = [];
  now = 1_000_000;
  happens({ type: 'ready', digits: 'reported', hardware: 'test' });
  events = [];
});

function happens(...inputs: readonly TrunkInput[]): void {
  for (const input of inputs) {
    const step = transition(trunk, input, now);
    trunk = step.trunk;
    events.push(...step.events);
    if (step.dial !== '') dialled.push(step.dial);
  }
}

const passes = (ms: number) => {
  now += ms;
  happens({ type: 'tick' });
};
const rings = () => happens({ type: 'ringing' }, { type: 'callerId', caller: anna });
const talks = () => {
  rings();
  happens({ type: 'answer', leg: incoming });
  events = [];
};
const dials = () => happens({ type: 'dial', leg: outgoing, number: '110' });

describe('the port of an exchange’s line', () => {
  it('is a trunk that is up or down', () => {
    happens(
      { type: 'lost', reason: 'unplugged', advice: null },
      { type: 'ready', digits: 'reported', hardware: 'test' },
    );
    expect(events).toEqual([
      { type: 'trunkDown', trunk: city, reason: 'unplugged' },
      { type: 'trunkUp', trunk: city },
    ]);
  });
});

describe('hardware that starts anew without having been lost', () => {
  const starts = () => happens({ type: 'ready', digits: 'inBand', hardware: 'test' });
  const up = { type: 'trunkUp', trunk: city };

  it('ends the call that it has let go of', () => {
    talks();
    starts();
    expect(events).toEqual([{ type: 'released', leg: incoming, cause: 'failure' }, up]);
    expect(trunk).toMatchObject({ state: { kind: 'idle' }, keys: 'inBand' });
  });

  it('ends the call that waits for the line', () => {
    talks();
    happens({ type: 'release', leg: incoming, cause: 'normal' });
    dials();
    events = [];
    starts();
    expect(events).toEqual([{ type: 'released', leg: outgoing, cause: 'failure' }, up]);
  });
});

describe('a call from outside', () => {
  it('comes in with the caller’s number, and stays on hook', () => {
    rings();
    expect(events).toEqual([
      {
        type: 'incoming',
        leg: incoming,
        origin: { kind: 'trunk', trunk: city },
        caller: shownCaller(anna),
        dialled: '',
      },
    ]);
    expect(isSeized(trunk)).toBe(false);
  });

  it('comes in without a number when none was sent in time', () => {
    happens({ type: 'ringing' });
    passes(trunkTimes.callerId - 1);
    expect(events).toEqual([]);
    passes(1);
    expect(events).toMatchObject([{ type: 'incoming', caller: { number: '', name: '' } }]);
  });

  const callers = () => events.flatMap((event) => (event.type === 'incoming' ? [event.caller.number] : []));
  const identified = () => events.flatMap((event) => (event.type === 'identified' ? [event.caller.number] : []));
  const nobody = { number: '', name: '' };

  it('comes in at the first ring with a number that came before it, as in Great Britain', () => {
    happens({ type: 'callerId', caller: anna }, { type: 'ringing' });
    expect(callers()).toEqual([anna.number]);
  });

  it('is not shown under the number of a call that never rang', () => {
    happens({ type: 'callerId', caller: anna });
    passes(trunkTimes.earlyCallerId + 1);
    happens({ type: 'ringing' });
    passes(trunkTimes.callerId);
    expect(callers()).toEqual(['']);
  });

  it('is shown under an early number once', () => {
    happens({ type: 'callerId', caller: anna }, { type: 'ringing' }, { type: 'ringStopped' }, { type: 'ringing' });
    passes(trunkTimes.callerId);
    expect(callers()).toEqual([anna.number, '']);
  });

  it('waits for a number where the first report says nothing', () => {
    happens({ type: 'ringing' }, { type: 'callerId', caller: nobody });
    expect(events).toEqual([]);
    happens({ type: 'callerId', caller: anna });
    expect(callers()).toEqual([anna.number]);
  });

  it('is identified while it rings, and after it was answered', () => {
    happens({ type: 'ringing' });
    passes(trunkTimes.callerId);
    happens({ type: 'callerId', caller: anna }, { type: 'answer', leg: incoming }, { type: 'callerId', caller: anna });
    expect([callers(), identified()]).toEqual([[''], [anna.number, anna.number]]);
  });

  it('is answered by going off hook', () => {
    rings();
    happens({ type: 'answer', leg: incoming });
    expect(isSeized(trunk)).toBe(true);
  });

  it('is cancelled when the exchange ceases to ring', () => {
    rings();
    happens({ type: 'ringStopped' });
    expect(events.at(-1)).toEqual({ type: 'released', leg: incoming, cause: 'cancelled' });
  });

  it('leaves no trace when it rings too briefly', () => {
    happens({ type: 'ringing' }, { type: 'ringStopped' });
    passes(trunkTimes.callerId);
    expect(events).toEqual([]);
  });

  it('cannot be refused: until it stops ringing nobody can call out', () => {
    rings();
    happens({ type: 'release', leg: incoming, cause: 'declined' });
    expect(isSeized(trunk)).toBe(false);
    dials();
    expect(events.slice(1)).toEqual([
      { type: 'released', leg: incoming, cause: 'declined' },
      { type: 'released', leg: outgoing, cause: 'congestion' },
    ]);
    happens({ type: 'ringStopped' });
    dials();
    expect(isSeized(trunk)).toBe(true);
  });

  it('passes digits both ways', () => {
    talks();
    happens({ type: 'digit', digit: '7', how: 'dtmf' }, { type: 'sendDigit', leg: incoming, digit: '9' });
    expect(events).toEqual([{ type: 'digit', leg: incoming, digit: '7' }]);
    expect(dialled).toEqual(['9']);
  });

  it.each<[string, TrunkInput]>([
    ['a loop break', { type: 'loopLoss' }],
    ['busy tone', { type: 'tone', tone: 'busy' }],
    ['a new dial tone', { type: 'tone', tone: 'dial' }],
  ])('ends with %s', (_, input) => {
    talks();
    happens(input);
    expect(events).toEqual([{ type: 'released', leg: incoming, cause: 'normal' }]);
    expect(isSeized(trunk)).toBe(false);
  });

  it('stays on hook long enough after it', () => {
    talks();
    happens({ type: 'release', leg: incoming, cause: 'normal' });
    expect(isSeized(trunk)).toBe(false);
    dials();
    expect(isSeized(trunk)).toBe(false);
    passes(trunkTimes.clearing);
    expect(isSeized(trunk)).toBe(true);
    happens({ type: 'tone', tone: 'dial' });
    expect(dialled).toEqual(['110']);
  });

  it('has room for one call that waits for the next turn, and lets it go', () => {
    talks();
    happens({ type: 'release', leg: incoming, cause: 'normal' });
    dials();
    const third = legId('out-9');
    happens({ type: 'dial', leg: third, number: '112' });
    expect(events.at(-1)).toEqual({ type: 'released', leg: third, cause: 'congestion' });
    happens({ type: 'release', leg: outgoing, cause: 'cancelled' });
    expect(events.at(-1)).toEqual({ type: 'released', leg: outgoing, cause: 'cancelled' });
    passes(trunkTimes.clearing);
    expect(isSeized(trunk)).toBe(false);
  });

  it('may be followed by the next one at once', () => {
    talks();
    happens({ type: 'loopLoss' });
    dials();
    events = [];
    rings();
    expect(events.map(({ type }) => type)).toEqual(['released', 'incoming']);
  });
});

describe('a call for help while the line rings', () => {
  const helps = () => happens({ type: 'dial', leg: outgoing, number: '112', frees: true });
  const isOn = () => [isSeized(trunk), dialled.join()];

  it.each([
    ['before it is known who calls', () => happens({ type: 'ringing' })],
    [
      'for nobody any more',
      () => {
        rings();
        happens({ type: 'release', leg: incoming, cause: 'noAnswer' });
      },
    ],
  ])('picks it up and puts it down, and dials then: %s', (_when, begins) => {
    begins();
    events = [];
    helps();
    expect(events).toEqual([{ type: 'proceeding', leg: outgoing }]);
    expect(talkingLeg(trunk)).toBeNull();
    expect(isOn()).toEqual([true, '']);
    passes(trunkTimes.pickedUp);
    expect(isOn()).toEqual([false, '']);
    passes(trunkTimes.clearing);
    happens({ type: 'tone', tone: 'dial' });
    expect(isOn()).toEqual([true, '112']);
    happens({ type: 'dialled' });
    expect(events.at(-1)).toEqual({ type: 'answered', leg: outgoing });
  });

  it.each([
    ['busy tone', { type: 'tone', tone: 'busy' }],
    ['dial tone', { type: 'tone', tone: 'dial' }],
    ['no loop current', { type: 'loopLoss' }],
  ] as const)('goes on when the caller is gone by then: %s', (_what, input) => {
    happens({ type: 'ringing' });
    helps();
    happens(input);
    expect(isOn()).toEqual([false, '']);
    passes(trunkTimes.clearing);
    expect(isOn()).toEqual([true, '']);
  });

  it('goes on when it rings again', () => {
    happens({ type: 'ringing' });
    helps();
    passes(trunkTimes.pickedUp);
    happens({ type: 'ringing' });
    passes(trunkTimes.pickedUp + trunkTimes.clearing);
    passes(trunkTimes.clearing);
    happens({ type: 'tone', tone: 'dial' });
    expect(dialled).toEqual(['112']);
  });

  it('may be given up, and the line is put down', () => {
    happens({ type: 'ringing' });
    helps();
    happens({ type: 'release', leg: outgoing, cause: 'cancelled' });
    expect(events.at(-1)).toEqual({ type: 'released', leg: outgoing, cause: 'cancelled' });
    expect(isSeized(trunk)).toBe(false);
    passes(trunkTimes.clearing);
    expect(trunk.state.kind).toBe('idle');
  });

  it('takes no line that somebody talks on, and any other call leaves a line that rings alone', () => {
    talks();
    helps();
    expect(events.at(-1)).toEqual({ type: 'released', leg: outgoing, cause: 'congestion' });
    happens({ type: 'loopLoss' }, { type: 'ringing' });
    dials();
    expect(events.at(-1)).toEqual({ type: 'released', leg: outgoing, cause: 'congestion' });
  });
});

describe('a call to outside', () => {
  const proceeding = { type: 'proceeding', leg: outgoing };

  it('waits for the dial tone, dials, and counts as answered then', () => {
    dials();
    expect(isSeized(trunk)).toBe(true);
    expect(dialled).toEqual([]);
    happens({ type: 'tone', tone: 'dial' });
    expect(dialled).toEqual(['110']);
    expect(events).toEqual([proceeding]);
    happens({ type: 'dialled' });
    expect(events).toEqual([proceeding, { type: 'answered', leg: outgoing }]);
    expect(nextDeadline(trunk)).toBeUndefined();
  });

  it('dials without a dial tone after a while', () => {
    dials();
    passes(trunkTimes.dialTone);
    expect(dialled).toEqual(['110']);
  });

  it('is busy when the exchange says so', () => {
    dials();
    happens({ type: 'tone', tone: 'busy' });
    expect(events).toEqual([proceeding, { type: 'released', leg: outgoing, cause: 'busy' }]);
  });

  it('fails when the digits do not get out', () => {
    dials();
    happens({ type: 'tone', tone: 'dial' });
    passes(trunkTimes.dialling);
    expect(events).toEqual([proceeding, { type: 'released', leg: outgoing, cause: 'failure' }]);
    expect(isSeized(trunk)).toBe(false);
  });

  it('fails on a line that does not work, so that another trunk is tried', () => {
    happens({ type: 'lost', reason: 'test', advice: null });
    events = [];
    dials();
    expect(events).toEqual([{ type: 'released', leg: outgoing, cause: 'failure' }]);
  });

  it('ends with the port', () => {
    dials();
    happens({ type: 'lost', reason: 'unplugged', advice: null });
    expect(events[1]).toEqual({ type: 'released', leg: outgoing, cause: 'failure' });
    expect(isSeized(trunk)).toBe(false);
  });
});

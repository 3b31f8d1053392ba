import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Engine, EngineEvent } from '../../../src/engine/engine.js';
import { phoneTimes } from '../../../src/lines/analog/phone.js';
import { contactOf } from '../../../src/lines/analog/phone-state.js';
import { AnalogLegs } from '../../../src/lines/analog-legs.js';
import type { PhoneSettings } from '../../../src/lines/analog-settings.js';
import type { LegId } from '../../../src/primitives/ids.js';
import { extensionNumber, legId, playbackId, portId, trunkId } from '../../../src/primitives/ids.js';
import type { Edge, Playback } from '../../../src/switchboard/audio.js';
import { SimulatedEngine } from '../../doubles/engine.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { SimulatedFxoLine, SimulatedFxsLine } from '../../doubles/line.js';

const phone: PhoneSettings = {
  port: portId('phone'),
  extension: extensionNumber('103'),
  country: 'de',
  onLift: { kind: 'dialTone' },
  isComplete: (number) => number.length === 3,
};
const [phoneChannel, lineChannel] = [legId('phone'), legId('line')];
const city = trunkId('city');
const toPhone = { kind: 'contact', extension: phone.extension, contact: contactOf(phone) } as const;
const toCity = { kind: 'trunk', trunk: city, number: '301234' } as const;
const anna = { number: '101', name: 'Anna' };

let now: number;
let engine: SimulatedEngine;
let telephone: SimulatedFxsLine;
let exchange: SimulatedFxoLine;
let legs: AnalogLegs;
let events: EngineEvent[];
let isInCommand: boolean;
let greeted: string[];
let greeting: Playback['items'] | null;

const settle = () => new Promise((resolve) => setImmediate(resolve));
const does = async (action: () => void) => {
  action();
  await settle();
};
const command = (give: (engine: Engine) => void) =>
  does(() => {
    isInCommand = true;
    give(legs);
    isInCommand = false;
  });
const storyOf = (leg: LegId) => events.flatMap((event) => ('leg' in event && event.leg === leg ? [event.type] : []));
const edge = (from: LegId, to: LegId, gain = 0): Edge => ({ from, to, gain, levelled: false, side: 'both' });
const heardBy = (leg: LegId) => [...engine.heardBy(leg).legs].map(([from, { gain }]) => [from, gain]);
const playedTo = (leg: LegId) => engine.heardBy(leg).playbacks.map(({ id }) => id);
const playback = (leg: LegId, loop: boolean): Playback => ({
  id: playbackId(`played-${leg}`),
  leg,
  language: 'de',
  items: [{ kind: 'prompt', name: 'hold' }],
  loop,
});

beforeEach(async () => {
  now = 1000;
  events = [];
  isInCommand = false;
  greeted = [];
  greeting = null;
  engine = new SimulatedEngine({ playbacksEnd: 'whenTold' });
  telephone = new SimulatedFxsLine();
  exchange = new SimulatedFxoLine();
  legs = new AnalogLegs({
    engine,
    openLine: ({ kind }) => (kind === 'fxs' ? telephone : exchange),
    settings: { phones: [phone], trunks: [{ port: portId('line'), trunk: city, country: 'de' }] },
    language: 'de',
    now: () => now,
    onReport: () => {},
    greeting: (port) => {
      greeted.push(port);
      return greeting;
    },
  });
  legs.onEvent((event) => {
    expect(isInCommand, `${event.type} came within the call of a command`).toBe(false);
    events.push(event);
  });
  await legs.start();
  await settle();
});

afterEach(() => legs.stop());

/** A SIP phone in an answered call. */
async function answered(): Promise<FarEnd> {
  const far = engine.call({ kind: 'extension', number: extensionNumber('101') }, anna, '103');
  await settle();
  await command((driver) => driver.answer(far.leg));
  return far;
}

/** The telephone calls a number and is answered. */
async function calling(...digits: readonly ('1' | '2' | '3')[]): Promise<LegId> {
  for (const digit of digits) await does(() => telephone.press(digit));
  const leg = events.findLast((event) => event.type === 'incoming')?.leg ?? expect.fail('no call came in');
  await command((driver) => driver.answer(leg));
  return leg;
}

describe('a leg of an analog telephone', () => {
  const out = legId('out-1');

  test('rings, is answered when the telephone is lifted, and released once, at its end', async () => {
    await command((driver) => driver.dial(out, toPhone, anna));
    expect(telephone.ringing?.caller).toEqual(anna);
    await does(() => telephone.lift());
    await does(() => telephone.hangUp());
    expect(storyOf(out)).toEqual(['protection', 'ringing', 'answered', 'released']);
  });

  test('that is busy, or was released before it answered, ends with the cause', async () => {
    await command((driver) => driver.dial(out, toPhone, anna));
    await command((driver) => driver.dial(legId('out-2'), toPhone, anna));
    expect(events.at(-1)).toEqual({ type: 'released', leg: 'out-2', cause: 'busy' });
    await command((driver) => driver.release(out, 'cancelled'));
    expect(events.at(-1)).toEqual({ type: 'released', leg: out, cause: 'cancelled' });
    expect(telephone.ringing).toBeUndefined();
  });

  test('reports its call once it is dialled, and takes each command only once', async () => {
    await does(() => telephone.lift());
    const leg = await calling('1', '2', '3');
    for (const give of [(driver: Engine) => driver.ring(leg), (driver: Engine) => driver.answer(leg)])
      await command(give);
    expect(storyOf(leg)).toEqual(['incoming', 'protection', 'answered']);
  });

  test('answers a probe, and ignores transfer reports', async () => {
    await does(() => telephone.lift());
    const leg = await calling('1', '2', '3');
    await command((driver) => driver.probe(leg, 7));
    await command((driver) => driver.reportTransfer(leg, 'done'));
    expect(events.at(-1)).toEqual({ type: 'probed', leg, probe: 7, isThere: true });
  });
});

describe('the audio of an analog port', () => {
  test('goes with the leg that has the handset, with the gain that it has by then', async () => {
    const [first, second] = [await answered(), await answered()];
    await does(() => telephone.lift());
    const held = await calling('1', '1', '1');
    await command((driver) => driver.connect(edge(first.leg, held)));
    expect(heardBy(phoneChannel)).toEqual([[first.leg, 0]]);
    await does(() => telephone.flash());
    expect(heardBy(phoneChannel)).toEqual([]);
    await command((driver) => driver.setVolume(edge(first.leg, held, 6)));
    const active = await calling('2', '2', '2');
    await command((driver) => {
      driver.connect(edge(second.leg, active));
      driver.connect(edge(active, second.leg));
    });
    expect(heardBy(phoneChannel)).toEqual([[second.leg, 0]]);
    expect(heardBy(second.leg)).toEqual([[phoneChannel, 0]]);
    await does(() => telephone.flash());
    expect(heardBy(phoneChannel)).toEqual([[first.leg, 6]]);
    expect(heardBy(second.leg)).toEqual([]);
  });

  test('is disconnected by command, and when either end has gone', async () => {
    const [first, second] = [await answered(), await answered()];
    await does(() => telephone.lift());
    const leg = await calling('1', '1', '1');
    await command((driver) => {
      for (const { leg: other } of [first, second]) driver.connect(edge(other, leg));
      driver.connect(edge(leg, first.leg));
    });
    await command((driver) => driver.disconnect(leg, first.leg));
    expect(heardBy(first.leg)).toEqual([]);
    await does(() => second.hangUp());
    expect(heardBy(phoneChannel)).toEqual([[first.leg, 0]]);
    await does(() => telephone.hangUp());
    expect(engine.remains).toMatchObject({ edges: 0, playbacks: 0 });
  });

  test('plays to the leg that has the handset, and reports the end for that leg', async () => {
    await does(() => telephone.lift());
    const leg = await calling('1', '1', '1');
    await command((driver) => driver.play(playback(leg, false)));
    expect(playedTo(phoneChannel)).toEqual([`played-${leg}`]);
    await does(() => telephone.flash());
    expect(playedTo(phoneChannel)).toEqual(['recallDial-phone']);
    await does(() => telephone.flash());
    expect(playedTo(phoneChannel)).toEqual([`played-${leg}`]);
    await does(() => engine.endPlaybacks(phoneChannel));
    expect(events.at(-1)).toEqual({ type: 'playbackEnded', leg, playback: `played-${leg}` });
    await command((driver) => driver.play(playback(leg, true)));
    await command((driver) => driver.stopPlayback(leg, playback(leg, true).id));
    expect(playedTo(phoneChannel)).toEqual([]);
  });

  test('is there while the port works, and everything on it ends with that', async () => {
    const other = await answered();
    await does(() => telephone.lift());
    const leg = await calling('1', '1', '1');
    await command((driver) => driver.connect(edge(leg, other.leg)));
    await does(() => telephone.fail('unplugged'));
    expect(storyOf(leg).at(-1)).toBe('released');
    expect(engine.channels.has(phoneChannel)).toBe(false);
    expect(heardBy(other.leg)).toEqual([]);
    await does(() => telephone.recover());
    expect(playedTo(phoneChannel)).toEqual(['dial-phone']);
  });
});

describe('a leg of an exchange’s line', () => {
  const out = legId('out-1');

  test('is dialled, passes digits on as such, and ends when the exchange says so', async () => {
    await command((driver) => driver.dial(out, toCity, anna));
    expect(exchange.dialled).toBe('301234');
    await command((driver) => driver.sendDigit(out, '9'));
    expect(exchange.dialled).toBe('3012349');
    expect(engine.channels.get(lineChannel)?.digits).toEqual([]);
    await does(() => exchange.breakLoop());
    expect(storyOf(out)).toEqual(['protection', 'proceeding', 'answered', 'released']);
    expect(exchange.isSeized).toBe(false);
  });

  test('takes commands that mean nothing to an exchange', async () => {
    await command((driver) => driver.dial(out, toCity, anna));
    await command((driver) => driver.ring(out));
    await command((driver) => driver.openEarlyMedia(out));
    expect(storyOf(out)).toEqual(['protection', 'proceeding', 'answered']);
  });
});

test('time is an event of its own', async () => {
  await does(() => telephone.lift());
  now += phoneTimes.firstDigit;
  await does(() => legs.tick());
  expect(playedTo(phoneChannel)).toEqual(['congestion-phone']);
});

test('nothing is left to do once it has stopped, though somebody lifts the handset meanwhile', async () => {
  class SlowLine extends SimulatedFxsLine {
    override async stop(): Promise<void> {
      this.lift();
      await settle();
      await super.stop();
    }
  }
  const stopping = new AnalogLegs({
    engine: new SimulatedEngine({ playbacksEnd: 'whenTold' }),
    openLine: () => new SlowLine(),
    settings: { phones: [phone], trunks: [] },
    language: 'de',
    now: () => now,
    onReport: () => {},
  });
  await stopping.start();
  await settle();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await stopping.stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a line that cannot be stopped keeps neither the others nor the engine running, and is reported at the end', async () => {
  class BrokenLine extends SimulatedFxsLine {
    override async stop(): Promise<void> {
      throw new Error('stuck');
    }
  }
  let isStopped = false;
  class WatchedEngine extends SimulatedEngine {
    override async stop(): Promise<void> {
      await super.stop();
      isStopped = true;
    }
  }
  const stopping = new AnalogLegs({
    engine: new WatchedEngine({ playbacksEnd: 'whenTold' }),
    openLine: () => new BrokenLine(),
    settings: { phones: [phone], trunks: [] },
    language: 'de',
    now: () => now,
    onReport: () => {},
  });
  await stopping.start();
  await expect(stopping.stop()).rejects.toThrow('stuck');
  expect(isStopped).toBe(true);
});

describe('a greeting', () => {
  const dial = 'dial-phone';
  beforeEach(() => {
    greeting = [{ kind: 'prompt', name: 'box-code' }];
  });

  test('takes the place of the dial tone until it is over', async () => {
    await does(() => telephone.lift());
    expect(playedTo(phoneChannel)).toEqual(['box-state-1']);
    await does(() => engine.endPlaybacks(phoneChannel));
    expect(playedTo(phoneChannel)).toEqual([dial]);
  });

  test('ends with the first key, which counts, and with the handset put back', async () => {
    await does(() => telephone.lift());
    await calling('1', '2', '1');
    expect(playedTo(phoneChannel)).toEqual([]);
    await does(() => telephone.hangUp());
    await does(() => telephone.lift());
    expect(playedTo(phoneChannel)).toEqual(['box-state-2']);
    await does(() => telephone.hangUp());
    expect(playedTo(phoneChannel)).toEqual([]);
  });

  test('is for those who lift the handset to dial, and for nobody who answers a call', async () => {
    await command((driver) => driver.dial(legId('out-1'), toPhone, anna));
    await does(() => telephone.lift());
    expect(greeted).toEqual([]);
    expect(playedTo(phoneChannel)).toEqual([]);
  });

  test('is none where the box has nothing to say', async () => {
    greeting = null;
    await does(() => telephone.lift());
    expect(greeted).toEqual(['phone']);
    expect(playedTo(phoneChannel)).toEqual([dial]);
  });
});

test('an announcement for one handset is heard at no other', async () => {
  await does(() => telephone.lift());
  await does(() => legs.announce([{ kind: 'prompt', name: 'box-code' }], portId('handset')));
  expect(playedTo(phoneChannel)).toEqual(['dial-phone']);
  await does(() => legs.announce([{ kind: 'prompt', name: 'box-code' }], portId('phone')));
  expect(playedTo(phoneChannel)).toEqual(['dial-phone', 'box-state-1']);
});

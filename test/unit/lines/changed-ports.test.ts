import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine, EngineEvent } from '../../../src/engine/engine.js';
import { contactOf } from '../../../src/lines/analog/phone-state.js';
import { AnalogLegs } from '../../../src/lines/analog-legs.js';
import type { AnalogSettings, PhoneSettings, TrunkSettings } from '../../../src/lines/analog-settings.js';
import type { LegId } from '../../../src/primitives/ids.js';
import { extensionNumber, legId, portId, trunkId } from '../../../src/primitives/ids.js';
import { SimulatedEngine } from '../../doubles/engine.js';
import { SimulatedFxoLine, SimulatedFxsLine } from '../../doubles/line.js';

const desk: PhoneSettings = {
  port: portId('desk'),
  extension: extensionNumber('103'),
  country: 'de',
  onLift: { kind: 'dialTone' },
  isComplete: (number) => number.length === 3,
};
const hall: PhoneSettings = { ...desk, port: portId('hall'), extension: extensionNumber('104') };
const city: TrunkSettings = { port: portId('line'), trunk: trunkId('city'), country: 'de' };
const anna = { number: '101', name: 'Anna' };
const toDesk = { kind: 'contact', extension: desk.extension, contact: contactOf(desk) } as const;
const toCity = { kind: 'trunk', trunk: city.trunk, number: '301234' } as const;

let engine: SimulatedEngine;
let legs: AnalogLegs;
let events: EngineEvent[];
/** Every line that was ever opened, in order. */
let opened: (SimulatedFxsLine | SimulatedFxoLine)[];

const settle = () => new Promise((resolve) => setImmediate(resolve));
const does = async (action: () => void) => {
  action();
  await settle();
};
const command = (give: (engine: Engine) => void) => does(() => give(legs));
const change = (settings: AnalogSettings) => does(() => legs.setPorts(settings, 'en'));
/** Each event with what it is about. */
const told = () =>
  events.map((event) => {
    if ('leg' in event) return `${event.type} ${event.leg}`;
    if ('extension' in event) return `${event.type} ${event.extension}`;
    return 'trunk' in event ? `${event.type} ${event.trunk}` : event.type;
  });

function phoneAt(place: number): SimulatedFxsLine {
  const line = opened[place];
  return line instanceof SimulatedFxsLine ? line : expect.fail('no telephone');
}

/** The telephone calls 101 and is answered. */
async function calling(line: SimulatedFxsLine): Promise<LegId> {
  await does(() => line.lift());
  for (const digit of ['1', '0', '1'] as const) await does(() => line.press(digit));
  const leg = events.findLast((event) => event.type === 'incoming')?.leg ?? expect.fail('no call came in');
  await command((driver) => driver.answer(leg));
  return leg;
}

beforeEach(async () => {
  events = [];
  opened = [];
  engine = new SimulatedEngine({ playbacksEnd: 'whenTold' });
  legs = new AnalogLegs({
    engine,
    openLine({ kind }) {
      const line = kind === 'fxs' ? new SimulatedFxsLine() : new SimulatedFxoLine();
      opened.push(line);
      return line;
    },
    settings: { phones: [desk], trunks: [] },
    language: 'de',
    now: () => performance.now(),
    onReport: () => {},
  });
  legs.onEvent((event) => events.push(event));
  await legs.start();
  await settle();
  events.length = 0;
});
afterEach(() => legs.stop());

describe('an analog telephone', () => {
  test('that the settings add is there, and one that they remove is gone; the call of another goes on', async () => {
    const leg = await calling(phoneAt(0));
    events.length = 0;
    await change({ phones: [desk, hall], trunks: [] });
    expect(told()).toEqual(['contactBound 104']);
    await change({ phones: [desk], trunks: [] });
    expect(told().at(-1)).toBe('contactUnbound 104');
    expect([phoneAt(0).isReady, phoneAt(1).isReady]).toEqual([true, false]);
    await does(() => phoneAt(0).hangUp());
    expect(told().at(-1)).toBe(`released ${leg}`);
  });

  test('that is removed while it calls ends its call first, and takes no other', async () => {
    const leg = await calling(phoneAt(0));
    events.length = 0;
    await change({ phones: [], trunks: [] });
    expect([told(), phoneAt(0).isReady]).toEqual([['contactUnbound 103'], true]);
    await does(() => phoneAt(0).hangUp());
    expect([told()[1], phoneAt(0).isReady]).toEqual([`released ${leg}`, false]);
    expect(engine.channels.has(legId('desk'))).toBe(false);
    events.length = 0;
    await change({ phones: [desk], trunks: [] });
    expect(told()).toEqual(['contactBound 103']);
    expect(await calling(phoneAt(1))).not.toBe(leg);
  });

  test('gets another extension when its call has ended', async () => {
    await calling(phoneAt(0));
    await change({ phones: [{ ...desk, extension: hall.extension }], trunks: [] });
    expect(opened).toHaveLength(1);
    await does(() => phoneAt(0).hangUp());
    expect([told().at(-1), opened.length]).toEqual(['contactBound 104', 2]);
  });

  test('that is taken back before its call has ended is opened anew then', async () => {
    await calling(phoneAt(0));
    await change({ phones: [], trunks: [] });
    await change({ phones: [desk], trunks: [] });
    await does(() => phoneAt(0).hangUp());
    expect([told().at(-1), opened.length]).toEqual(['contactBound 103', 2]);
  });

  test('goes by another number to call when it is lifted, without having been opened anew', async () => {
    await change({ phones: [{ ...desk, onLift: { kind: 'call', number: '*55' } }], trunks: [] });
    await does(() => phoneAt(0).lift());
    expect(events).toMatchObject([
      { type: 'incoming', dialled: '*55' },
      { type: 'protection', protection: 'local' },
    ]);
    expect(opened).toHaveLength(1);
  });

  test('of another country is opened anew', async () => {
    await change({ phones: [{ ...desk, country: 'gb' }], trunks: [] });
    expect(told()).toEqual(['contactUnbound 103', 'contactUnbound 103', 'contactBound 103']);
    await command((driver) => driver.dial(legId('out-1'), toDesk, anna));
    expect(phoneAt(1).ringing?.caller).toEqual(anna);
  });
});

describe('the line of an exchange', () => {
  test('that the settings add is down until it works', async () => {
    await change({ phones: [desk], trunks: [city] });
    expect(told()).toEqual(['trunkDown city', 'trunkUp city']);
  });

  test('that is removed while somebody talks on it goes on to the end of the call', async () => {
    await change({ phones: [desk], trunks: [city] });
    const out = legId('out-1');
    await command((driver) => driver.dial(out, toCity, anna));
    expect(told()).toContain('answered out-1');
    events.length = 0;
    await change({ phones: [desk], trunks: [] });
    expect([told(), opened[1]?.isReady]).toEqual([['trunkDown city'], true]);
    await command((driver) => driver.release(out, 'normal'));
    expect([told()[1], opened[1]?.isReady]).toEqual(['released out-1', false]);
  });
});

test('lines that are being closed are waited for when all is stopped', async () => {
  await change({ phones: [], trunks: [] });
  await legs.stop();
  expect(opened.map(({ isReady }) => isReady)).toEqual([false]);
});

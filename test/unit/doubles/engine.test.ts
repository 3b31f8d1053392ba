import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../src/engine/engine.js';
import { legId, playbackId } from '../../../src/primitives/ids.js';
import type { Playback } from '../../../src/switchboard/audio.js';
import { SimulatedEngine } from '../../doubles/engine.js';
import { anna, ben, city, inside, outside, phone } from '../switchboard/office.js';

const leg = legId('out-1');
const caller = { number: '101', name: 'Anna' };
const toBen = { kind: 'contact', extension: ben, contact: phone(ben) } as const;
const prompt: Playback = { id: playbackId('p'), leg, language: 'de', items: [], loop: false };

let engine: SimulatedEngine;
let events: EngineEvent[];

async function open(playbacksEnd: 'atOnce' | 'whenTold' = 'whenTold'): Promise<void> {
  engine = new SimulatedEngine({ playbacksEnd });
  events = [];
  engine.onEvent((event) => events.push(event));
  await engine.start();
  engine.bind(ben, phone(ben));
  await engine.settled();
}

const types = () => events.map(({ type }) => type);
const called = () => {
  const [far] = engine.called;
  if (!far) throw new Error('nobody is called');
  return far;
};

beforeEach(() => open());

describe('events', () => {
  test('never come within the call that caused them, but in its order', async () => {
    engine.dial(leg, toBen, caller);
    called().ring();
    called().answer();
    called().press('1', '2');
    expect(types()).toEqual(['contactBound']);
    await engine.settled();
    expect(types()).toEqual(['contactBound', 'ringing', 'answered', 'digit', 'digit']);
  });

  test('that follow from an event come after it', async () => {
    engine.onEvent((event) => {
      events.push(event);
      if (event.type === 'ringing') engine.release(event.leg, 'cancelled');
    });
    engine.dial(leg, toBen, caller);
    called().ring();
    called().press('1');
    await engine.settled();
    expect(types()).toEqual(['contactBound', 'ringing', 'digit', 'released']);
  });

  test('end with the one release of a leg, whatever is done to it later', async () => {
    engine.dial(leg, toBen, caller);
    const far = called();
    far.hangUp('busy');
    far.answer();
    far.press('1');
    far.hangUp();
    engine.release(leg, 'normal');
    engine.sendDigit(leg, '1');
    engine.play(prompt);
    await engine.settled();
    expect(events.slice(1)).toEqual([{ type: 'released', leg, cause: 'busy' }]);
    expect(far.releasedFor).toBe('busy');
  });

  test('tell of commands to legs that never were', async () => {
    engine.answer(legId('never'));
    await engine.settled();
    expect(events.at(-1)).toMatchObject({ type: 'commandFailed', leg: 'never', command: 'answer' });
  });

  test('cease once it is stopped, after the release of all legs', async () => {
    const far = engine.call(inside(anna), caller, '102');
    await engine.stop();
    expect(types()).toEqual(['contactBound', 'incoming', 'released']);
    expect(far.releasedFor).toBe('normal');
    engine.trunkUp(city);
    await engine.settled();
    expect(types()).toHaveLength(3);
  });
});

describe('far ends', () => {
  test('that call see how their call goes, and never go back', () => {
    const far = engine.call(outside(city), caller, '555');
    expect([far.progress, far.calledAs]).toEqual(['trying', null]);
    engine.openEarlyMedia(far.leg);
    engine.ring(far.leg);
    expect(far.progress).toBe('earlyMedia');
    engine.answer(far.leg);
    engine.openEarlyMedia(far.leg);
    expect(far.progress).toBe('answered');
  });

  test('that call cannot answer themselves', () => {
    const far = engine.call(inside(anna), caller, '102');
    expect(() => far.answer()).toThrow('only the engine can answer it');
  });

  test('that are not registered cannot be called', async () => {
    engine.unbind(ben, phone(ben));
    engine.dial(leg, toBen, caller);
    await engine.settled();
    expect(events.at(-1)).toEqual({ type: 'released', leg, cause: 'unavailable' });
    expect(engine.called).toEqual([]);
  });

  test('receive digits', () => {
    engine.dial(leg, toBen, caller);
    engine.sendDigit(leg, '#');
    expect(called().digits).toEqual(['#']);
  });
});

describe('audio', () => {
  test('flows between legs that have media, with its gain', () => {
    const far = engine.call(inside(anna), caller, '102');
    engine.dial(leg, toBen, caller);
    engine.connect({ from: far.leg, to: leg, gain: 0, levelled: false, side: 'both' });
    called().answer();
    expect(engine.heardBy(leg).legs).toEqual(new Map());
    engine.answer(far.leg);
    expect(engine.heardBy(leg).legs).toEqual(new Map([[far.leg, { gain: 0, levelled: false, side: 'both' }]]));
    engine.setVolume({ from: far.leg, to: leg, gain: 6, levelled: true, side: 'both' });
    expect(engine.heardBy(leg).legs).toEqual(new Map([[far.leg, { gain: 6, levelled: true, side: 'both' }]]));
    expect(engine.heardBy(far.leg).legs).toEqual(new Map());
    engine.disconnect(far.leg, leg);
    engine.setVolume({ from: far.leg, to: leg, gain: 3, levelled: false, side: 'both' });
    expect(engine.heardBy(leg).legs).toEqual(new Map());
  });

  test('ends with its leg', () => {
    const far = engine.call(inside(anna), caller, '102');
    engine.dial(leg, toBen, caller);
    engine.connect({ from: far.leg, to: leg, gain: 0, levelled: false, side: 'both' });
    engine.play(prompt);
    expect(engine.remains).toEqual({ legs: 2, edges: 1, playbacks: 1 });
    engine.release(leg, 'normal');
    expect(engine.remains).toEqual({ legs: 1, edges: 0, playbacks: 0 });
  });

  test('of a playback ends when told, or at once, but never while it loops', async () => {
    for (const playbacksEnd of ['whenTold', 'atOnce'] as const) {
      await open(playbacksEnd);
      engine.dial(leg, toBen, caller);
      called().answer();
      engine.play(prompt);
      engine.play({ ...prompt, id: playbackId('loop'), loop: true });
      if (playbacksEnd === 'whenTold') {
        expect(engine.heardBy(leg).playbacks).toHaveLength(2);
        engine.endPlaybacks(leg);
      }
      await engine.settled();
      expect(events.at(-1)).toEqual({ type: 'playbackEnded', leg, playback: 'p' });
      expect(engine.heardBy(leg).playbacks.map(({ id }) => id)).toEqual(['loop']);
    }
  });

  test('of a playback that is stopped reports no end', async () => {
    engine.dial(leg, toBen, caller);
    engine.play(prompt);
    engine.stopPlayback(leg, prompt.id);
    engine.endPlaybacks(leg);
    await engine.settled();
    expect(types()).toEqual(['contactBound']);
  });
});

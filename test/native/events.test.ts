import { afterEach, describe, expect, it } from 'vitest';
import { Wiring } from '../../src/node-pjsua2/src/events.js';
import type { Overflow } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';
import { RawPhone } from './support/raw-sip.js';

/** Keeps JavaScript from taking events for so long. */
function sleepThrough(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('events', () => {
  it('never overtake an earlier answer', async () => {
    const wiring = new Wiring();
    const order: string[] = [];
    const answered = async () => {
      await wiring.request(1);
      await Promise.resolve();
      order.push('the code that awaited the answer');
    };
    wiring.subscribe(7, ({ type }) => order.push(type));
    const done = answered();
    wiring.accept([
      { type: 'first', subject: 7 },
      { type: 'settled', subject: 1 },
      { type: 'second', subject: 7 },
    ]);
    wiring.accept([{ type: 'third', subject: 7 }]);
    await done;
    await until('all events', () => order.length === 4);
    expect(order).toEqual(['first', 'the code that awaited the answer', 'second', 'third']);
  });

  it('reject a request with the engine’s error', async () => {
    const wiring = new Wiring();
    const [refused, pointless] = [wiring.request(1), wiring.request(2)];
    const error = { message: 'busy', code: 'PJ_EBUSY', status: 70_011, operation: 'x' };
    wiring.accept([
      { type: 'settled', subject: 1, error },
      { type: 'settled', subject: 2, error: { message: 'over' } },
    ]);
    await expect(refused).rejects.toMatchObject({ ...error, name: 'PjsipError' });
    await expect(pointless).rejects.toMatchObject({ message: 'over', name: 'InvalidStateError' });
  });

  it('are delivered in order, however many come at once', async () => {
    const wiring = new Wiring();
    const many = 300_000; // more than a function can have arguments
    let next = 0;
    let isInOrder = true;
    wiring.subscribe(7, ({ number }) => {
      isInOrder &&= number === next;
      next += 1;
    });
    const settled = wiring.request(1);
    const batch = Array.from({ length: many }, (_, number) => ({ type: 'counted', subject: 7, number }));
    wiring.accept([{ type: 'settled', subject: 1 }]);
    wiring.accept(batch.slice(0, 1)); // these wait for the code that awaited
    wiring.accept(batch.slice(1));
    await settled;
    await until('all events', () => next === many);
    expect(isInOrder).toBe(true);
  });

  describe('that JavaScript does not take in time', () => {
    let local: LocalEndpoint;
    const start = async (options: Parameters<typeof LocalEndpoint.start>[0]) => {
      local = await LocalEndpoint.start(options);
    };
    afterEach(() => local.close());

    it('are dropped and counted, except the oldest and the ends of calls', async () => {
      await start({ eventCapacity: 50, logLevel: 5 });
      const told: string[] = [];
      let dropped = 0;
      local.endpoint.on('log', ({ message }) => told.push(message));
      local.endpoint.on('overflow', (overflow) => {
        dropped += overflow.dropped;
        told.push('overflow');
      });
      const calls = [1, 2, 3].map(() => local.endpoint.call({ to: local.uri }));
      for (const call of calls) call.hangUp();
      sleepThrough(500);
      for (const call of calls) await call.ended;
      await until('the overflow to be told', () => dropped > 0);
      // How many of the oldest there are depends on how soon the box is served; that each of them is kept, the test of the queue shows.
      expect(told.indexOf('overflow')).toBeGreaterThan(0);
      expect(local.endpoint.statistics().droppedEvents).toBeGreaterThanOrEqual(dropped);
    });

    it('do not include calls that nobody knows of: the caller gets 503', async () => {
      await start({ eventCapacity: 1, logLevel: 5 });
      const calls = [1, 2, 3].map(() => local.endpoint.call({ to: local.uri }));
      sleepThrough(500);
      (await until('the call that was told', () => local.incoming.at(0))).call.reject(486);
      const ends = await Promise.all(calls.map((call) => call.ended));
      expect(ends.map(({ status }) => status).toSorted()).toEqual([486, 503, 503]);
      expect(local.incoming).toHaveLength(1);
      await until('all legs gone', () => local.endpoint.statistics().activeCalls === 0);
    });

    it('never displace those that calls depend on', async () => {
      await start({ eventCapacity: 20, logLevel: 5 });
      const overflows: Overflow[] = [];
      local.endpoint.on('overflow', (overflow) => overflows.push(overflow));
      local.endpoint.on('log', () => {});
      const told: string[] = [];
      local.endpoint.on('incomingCall', (incoming) => incoming.answer());
      const call = local.endpoint.call({ to: local.uri });
      for (const type of ['answered', 'media', 'ended'] as const) call.on(type, () => told.push(type));
      const { call: callee } = await local.caller();
      const phone = await RawPhone.open(local.udp.port);
      const strange = phone.compose({ method: 'FLY' });
      for (let count = 0; count < 400; ++count) phone.send(strange);
      sleepThrough(700); // meanwhile it is answered, and strangers fill the queue
      callee.hangUp();
      await call.ended;
      expect(told).toEqual(expect.arrayContaining(['answered', 'media', 'ended']));
      await until('the overflow to be told', () => overflows.length > 0);
      expect(Object.keys(Object.assign({}, ...overflows.map(({ lost }) => lost))).toSorted()).toEqual(
        expect.not.arrayContaining(['answered', 'ended', 'incomingCall', 'settled', 'transferAsked']),
      );
      phone.close();
    });

    it('are bounded for each call, even if keys come without end', async () => {
      await start({ codecs: ['PCMA'] });
      let lost = 0;
      local.endpoint.on('overflow', (overflow) => {
        lost += overflow.lost.digit ?? 0;
      });
      const keys: string[] = [];
      local.endpoint.on('incomingCall', (incoming) => {
        incoming.on('digit', ({ digit }) => keys.push(digit));
        incoming.answer();
      });
      const phone = await RawCall.dial(local.udp.port);
      await phone.request('INFO');
      const presses = 100;
      for (let press = 0; press < presses; ++press) phone.press(press % 10);
      sleepThrough(700);
      await until('all keys, told or counted', () => keys.length + lost === presses);
      expect(keys.slice(0, 64)).toEqual(Array.from({ length: 64 }, (_, press) => String(press % 10)));
      expect(lost).toBeGreaterThan(0);
      await phone.hangUp();
    });

    it('do not show keys in the log', async () => {
      await start({ logLevel: 5 });
      const lines: string[] = [];
      local.endpoint.on('log', ({ message }) => lines.push(message));
      const call = await callItself(local);
      // So many that no random identifier in the log is likely to have them too.
      await call.sendDigits('86420864', { method: 'info' });
      await call.sendDigits('97531975');
      await until('the log of the calls', () => lines.some((line) => line.includes('INFO')));
      call.hangUp();
      await call.ended;
      expect(lines.filter((line) => /DTMF|Signal|86420864|97531975/.test(line))).toEqual([]);
    });
  });
});

async function callItself(local: LocalEndpoint) {
  local.endpoint.once('incomingCall', (incoming) => incoming.answer());
  return local.answeredCall(local.uri);
}

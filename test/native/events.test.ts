import { afterEach, describe, expect, it } from 'vitest';
import { Wiring } from '../../src/node-pjsua2/src/events.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';

/** Keeps JavaScript from taking events for so long. */
function sleepThrough(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('events', () => {
  it('never overtake the answer before them', async () => {
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

  it('reject a request with what the engine said', async () => {
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

  describe('that JavaScript does not take in time', () => {
    let local: LocalEndpoint;
    const start = async (options: Parameters<typeof LocalEndpoint.start>[0]) => {
      local = await LocalEndpoint.start(options);
    };
    afterEach(() => local.close());

    it('are dropped and counted, the oldest kept, and the ends of calls too', async () => {
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
      expect(told.indexOf('overflow')).toBeGreaterThanOrEqual(40);
      expect(local.endpoint.statistics().droppedEvents).toBeGreaterThanOrEqual(dropped);
    });

    it('are no calls that nobody knows of: the caller gets 503', async () => {
      await start({ eventCapacity: 1, logLevel: 5 });
      const call = local.endpoint.call({ to: local.uri });
      sleepThrough(300);
      expect(await call.ended).toMatchObject({ status: 503, cause: 'remote' });
      expect(local.incoming).toEqual([]);
      await until('both legs gone', () => local.endpoint.statistics().activeCalls === 0);
    });

    it('tell no keys in the log', async () => {
      await start({ logLevel: 5 });
      const lines: string[] = [];
      local.endpoint.on('log', ({ message }) => lines.push(message));
      const call = await callItself(local);
      await call.sendDigits('8642', { method: 'info' });
      await call.sendDigits('9753');
      await until('the log of the calls', () => lines.some((line) => line.includes('INFO')));
      call.hangUp();
      await call.ended;
      expect(lines.filter((line) => /DTMF|Signal|8642|9753/.test(line))).toEqual([]);
    });
  });
});

async function callItself(local: LocalEndpoint) {
  local.endpoint.once('incomingCall', (incoming) => incoming.answer());
  return local.answeredCall(local.uri);
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Call, Endpoint, InvalidStateError } from '../../../../src/node-pjsua2/src/index.js';
import { SelfCaller } from './self-call.js';

// Each scenario is run in a process of its own: node lifecycle.js <name> [file to record to]

const [name = '', recording = ''] = process.argv.slice(2);

/** Everything that can be open at once. */
async function everythingOpen() {
  const self = await SelfCaller.start();
  const { endpoint } = self;
  const registrar = endpoint.createRegistrar({ realm: 'test' });
  registrar.setUsers([{ username: '1', password: 'secret' }]);
  const { caller, callee } = await self.call();
  const player = endpoint.createPlayer({ segments: [{ frequencies: [450], ms: 100, levelDbfs: -10 }], loop: true });
  const recorder = endpoint.createRecorder(recording);
  const connections = await Promise.all([endpoint.connect(player, caller), endpoint.connect(callee, recorder)]);
  return { self, endpoint, registrar, caller, callee, player, recorder, connections };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items
    .map((item, index) => ({ item, key: Math.imul(seed * 31 + index + 1, 2654435761) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const scenarios: Record<string, () => Promise<void>> = {
  /** Closed in many orders; nothing else keeps the process alive. */
  async closeInEveryOrder() {
    for (let seed = 0; seed < 12; ++seed) {
      const { endpoint, registrar, caller, callee, player, recorder, connections } = await everythingOpen();
      const closings = [
        () => registrar.close(),
        () => player.close(),
        () => recorder.close(),
        () => caller.hangUp(),
        () => callee.reject(486),
        ...connections.map((connection) => () => connection.close()),
        () => endpoint.close(),
      ];
      // The endpoint may come first: then all others are closed already.
      const results = await Promise.allSettled(shuffled(closings, seed).map(async (close) => close()));
      assert.deepEqual(
        results.filter(({ status }) => status === 'rejected'),
        [],
      );
      await endpoint.close();
      await Promise.all([caller.ended, callee.ended]);
    }
  },

  async closeTwice() {
    const { endpoint, registrar, caller, player, recorder, connections } = await everythingOpen();
    for (let round = 0; round < 2; ++round) {
      registrar.close();
      player.close();
      caller.hangUp();
      await Promise.all([recorder.close(), ...connections.map((connection) => connection.close())]);
    }
    const [first, second] = [endpoint.close(), endpoint.close()];
    assert.equal(first, second);
    await first;
    await endpoint.close();
    assert.throws(() => endpoint.statistics(), InvalidStateError);
    assert.throws(() => endpoint.createPlayer({ segments: [{ silenceMs: 1 }] }), InvalidStateError);
    assert.throws(() => endpoint.call({ to: 'sip:1@127.0.0.1' }), InvalidStateError);
    assert.throws(() => caller.answer(), InvalidStateError);
    await assert.rejects(caller.hold(), InvalidStateError);
  },

  async createOneAtATime() {
    for (let round = 0; round < 3; ++round) {
      const endpoint = await Endpoint.create({ userAgent: 'one' });
      await assert.rejects(Endpoint.create({ userAgent: 'two' }), InvalidStateError);
      const closing = endpoint.close();
      await assert.rejects(Endpoint.create({ userAgent: 'two' }), InvalidStateError);
      await closing;
    }
  },

  async createAfterFailure() {
    await assert.rejects(Endpoint.create({ userAgent: 'x', codecs: ['G729' as 'PCMU'] }), TypeError);
    await assert.rejects(Endpoint.create({ userAgent: 'x', maxCalls: 0 }), TypeError);
    await (await Endpoint.create({ userAgent: 'x' })).close();
  },

  async closeInListeners() {
    const { endpoint, uri } = await SelfCaller.start();
    const closed = new Promise<void>((resolve) => {
      endpoint.on('incomingCall', (call) => {
        call.on('answered', () => void endpoint.close().then(resolve));
        call.answer();
      });
    });
    const caller = endpoint.call({ to: uri });
    await Promise.all([closed, caller.ended]);

    const again = await SelfCaller.start();
    again.endpoint.on('incomingCall', (call) => {
      call.on('ended', () => {
        call.hangUp();
        void again.endpoint.close();
      });
      call.reject(486);
    });
    const refused = again.endpoint.call({ to: again.uri });
    refused.on('progress', () => refused.hangUp());
    await refused.ended;
    await again.endpoint.close();
  },

  async finishInListener() {
    const { endpoint, caller } = await everythingOpen();
    const player = endpoint.createPlayer({ segments: [{ silenceMs: 20 }] });
    player.on('finished', () => player.close());
    const finished = once(player, 'finished');
    await endpoint.connect(player, caller);
    await finished;
    await endpoint.close();
  },

  async closeWhileRecording() {
    const { endpoint } = await everythingOpen();
    while (statSync(recording).size < 4000) await pause(5);
    await endpoint.close();
  },

  /** Nobody keeps anything, and the collector runs all the time: events and sound go on. */
  async collectGarbage() {
    const collect = globalThis.gc ?? assert.fail('run with --expose-gc');
    const { endpoint, uri } = await SelfCaller.start();
    const ends: number[] = [];
    endpoint.on('incomingCall', (call) => {
      const player = endpoint.createPlayer({ segments: [{ frequencies: [450], ms: 60, levelDbfs: -9 }] });
      endpoint.connect(player, call).catch(() => undefined); // most calls end before
      call.answer();
    });
    for (let count = 0; count < 20; ++count) {
      // A busy machine may be behind, and then refuse a call before it is told of.
      endpoint
        .call({ to: uri })
        .on('answered', function (this: Call) {
          this.hangUp();
        })
        .on('ended', ({ status }) => ends.push(status));
      collect();
    }
    while (ends.length < 20) {
      collect();
      await pause(5);
    }
    await endpoint.close();
    collect();
  },

  async exitWhileOpen() {
    await everythingOpen();
    process.exit(0);
  },

  async exitAtOnce() {
    await Endpoint.create({ userAgent: 'hasty' });
    process.exit(0);
  },

  async exitWhileClosing() {
    const { endpoint } = await everythingOpen();
    void endpoint.close();
    process.exit(0);
  },

  async throwInListener() {
    const self = await SelfCaller.start();
    const caught = once(process, 'uncaughtException');
    self.endpoint.once('incomingCall', () => {
      throw new Error('a mistake of the listener');
    });
    const caller = self.endpoint.call({ to: self.uri });
    const [error] = await caught;
    assert.match(String(error), /a mistake of the listener/);
    caller.hangUp();
    await caller.ended;
    await self.endpoint.close();
  },

  async createInWorker() {
    const face = new URL('../../../../src/node-pjsua2/src/index.js', import.meta.url);
    const code = `import(${JSON.stringify(face.href)}).then(({ Endpoint }) => Endpoint.create({ userAgent: 'w' }))
      .then(() => 'created', (error) => error.name).then((text) => require('worker_threads').parentPort.postMessage(text))`;
    const [answer] = await once(new Worker(code, { eval: true }), 'message');
    assert.equal(answer, 'InvalidStateError');
  },
};

const scenario = scenarios[name] ?? assert.fail(`there is no scenario ${name}`);
await scenario();
process.disconnect?.();

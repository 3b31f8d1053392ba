import { describe, expect, test } from 'vitest';
import { trunkId } from '../../src/primitives/ids.js';
import { engineContract } from './engine.contract.js';
import { accountsContract } from './engine-accounts.contract.js';
import { caller, EngineDesk } from './engine-desk.js';
import { PjsuaHarness, RealCall } from './pjsua-harness.js';

describe('the PJSIP engine', () => engineContract(() => PjsuaHarness.open()));

describe('the accounts of the PJSIP engine', () => accountsContract(() => PjsuaHarness.open()));

/** Long enough for a packet on the loopback interface to have been read on PJSIP's thread. */
const packetMs = 500;

test('the PJSIP engine moves the sound of an emergency call to the call that is made in its place', async () => {
  const desk = await EngineDesk.open(await PjsuaHarness.open());
  try {
    const { account, side } = await desk.harness.provider(trunkId('peer'), 'address');
    desk.engine.setTrunks([account]);
    const a = await desk.answeredIncoming();
    const leg = desk.newLeg();
    desk.events.command((engine) => engine.dial(leg, { kind: 'trunk', trunk: account.id, number: '112' }, caller));
    const early = { leg, far: await side.incoming() };
    early.far.openEarlyMedia();
    await desk.events.onLeg('earlyMedia', leg);
    desk.connect(early, a);
    desk.connect(a, early);
    desk.events.command((engine) => engine.play(desk.newPlayback(leg, true)));
    await desk.eachHears([a, [early]], [early, [a]]);
    await desk.hearsBox(early.far, true);
    if (!(early.far instanceof RealCall)) throw new Error('not a call of this engine');
    early.far.call.say({ Require: 'timer' });
    early.far.call.refuse(421);
    const again = desk.opened({ leg, far: await side.incoming() });
    again.far.answer();
    await desk.events.onLeg('answered', leg);
    await desk.eachHears([a, [again]], [again, [a]]);
    await desk.hearsBox(again.far, true);
    desk.events.command((engine) => engine.disconnect(leg, a.leg));
    await desk.eachHears([a, []], [again, [a]]);
    expect(desk.events.all.filter(({ type }) => type === 'commandFailed')).toEqual([]);
    await desk.clear();
  } finally {
    await desk.harness.close();
  }
});

test('the PJSIP engine ends a call that was on its way when it stopped, and reports nothing', async () => {
  const desk = await EngineDesk.open(await PjsuaHarness.open());
  try {
    const { account, side } = await desk.harness.provider(trunkId('peer'), 'address');
    desk.engine.setTrunks([account]);
    await desk.events.next('trunkUp', ({ trunk }) => trunk === account.id);
    const calling = side.call('555');
    // The call is sent in this turn of the event loop, and the engine hears of it in the next.
    for (let tick = 0; tick < 50; tick += 1) await new Promise<void>((resolve) => process.nextTick(resolve));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, packetMs);
    await desk.stop();
    await desk.progresses(await calling, 'released');
    expect(desk.events.all.filter(({ type }) => type === 'incoming')).toEqual([]);
  } finally {
    await desk.harness.close();
  }
});
